"""multiple: right ticks minus wrong ticks over the number of right ones, not under 0."""

from __future__ import annotations

from app.content.grading.answers import Answer, AnswerRejected, Fields, known
from app.content.grading.grades import Grade, Part, share
from app.content.questions import Question, Values


def field_names(question: Question) -> tuple[str, ...]:
    return (question.id,)


def blank(question: Question) -> Answer:
    return {"choices": []}


def read(question: Question, fields: Fields) -> Answer:
    ids = [choice.id for choice in question.choices]
    given = fields.get(question.id, ())
    if isinstance(given, str) or len(given) > len(ids):
        raise AnswerRejected("malformed", question.id)
    ticked = {known(value, ids, question.id) for value in given}
    return {"choices": [name for name in ids if name in ticked]}


def grade(question: Question, answer: Answer, values: Values) -> Grade:
    ticked = set(answer.get("choices", ()))
    right = sum(1 for choice in question.choices if choice.right and choice.id in ticked)
    wrong = sum(1 for choice in question.choices if not choice.right and choice.id in ticked)
    of = sum(1 for choice in question.choices if choice.right)
    parts = tuple(
        Part(choice.id, choice.right == (choice.id in ticked), choice.id)
        for choice in question.choices
        if choice.id in ticked or choice.right
    )
    return share(question, right - wrong, of, parts if ticked else ())
