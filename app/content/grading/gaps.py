"""gaps: the share of gaps that are filled rightly; numbers by value, words as in a short text."""

from __future__ import annotations

from app.content.grading.answers import MAXIMUM_LINE, Answer, Fields, text
from app.content.grading.grades import Grade, Part, share
from app.content.grading.short_text import spelled
from app.content.grading.words import matches_any
from app.content.numbers import readings
from app.content.questions import Question, Values


def field_names(question: Question) -> tuple[str, ...]:
    return tuple(f"{question.id}.{choice.id}" for choice in question.choices)


def blank(question: Question) -> Answer:
    return {"gaps": {}}


def read(question: Question, fields: Fields) -> Answer:
    gaps = {}
    for choice in question.choices:
        given = " ".join(text(fields, f"{question.id}.{choice.id}", MAXIMUM_LINE).split())
        if given:
            gaps[choice.id] = given
    return {"gaps": gaps}


def grade(question: Question, answer: Answer, values: Values) -> Grade:
    gaps = answer.get("gaps", {})
    parts = tuple(
        Part(choice.id, _fits(str(gaps[choice.id]), spelled(choice, values), question.typos), choice.id)
        for choice in question.choices
        if gaps.get(choice.id)
    )
    return share(question, sum(part.correct for part in parts), len(question.choices), parts)


def _fits(given: str, accepted: tuple[str, ...], typos: int | None) -> bool:
    """By value where the accepted one is a number: 8700, 8,700 and 8 700 are the same."""
    if matches_any(given, accepted, typos):
        return True
    numbers = {reading.value for reading in readings(given)}
    wanted = [found[0].value for variant in accepted if (found := readings(variant))]
    return any(value in numbers for value in wanted)
