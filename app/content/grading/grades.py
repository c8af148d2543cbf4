"""What an answer is worth."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from app.content.questions import Question

_STEP = Decimal("0.000001")
_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an answer. `id`: the choice, item, left cell or gap. `feedback`: the id of the feedback to show, or ""."""

    id: str
    correct: bool
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Grade:
    """Points to six decimals. `correct`: all of it right; None waits for a mentor. `feedback`: ids of texts to show, in order."""

    points: Decimal
    maximum: Decimal
    correct: bool | None
    parts: tuple[Part, ...] = ()

    @property
    def feedback(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(part.feedback for part in self.parts if part.feedback))


def share(question: Question, right: int, of: int, parts: tuple[Part, ...]) -> Grade:
    """A grade for `right` of `of` equal parts; under 0 counts as 0."""
    fraction = min(Fraction(1), Fraction(max(0, right), of)) if of else Fraction(0)
    exact = fraction * question.points
    points = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(_STEP, ROUND_HALF_UP)
    return Grade(points, Decimal(question.points), fraction == 1, parts)


def percent(points: Decimal, maximum: Decimal) -> Decimal:
    """Percent of the maximum, to two decimals; sums of rounded thirds come out whole. 0 where nothing can be earned."""
    if maximum <= 0:
        return Decimal(0)
    return (points * 100 / maximum).quantize(_HUNDREDTH, ROUND_HALF_UP)
