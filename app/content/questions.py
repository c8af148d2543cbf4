"""Questions as data: what is asked, what may be chosen, what is right. Structure once, words per language.

Words are `Text`: finished, sanitised HTML in which a question with parameters still has places for its numbers.
"""

from __future__ import annotations

import html as html_entities
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from app.content.expressions import FormulaError, evaluate
from app.content.numbers import MEXICO, NumberStyle, written

QuestionType = Literal["single", "multiple", "true-false", "matching", "ordering", "short-text", "numeric", "gaps", "open"]
TYPES: tuple[QuestionType, ...] = (
    "single", "multiple", "true-false", "matching", "ordering", "short-text", "numeric", "gaps", "open",
)  # fmt: skip
Values = Mapping[str, Decimal]
_PLACES = re.compile(r"\{\{(?!gap )(.+?)\}\}")
GAP_PLACE = re.compile(r"\{\{gap ([a-z0-9-]*)\}\}")


@dataclass(frozen=True, slots=True)
class Text:
    """HTML (or plain text) with places `{{name}}` and `{{= formula}}` for a question's numbers."""

    source: str = ""

    def __bool__(self) -> bool:
        return bool(self.source)

    @property
    def formulas(self) -> tuple[str, ...]:
        """The formulas of its places, as the author wrote them."""
        return tuple(html_entities.unescape(place).lstrip("= ").strip() for place in _PLACES.findall(self.source))

    def html(self, values: Values | None = None, style: NumberStyle = MEXICO, decimals: int | None = None) -> str:
        """The text with the numbers of one attempt put in, written in the reader's style."""
        if "{{" not in self.source:
            return self.source

        def number(found: re.Match[str]) -> str:
            formula = html_entities.unescape(found.group(1)).strip()
            try:
                value = evaluate(formula.lstrip("= "), values or {})
            except FormulaError:
                return "?"
            return written(value, style, decimals if formula.startswith("=") and value != value.to_integral_value() else None)

        return _PLACES.sub(number, self.source)


EMPTY = Text()


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose, order, write or fill in.

    single, multiple, true-false: an option. ordering: an item, in the right order. matching: a left cell, `pair` is the id
    of its right cell. numeric: a number, `formula` gives it. short-text: `accepted` are its spellings. gaps: one gap.
    """

    id: str
    right: bool = True
    formula: str = ""
    pair: str = ""
    accepted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionText:
    """A question's words in one language. Choices, feedback and rights by id."""

    prompt: Text
    body: Text = EMPTY
    choices: Mapping[str, Text] = field(default_factory=dict)
    feedback: Mapping[str, Text] = field(default_factory=dict)
    rights: Mapping[str, Text] = field(default_factory=dict)
    cloze: Text = EMPTY
    solution: Text = EMPTY
    unit: str = ""
    plain: str = ""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A named number that each attempt draws anew: one of `values`."""

    name: str
    values: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far a number may be off: an amount, or a percentage of the right one."""

    amount: Decimal = Decimal(0)
    percent: bool = False

    def covers(self, right: Decimal, given: Decimal) -> bool:
        room = abs(right) * self.amount / 100 if self.percent else self.amount
        return abs(right - given) <= room


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `lesson` is (module slug, unit slug) of what to read again; `rights` are all right cells of a matching."""

    id: str
    type: QuestionType
    points: int
    lesson: tuple[str, str] | None
    shuffle: bool
    choices: tuple[Choice, ...]
    texts: Mapping[str, QuestionText]
    rights: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    derived: tuple[tuple[str, str], ...] = ()
    tolerance: Tolerance = Tolerance()
    decimals: int | None = None
    typos: int | None = None
    line: int = 0

    def text(self, language: str) -> QuestionText:
        """Its words in a language, or in the one that exists."""
        return self.texts.get(language) or next(iter(self.texts.values()))

    def choice(self, choice_id: str) -> Choice | None:
        return next((choice for choice in self.choices if choice.id == choice_id), None)

    def _html(self, text: Text, values: Values | None, style: NumberStyle) -> str:
        return text.html(values, style, self.decimals)

    def prompt(self, language: str, values: Values | None = None, style: NumberStyle = MEXICO) -> str:
        """The question itself, inline HTML (it fits a legend, a label or a heading)."""
        return self._html(self.text(language).prompt, values, style)

    def body(self, language: str, values: Values | None = None, style: NumberStyle = MEXICO) -> str:
        """What follows the question before its choices: paragraphs, a table, a picture; may be empty."""
        return self._html(self.text(language).body, values, style)

    def choice_html(self, language: str, choice_id: str, values: Values | None = None, style: NumberStyle = MEXICO) -> str:
        """One choice, inline HTML; for a right cell of a matching give its id to `right_html`."""
        return self._html(self.text(language).choices.get(choice_id, EMPTY), values, style)

    def right_html(self, language: str, right_id: str, values: Values | None = None, style: NumberStyle = MEXICO) -> str:
        """One right cell of a matching, inline HTML."""
        return self._html(self.text(language).rights.get(right_id, EMPTY), values, style)

    def feedback(self, language: str, choice_id: str, values: Values | None = None, style: NumberStyle = MEXICO) -> str:
        """Why a choice is right or wrong, HTML; "" where there is none."""
        return self._html(self.text(language).feedback.get(choice_id, EMPTY), values, style)

    def solution(self, language: str, values: Values | None = None, style: NumberStyle = MEXICO) -> str:
        """The worked solution or model answer, HTML."""
        return self._html(self.text(language).solution, values, style)

    def cloze(self, language: str, values: Values | None = None, style: NumberStyle = MEXICO) -> tuple[tuple[str, str], ...]:
        """A gaps text in pieces: (HTML, gap id) in turn; the last piece has gap id ""."""
        parts = GAP_PLACE.split(self._html(self.text(language).cloze, values, style))
        return tuple((parts[index], parts[index + 1] if index + 1 < len(parts) else "") for index in range(0, len(parts), 2))
