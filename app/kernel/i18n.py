"""Words, numbers and dates in the reader's language and manner.

Message ids are the English texts; each feature keeps its Spanish in app/locale/es/<feature>.po. Catalogues are read
at start, so nothing has to be compiled. Numbers and dates follow the person's region, never the language alone:
Mexico writes 1,250.50 and Ecuador 1.250,50.
"""

from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

LANGUAGES = ("es", "en")
LOCALE_FOLDER = Path(__file__).parents[1] / "locale"
# The time of day that people of a region live by; several zones share a region, the largest city's is taken.
TIME_ZONES = {"es-MX": "America/Mexico_City", "es-EC": "America/Guayaquil", "en-US": "America/Chicago", "es-US": "America/Chicago"}
REGIONS = tuple(TIME_ZONES)

language: ContextVar[str] = ContextVar("language", default="es")
region: ContextVar[str] = ContextVar("region", default="es-MX")

Catalogue = dict[str, str | tuple[str, ...]]


@lru_cache
def catalogue(code: str) -> Catalogue:
    """Message id -> translation, from every .po file of a language. English is its own catalogue."""
    messages: Catalogue = {}
    for path in sorted((LOCALE_FOLDER / code).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=code):
                if not message.id or not message.string:
                    continue
                if isinstance(message.id, str):
                    messages[message.id] = str(message.string)
                else:
                    messages[message.id[0]] = tuple(message.string)
    return messages


def translate(message: str, code: str | None = None) -> str:
    """The message in a language (default: the reader's); the English message id where there is none."""
    found = catalogue(code or language.get()).get(message)
    return found if isinstance(found, str) else message


def translate_plural(singular: str, plural: str, number: int, code: str | None = None) -> str:
    """The form that fits `number`. Spanish and English have the same two forms."""
    found = catalogue(code or language.get()).get(singular)
    if isinstance(found, tuple):
        return found[0 if number == 1 else 1]
    return singular if number == 1 else plural


def number_text(value: int | float | Decimal, decimals: int | None = None) -> str:
    """A number as the reader's region writes it; `decimals` fixes the places after the point."""
    pattern = None if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(value, format=pattern, locale=_number_locale())


def date_text(value: date | datetime) -> str:
    """A date in words: 22 de noviembre de 2026."""
    return format_date(_local(value) if isinstance(value, datetime) else value, format="long", locale=_date_locale())


def day_text(iso: str) -> str:
    """A day written as 2026-11-22, in words."""
    return date_text(date.fromisoformat(iso))


def time_text(value: datetime) -> str:
    """A time of day by the clock of the reader's region: 10:42."""
    return format_datetime(_local(value), format="HH:mm", locale=_date_locale())


def moment_text(value: datetime) -> str:
    """A date with its time of day."""
    return f"{date_text(value)}, {time_text(value)}"


def _local(value: datetime) -> datetime:
    return value.astimezone(ZoneInfo(TIME_ZONES.get(region.get(), TIME_ZONES["es-MX"])))


@lru_cache
def _locale(name: str) -> Locale:
    return Locale.parse(name, sep="-")


def _number_locale() -> Locale:
    return _locale(region.get() if region.get() in TIME_ZONES else "es-MX")


def _date_locale() -> Locale:
    return _locale("en-US" if language.get() == "en" else "es-MX")


def month_text(value: str) -> str:
    """A month as courses write it (2026-11) in words: noviembre de 2026."""
    year, month, *_ = (int(part) for part in value.split("-"))
    pattern = "MMMM y" if language.get() == "en" else "MMMM 'de' y"
    return format_date(date(year, month, 1), format=pattern, locale=_date_locale())


def kilobytes(count: int) -> int:
    """Bytes as people are told them: whole kilobytes, never none."""
    return max(1, round(count / 1000))
