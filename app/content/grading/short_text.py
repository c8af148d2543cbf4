"""short-text: one of the accepted spellings; a known mistake spelled exactly is never taken for a typo of the right word."""

from __future__ import annotations

from app.content.grading.answers import MAXIMUM_LINE, Answer, Fields, text
from app.content.grading.grades import Grade, Part, share
from app.content.grading.words import matches_any
from app.content.questions import Choice, Question, Text, Values


def field_names(question: Question) -> tuple[str, ...]:
    return (question.id,)


def blank(question: Question) -> Answer:
    return {"text": ""}


def read(question: Question, fields: Fields) -> Answer:
    return {"text": " ".join(text(fields, question.id, MAXIMUM_LINE).split())}


def grade(question: Question, answer: Answer, values: Values) -> Grade:
    given = str(answer.get("text", ""))
    rights = [choice for choice in question.choices if choice.right]
    wrongs = [choice for choice in question.choices if not choice.right]
    for choices, typos in ((rights, 0), (wrongs, 0), (rights, question.typos), (wrongs, question.typos)):
        for choice in choices:
            if matches_any(given, spelled(choice, values), typos):
                return share(question, int(choice.right), 1, (Part(choice.id, choice.right, choice.id),))
    return share(question, 0, 1, (Part("", False),) if given else ())


def spelled(choice: Choice, values: Values) -> tuple[str, ...]:
    """Its spellings with the attempt's numbers put in."""
    return tuple(Text(variant).html(values) for variant in choice.accepted)
