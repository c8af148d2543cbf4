"""Type -> module. The functions everyone else calls."""

from __future__ import annotations

from types import ModuleType
from typing import Protocol, cast

from app.content.grading import gaps, matching, multiple, numeric, open_answer, ordering, short_text, single
from app.content.grading.answers import Answer, Fields
from app.content.grading.grades import Grade
from app.content.grading.numeric import Ambiguous
from app.content.numbers import MEXICO, NumberStyle
from app.content.questions import Question, QuestionType, Values


class Grader(Protocol):
    """What each module of this folder offers."""

    def field_names(self, question: Question) -> tuple[str, ...]: ...
    def blank(self, question: Question) -> Answer: ...
    def read(self, question: Question, fields: Fields) -> Answer: ...
    def grade(self, question: Question, answer: Answer, values: Values) -> Grade: ...


_MODULES: dict[QuestionType, ModuleType] = {
    "single": single,
    "true-false": single,
    "multiple": multiple,
    "matching": matching,
    "ordering": ordering,
    "short-text": short_text,
    "numeric": numeric,
    "gaps": gaps,
    "open": open_answer,
}


def _grader(question: Question) -> Grader:
    return cast(Grader, _MODULES[question.type])


def field_names(question: Question) -> tuple[str, ...]:
    """The names of the form fields a page shows for a question: its id, or `<id>.<part>` for each part."""
    return _grader(question).field_names(question)


def blank(question: Question) -> Answer:
    """The answer of somebody who has not answered."""
    return _grader(question).blank(question)


def read_answer(question: Question, fields: Fields, style: NumberStyle = MEXICO) -> Answer:
    """Form fields (name -> values) as a canonical answer; other fields are ignored. AnswerRejected for what no page sends."""
    if question.type == "numeric":
        return numeric.read(question, fields, style)
    return _grader(question).read(question, fields)


def answered(question: Question, answer: Answer) -> bool:
    """Whether anything was answered at all."""
    return answer != blank(question)


def grade(question: Question, answer: Answer, values: Values | None = None) -> Grade:
    """What an answer is worth, with the numbers of its attempt (`parameters.draw`). Pure; never raises on a stored answer."""
    return _grader(question).grade(question, answer, values or {})


def ambiguity(question: Question, answer: Answer, values: Values | None = None, style: NumberStyle = MEXICO) -> Ambiguous | None:
    """Readings of a numeric entry to ask the person about before it is graded; None where there is no doubt."""
    return numeric.ambiguity(question, answer, values or {}, style) if question.type == "numeric" else None
