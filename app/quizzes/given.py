"""What somebody answered: read from the fields of a form into the canonical answers of app.content.grading.

The fields of a question are named `a.` and what the grader calls them, so that no question id can be taken for a field of
the form itself. A number whose meaning the person chose among several carries `"meant": true`.
"""

from collections.abc import Iterable
from typing import Any

from app.content.grading import Ambiguous, Answer, AnswerRejected, ambiguity, answered, read_answer
from app.content.grading.answers import MAXIMUM_LINE, MAXIMUM_TEXT
from app.content.numbers import NumberStyle
from app.content.questions import Question
from app.kernel.errors import N_
from app.quizzes.paper import Item

START = "a."
WORDS = {
    "unknown-choice": N_("This choice is not part of the question. Please choose again."),
    "too-long": N_("This is too long. Please write at most %(longest)s characters."),
    "malformed": N_("We could not read this answer. Please give it again."),
}


class Fields:
    """The text fields of a posted form, repeated ones kept."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._values: dict[str, list[str]] = {}
        for name, value in pairs:
            self._values.setdefault(name, []).append(value)

    def one(self, name: str) -> str:
        """The last value of a field, "" where it is absent."""
        return self._values.get(name, [""])[-1]

    def after(self, start: str) -> dict[str, list[str]]:
        """The fields whose names start so, by the rest of their names."""
        return {name.removeprefix(start): values for name, values in self._values.items() if name.startswith(start)}


def longest(question: Question) -> int:
    """How many characters a field of the question takes."""
    return MAXIMUM_TEXT if question.type == "open" else MAXIMUM_LINE


def read_given(question: Question, item: Item, fields: Fields, style: NumberStyle) -> Answer | None:
    """The answer to a question in a posted form, None for a blank one.

    Raises AnswerRejected for what no page of ours sends, and for what is too long.
    """
    named = fields.after(START)
    answer = read_answer(question, named, style)
    meant = fields.one(f"{START}{question.id}.reading")
    if question.type == "numeric" and meant and meant == answer["number"] and ambiguity(question, answer, item.values, style):
        answer["meant"] = True
    return answer if answered(question, answer) else None


def as_typed(question: Question, fields: Fields) -> Answer | None:
    """A rejected text as it was typed, to be shown again; None for what is chosen, not typed."""
    if question.type == "gaps":
        return {"gaps": {choice.id: fields.one(f"{START}{question.id}.{choice.id}") for choice in question.choices}}
    if question.type in ("short-text", "open", "numeric"):
        return {"text": fields.one(f"{START}{question.id}"), "number": ""}
    return None


def words_for(error: AnswerRejected, question: Question) -> tuple[str, dict[str, Any]]:
    """The sentence for a rejected answer, as a message id and its values."""
    return WORDS[error.reason], {"longest": f"{longest(question):,}"} if error.reason == "too-long" else {}


def is_complete(question: Question, answer: Answer | None) -> bool:
    """Whether nothing of the question is left open."""
    if not answer or not answered(question, answer):
        return False
    if question.type == "ordering":
        return sorted(answer["positions"].values()) == list(range(1, len(question.choices) + 1))
    inner = answer.get("pairs") or answer.get("gaps")
    return inner is None or len(inner) == len(question.choices)


def doubt(question: Question, item: Item, answer: Answer | None, style: NumberStyle) -> Ambiguous | None:
    """What a number can mean, when that makes a difference; None without doubt."""
    return ambiguity(question, answer, item.values, style) if answer and question.type == "numeric" else None


def is_doubtful(question: Question, item: Item, answer: Answer | None, style: NumberStyle) -> bool:
    """Whether a number has still to be asked about before it is graded."""
    return bool(doubt(question, item, answer, style)) and not (answer or {}).get("meant")
