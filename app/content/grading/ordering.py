"""ordering: the share of items that stand exactly in their place."""

from __future__ import annotations

from app.content.grading.answers import Answer, Fields, known, one
from app.content.grading.grades import Grade, Part, share
from app.content.questions import Question, Values


def field_names(question: Question) -> tuple[str, ...]:
    return tuple(f"{question.id}.{choice.id}" for choice in question.choices)


def blank(question: Question) -> Answer:
    return {"positions": {}}


def read(question: Question, fields: Fields) -> Answer:
    places = [str(place) for place in range(1, len(question.choices) + 1)]
    positions = {}
    for choice in question.choices:
        name = f"{question.id}.{choice.id}"
        place = known(one(fields, name).strip(), places, name)
        if place:
            positions[choice.id] = int(place)
    return {"positions": positions}


def grade(question: Question, answer: Answer, values: Values) -> Grade:
    """Two items in one place: neither counts, so that giving every item the same place earns nothing."""
    positions = answer.get("positions", {})
    given = list(positions.values())
    parts = tuple(
        Part(choice.id, positions[choice.id] == place and given.count(place) == 1, choice.id)
        for place, choice in enumerate(question.choices, 1)
        if choice.id in positions
    )
    return share(question, sum(part.correct for part in parts), len(question.choices), parts)
