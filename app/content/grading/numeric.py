"""numeric: a number as people write it, right within the tolerance; the mistakes the author foresaw get their feedback.

An entry that can be read two ways is read as the person's region writes, unless the person said which was meant. `ambiguity`
tells a page when to ask: only where the two readings would be graded differently, and never for a number grouped as the region
groups it, where the question asks for fewer than three decimals.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from app.content.expressions import FormulaError, evaluate
from app.content.grading.answers import MAXIMUM_LINE, Answer, AnswerRejected, Fields, one, text
from app.content.grading.grades import Grade, Part, share
from app.content.numbers import MEXICO, NumberStyle, Reading, readings
from app.content.questions import Question, Values

LARGEST = Decimal("1e30")


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Two readings of one entry that would be graded differently; the page asks which is meant (`<id>.reading`)."""

    readings: tuple[Reading, ...]


def field_names(question: Question) -> tuple[str, ...]:
    return (question.id, f"{question.id}.reading")


def blank(question: Question) -> Answer:
    return {"text": "", "number": ""}


def read(question: Question, fields: Fields, style: NumberStyle = MEXICO) -> Answer:
    given = " ".join(text(fields, question.id, MAXIMUM_LINE).split())
    found = [str(reading.value) for reading in readings(given, style)]
    meant = one(fields, f"{question.id}.reading").strip()
    if len(meant) > MAXIMUM_LINE:
        raise AnswerRejected("too-long", f"{question.id}.reading")
    return {"text": given, "number": meant if meant in found else next(iter(found), "")}


def grade(question: Question, answer: Answer, values: Values) -> Grade:
    number = _number(answer)
    if number is None:
        return share(question, 0, 1, (Part("", False),) if answer.get("text") else ())
    for choice in sorted(question.choices, key=lambda choice: not choice.right):
        try:
            expected = evaluate(choice.formula, values)
        except FormulaError:
            continue
        if question.tolerance.covers(expected, number):
            return share(question, int(choice.right), 1, (Part(choice.id, choice.right, choice.id),))
    return share(question, 0, 1, (Part("", False),))


def ambiguity(question: Question, answer: Answer, values: Values, style: NumberStyle = MEXICO) -> Ambiguous | None:
    """The readings to ask about, or None where there is nothing to ask."""
    found = readings(str(answer.get("text", "")), style)
    if len(found) > 1 and found[0].value == found[0].value.to_integral_value() and _decimals(question, values) < 3:
        return None  # 2,667 in Mexico: the region's own way to write a number that the question can ask for
    grades = {grade(question, {**answer, "number": str(reading.value)}, values).points for reading in found}
    return Ambiguous(found) if len(grades) > 1 else None


def _decimals(question: Question, values: Values) -> int:
    """How many decimals the question asks for: as stated, else as many as its right answer has."""
    if question.decimals is not None:
        return question.decimals
    try:
        key = evaluate(next((choice.formula for choice in question.choices if choice.right), "0"), values)
    except FormulaError:
        return 0
    exponent = key.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _number(answer: Answer) -> Decimal | None:
    try:
        number = Decimal(str(answer.get("number", "")))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < LARGEST else None
