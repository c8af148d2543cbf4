"""What the fields of an exercise take: limits, what is missing, and a number as it is meant.

Two fields stand in every exercise: whose work it is, and, for a group, who did what. Their ids begin with an underscore,
which no id of an author can.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from app.content.numbers import NumberStyle, readings
from app.content.tree import Exercise, ExerciseField, FieldText
from app.exercises.models import Party
from app.kernel.errors import N_
from app.kernel.i18n import LANGUAGES, translate

PARTY, GROUP = "_party", "_group"
NUMERIC = frozenset({"number", "money", "percent"})
LONGEST_LINE = 300  # characters
LONGEST_TEXT = 20_000

TOO_LONG = N_("This is too long. Please write at most %(longest)s characters.")
NO_CHOICE = N_("Choose one of the list.")
NO_NUMBER = N_("Write one number, for example 1250.50, without words before it.")
NO_DATE = N_("Write the date as year, month and day, for example 2026-11-22.")
WHO_DID_WHAT = N_("One line a person: what they are called by, and what they did. No surnames.")
MISSING = N_("This is still missing.")


def all_fields(exercise: Exercise) -> tuple[ExerciseField, ...]:
    """The fields of the author, then the two of every exercise."""
    return (*exercise.fields, PARTY_FIELD, GROUP_FIELD)


def _common(field_id: str, kind: Any, texts: dict[str, FieldText], choices: tuple[str, ...] = ()) -> ExerciseField:
    return ExerciseField(field_id, kind, False, "", 0, choices, texts)


def _party_text(language: str) -> FieldText:
    choices = {
        Party.PERSON.value: translate(N_("Mine alone"), language),
        Party.GROUP.value: translate(N_("Of a group: a club, a cooperative, partners"), language),
    }
    return FieldText(translate(N_("Whose work is this?"), language), choices=choices)


def _group_text(language: str) -> FieldText:
    hint = f"<p>{translate(WHO_DID_WHAT, language)}</p>"
    return FieldText(translate(N_("If it is a group's: who did what?"), language), hint)


PARTY_FIELD = _common(PARTY, "choice", {code: _party_text(code) for code in LANGUAGES}, (Party.PERSON.value, Party.GROUP.value))
GROUP_FIELD = _common(GROUP, "text", {code: _group_text(code) for code in LANGUAGES})


def longest(field: ExerciseField) -> int:
    """How many characters a field takes."""
    return LONGEST_TEXT if field.type == "text" else LONGEST_LINE


def refusal(field: ExerciseField, text: str) -> str:
    """Why a text cannot even be kept as a draft, in the reader's language; "" when it can."""
    if len(text) > longest(field):
        return translate(TOO_LONG) % {"longest": f"{longest(field):,}"}
    if field.type == "choice" and text and text not in field.choices:
        return translate(NO_CHOICE)
    return ""


def doubt(field: ExerciseField, text: str, style: NumberStyle) -> str:
    """Why a text cannot be handed in as it stands, in the reader's language; "" when it can. Empty fields raise no doubt."""
    if not text.strip():
        return ""
    if field.type in NUMERIC and number_of(field, text, style) is None:
        return translate(NO_NUMBER)
    if field.type == "date" and not _is_date(text):
        return translate(NO_DATE)
    return refusal(field, text)


def faults_of(exercise: Exercise, texts: dict[str, str], style: NumberStyle) -> dict[str, str]:
    """What stands between a draft and handing it in: a sentence by field id."""
    faults = {}
    for field in all_fields(exercise):
        text = texts.get(field.id, "")
        is_needed = field.required or (field.id == GROUP and texts.get(PARTY) == Party.GROUP)
        if fault := translate(MISSING) if is_needed and not text.strip() else doubt(field, text, style):
            faults[field.id] = fault
    return faults


def as_handed_in(exercise: Exercise, texts: dict[str, str], style: NumberStyle) -> dict[str, Any]:
    """The answers of a version: the text as typed and, for a number, its plain value."""
    answers: dict[str, Any] = {}
    for field in exercise.fields:
        text = texts.get(field.id, "")
        answers[field.id] = {"text": text}
        value = number_of(field, text, style) if field.type in NUMERIC and text.strip() else None
        if value is not None:
            answers[field.id]["number"] = str(value)
    return answers


def number_of(field: ExerciseField, text: str, style: NumberStyle) -> Decimal | None:
    """The number that a text means in the reader's style; money has no thousandths, so 17,100 is seventeen thousand."""
    found = [reading.value for reading in readings(text, style)]
    if field.type == "money":
        found = [value for value in found if value == round(value, 2)] or found
    return found[0] if found else None


def words_in(text: str) -> int:
    return len(text.split())


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text.strip())
    except ValueError:
        return False
    return True
