"""single and true-false: the right choice or not."""

from __future__ import annotations

from app.content.grading.answers import Answer, Fields, known, one
from app.content.grading.grades import Grade, Part, share
from app.content.questions import Question, Values


def field_names(question: Question) -> tuple[str, ...]:
    return (question.id,)


def blank(question: Question) -> Answer:
    return {"choice": ""}


def read(question: Question, fields: Fields) -> Answer:
    return {"choice": known(one(fields, question.id), [choice.id for choice in question.choices], question.id)}


def grade(question: Question, answer: Answer, values: Values) -> Grade:
    choice = question.choice(str(answer.get("choice", "")))
    if choice is None:
        return share(question, 0, 1, ())
    return share(question, int(choice.right), 1, (Part(choice.id, choice.right, choice.id),))
