"""matching: the share of left cells that have their right cell."""

from __future__ import annotations

from app.content.grading.answers import Answer, Fields, known, one
from app.content.grading.grades import Grade, Part, share
from app.content.questions import Question, Values


def field_names(question: Question) -> tuple[str, ...]:
    return tuple(f"{question.id}.{choice.id}" for choice in question.choices)


def blank(question: Question) -> Answer:
    return {"pairs": {}}


def read(question: Question, fields: Fields) -> Answer:
    pairs = {}
    for choice in question.choices:
        name = f"{question.id}.{choice.id}"
        right = known(one(fields, name), question.rights, name)
        if right:
            pairs[choice.id] = right
    return {"pairs": pairs}


def grade(question: Question, answer: Answer, values: Values) -> Grade:
    pairs = answer.get("pairs", {})
    parts = tuple(Part(choice.id, pairs[choice.id] == choice.pair, choice.id) for choice in question.choices if choice.id in pairs)
    return share(question, sum(part.correct for part in parts), len(question.choices), parts)
