"""open: a text for a mentor to grade; nothing is decided here."""

from __future__ import annotations

from decimal import Decimal

from app.content.grading.answers import Answer, Fields, text
from app.content.grading.grades import Grade
from app.content.questions import Question, Values


def field_names(question: Question) -> tuple[str, ...]:
    return (question.id,)


def blank(question: Question) -> Answer:
    return {"text": ""}


def read(question: Question, fields: Fields) -> Answer:
    return {"text": text(fields, question.id)}


def grade(question: Question, answer: Answer, values: Values) -> Grade:
    return Grade(Decimal(0), Decimal(question.points), None if answer.get("text") else False)
