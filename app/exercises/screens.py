"""What the pages show: fields with what is kept of them, versions as handed in, the rubric with its marks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from app.content.numbers import NumberStyle, written_exactly
from app.content.tree import Criterion, CriterionText, Exercise, ExerciseField, FieldText
from app.exercises.answers import GROUP, NUMERIC, PARTY, all_fields, doubt, longest, number_of, words_in
from app.exercises.drafts import Drafts
from app.exercises.models import Party
from app.exercises.queries import Reviewed
from app.kernel import i18n
from app.kernel.revisions import Kept


@dataclass
class FieldScreen:
    """One field of the form. `typed` is what a rejected form held, shown again with `error` beside it."""

    asked: ExerciseField
    style: NumberStyle
    kept: Kept = field(default_factory=Kept)
    error: str = ""
    typed: str | None = None

    @property
    def id(self) -> str:
        return self.asked.id

    @property
    def type(self) -> str:
        return self.asked.type

    @property
    def is_common(self) -> bool:
        """Whether every exercise asks this."""
        return self.id in (PARTY, GROUP)

    @property
    def words(self) -> FieldText:
        return self.asked.text(i18n.language.get())

    @property
    def text(self) -> str:
        """What stands in the field."""
        kept = self.kept.value if self.typed is None else self.typed
        return kept or (Party.PERSON.value if self.id == PARTY else "")

    @property
    def longest(self) -> int:
        return longest(self.asked)

    @property
    def word_count(self) -> int:
        return words_in(self.text)

    @property
    def number(self) -> str:
        """How a number is understood, where it is written otherwise than we would write it."""
        value = number_of(self.asked, self.text, self.style) if self.type in NUMERIC and self.text.strip() else None
        shown = "" if value is None else written_exactly(value, self.style)
        return "" if shown == self.text.strip() else shown

    @property
    def doubt(self) -> str:
        """What will stand against handing this text in."""
        return doubt(self.asked, self.text, self.style)


def field_screens(exercise: Exercise, kept: Drafts, style: NumberStyle) -> list[FieldScreen]:
    """Every field of the form, in its order."""
    return [FieldScreen(one, style, kept.get(one.id) or Kept()) for one in all_fields(exercise)]


@dataclass(frozen=True)
class AnswerScreen:
    """An answer as it was handed in. `html` is the author's own (a choice); `text` is what was typed."""

    label: str
    type: str
    text: str
    unit: str = ""
    html: str = ""

    @property
    def is_short(self) -> bool:
        """Whether it stands in a line of a table rather than in a paragraph of its own."""
        return self.type != "text"


def answer_screens(exercise: Exercise, answers: Mapping[str, Any], style: NumberStyle) -> list[AnswerScreen]:
    """The answers of a version in the order of its exercise."""
    return [_answer(one, answers.get(one.id) or {}, style) for one in exercise.fields]


def _answer(one: ExerciseField, answer: Mapping[str, Any], style: NumberStyle) -> AnswerScreen:
    words = one.text(i18n.language.get())
    text = str(answer.get("text", ""))
    if one.type == "choice":
        return AnswerScreen(words.label, one.type, text, html=words.choices.get(text, ""))
    if "number" in answer:
        text = written_exactly(Decimal(answer["number"]), style)
    if one.type == "date" and text:
        text = i18n.day_text(text.strip())
    unit = words.unit or ("%" if one.type == "percent" else "")
    return AnswerScreen(words.label, one.type, text, unit)


@dataclass(frozen=True)
class CriterionScreen:
    """A line of the rubric. `given` is the level a mentor chose, None for none yet."""

    criterion: Criterion
    given: int | None = None
    error: str = ""

    @property
    def id(self) -> str:
        return self.criterion.id

    @property
    def words(self) -> CriterionText:
        return self.criterion.text(i18n.language.get())


def rubric_screens(exercise: Exercise, scores: Mapping[str, int], errors: Mapping[str, str] | None = None) -> list[CriterionScreen]:
    """The rubric with the levels that were given."""
    errors = errors or {}
    return [CriterionScreen(one, scores.get(one.id), errors.get(one.id, "")) for one in exercise.criteria]


@dataclass(frozen=True)
class VersionScreen:
    """A version with its answers and, once a mentor has decided, the rubric and the words."""

    reviewed: Reviewed
    answers: list[AnswerScreen]
    rubric: list[CriterionScreen]
    maximum: int

    @property
    def points(self) -> int:
        return sum(line.given or 0 for line in self.rubric)
