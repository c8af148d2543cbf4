"""What a page of an attempt posts: answers with the revisions they stand on, and where to go next."""

from dataclasses import dataclass, field
from typing import Any

from app.content.grading import AnswerRejected
from app.content.numbers import NumberStyle
from app.content.tree import Quiz
from app.kernel.errors import N_
from app.kernel.i18n import translate
from app.kernel.revisions import Given
from app.quizzes.given import Fields, as_typed, read_given, words_for
from app.quizzes.paper import Item

BASE = "r."
UNKNOWN = N_("A question of this form is not part of your quiz, so its answer was not saved. The others are.")


@dataclass
class Posted:
    """`only`: the one question that a script saves. `use`: (question, revision) chosen in a conflict. `at`: where the page stood."""

    given: dict[str, Given] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    typed: dict[str, Any] = field(default_factory=dict)
    notice: str = ""
    only: str = ""
    use: tuple[str, int] | None = None
    page: str = ""
    at: str = ""
    go: str = ""

    @property
    def is_rejected(self) -> bool:
        return bool(self.errors or self.notice)


def read_posted(fields: Fields, quiz: Quiz, items: list[Item], style: NumberStyle) -> Posted:
    """Reads a form of answers. What cannot be read is named in `errors`, by question; the rest is good to save."""
    posted = Posted(page=fields.one("page")[:36], at=fields.one("at")[:8], go=fields.one("go")[:8], only=fields.one("only")[:60])
    posted.use = _chosen(fields.one("use"))
    mine = {item.id: item for item in items}
    bases = fields.after(BASE)
    for question_id in [posted.only] if posted.only else list(bases):
        item, question = mine.get(question_id), quiz.question(question_id)
        if item is None or question is None:
            posted.notice = translate(UNKNOWN)
            continue
        if posted.use and posted.use[0] == question_id:
            continue
        try:
            value = read_given(question, item, fields, style)
        except AnswerRejected as error:
            message, values = words_for(error, question)
            text = translate(message)
            posted.errors[question_id] = text % values if values else text
            posted.typed[question_id] = as_typed(question, fields)
        else:
            posted.given[question_id] = Given(value, _number(bases.get(question_id, [""])[-1]), posted.page)
    return posted


def _chosen(text: str) -> tuple[str, int] | None:
    question_id, _, revision = text.rpartition(":")
    return (question_id, _number(revision)) if question_id else None


def _number(text: str) -> int:
    """A revision; 0, the oldest, for anything that is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
