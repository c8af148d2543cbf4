"""What the pages of a running attempt show: each question with its words, its numbers and what was answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from app.content.grading import answered
from app.content.numbers import NumberStyle, written_exactly
from app.content.questions import Question
from app.content.tree import Quiz
from app.kernel.revisions import Kept
from app.quizzes.given import doubt, is_complete, is_doubtful, longest
from app.quizzes.paper import Item


@dataclass(frozen=True)
class Option:
    """A choice as it is shown: its id, its words (HTML), and what was answered there ("" for nothing)."""

    id: str
    html: str
    given: str = ""


@dataclass(frozen=True)
class Reader:
    """In which words and numbers the reader reads."""

    language: str
    style: NumberStyle


@dataclass
class QuestionScreen:
    """One question of an attempt. `typed` is what a rejected form held, shown again with `error` beside it."""

    number: int
    question: Question
    item: Item
    reader: Reader
    kept: Kept = field(default_factory=Kept)
    error: str = ""
    typed: dict[str, Any] | None = None

    @property
    def id(self) -> str:
        return self.item.id

    @property
    def type(self) -> str:
        return self.question.type

    @property
    def value(self) -> dict[str, Any]:
        """What stands in the fields; {} for nothing."""
        return (self.kept.value if self.typed is None else self.typed) or {}

    @property
    def prompt(self) -> str:
        return self.question.prompt(self.reader.language, self.item.values, self.reader.style)

    @property
    def body(self) -> str:
        return self.question.body(self.reader.language, self.item.values, self.reader.style)

    @property
    def unit(self) -> str:
        return self.question.text(self.reader.language).unit

    @property
    def longest(self) -> int:
        """How many characters a field of this question takes."""
        return longest(self.question)

    @property
    def options(self) -> list[Option]:
        """The choices, left cells, steps or gaps in the order of the paper."""
        return [Option(one, self.choice_html(one), self._given_at(one)) for one in self.item.order]

    @property
    def rights(self) -> list[Option]:
        return [Option(one, self.right_html(one)) for one in self.item.rights]

    @property
    def pieces(self) -> list[tuple[str, Option | None]]:
        """A text with gaps: HTML and the gap after it, in turn."""
        cloze = self.question.cloze(self.reader.language, self.item.values, self.reader.style)
        return [(html, Option(gap, "", self._given_at(gap)) if gap else None) for html, gap in cloze]

    @property
    def text(self) -> str:
        """A typed answer as it was typed."""
        return str(self.value.get("text", ""))

    @property
    def meanings(self) -> list[Option]:
        """The numbers that an entry can mean, where it makes a difference; `given` marks the chosen one."""
        found = doubt(self.question, self.item, self.value, self.reader.style)
        chosen = self.value.get("number") if self.value.get("meant") else None
        readings = [one.value for one in found.readings] if found else []
        return [Option(str(one), _plainly(one, self.reader.style), "yes" if str(one) == chosen else "") for one in readings]

    @property
    def is_complete(self) -> bool:
        return is_complete(self.question, self.kept.value)

    @property
    def is_begun(self) -> bool:
        return bool(self.kept.value) and answered(self.question, self.kept.value)

    @property
    def is_doubtful(self) -> bool:
        return is_doubtful(self.question, self.item, self.kept.value, self.reader.style)

    @property
    def is_disputed(self) -> bool:
        return bool(self.kept.rivals)

    def choice_html(self, choice_id: str) -> str:
        return self.question.choice_html(self.reader.language, choice_id, self.item.values, self.reader.style)

    def right_html(self, right_id: str) -> str:
        return self.question.right_html(self.reader.language, right_id, self.item.values, self.reader.style)

    def number_text(self, text: str) -> str:
        """A stored number in the reader's style."""
        return written_exactly(Decimal(text).normalize(), self.reader.style)

    def _given_at(self, choice_id: str) -> str:
        value = self.value
        for inner in ("pairs", "positions", "gaps"):
            if inner in value:
                return str(value[inner].get(choice_id, ""))
        return choice_id if choice_id == value.get("choice") or choice_id in value.get("choices", ()) else ""


def _plainly(value: Decimal, style: NumberStyle) -> str:
    """A number without marks between thousands, so that it can be read in one way only: 1250, 1.25."""
    return f"{value.normalize():f}".replace(".", style.point)


def screens_of(quiz: Quiz, items: list[Item], kept: Mapping[str, Kept], reader: Reader) -> list[QuestionScreen]:
    """The screens of a paper, in its order; a question that the edition does not hold is left out."""
    found = [(item, quiz.question(item.id)) for item in items]
    return [
        QuestionScreen(number, question, item, reader, kept.get(item.id) or Kept())
        for number, (item, question) in enumerate(found, 1)
        if question is not None
    ]


@dataclass(frozen=True)
class Clock:
    """The time of an attempt: until when, and how much is left."""

    deadline_at: datetime | None
    seconds_left: int | None

    @property
    def minutes_left(self) -> int:
        """Full minutes, rounded up: the last one counts as one."""
        return -(-(self.seconds_left or 0) // 60)
