"""Numbers as people write them: 1,250.50 in Mexico, 1.250,50 in Ecuador, with spaces, currency signs and units.

A style says which sign parts thousands and which begins the decimals. It follows the person's region, never the language alone.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

COMMA_DECIMAL_REGIONS = frozenset({
    "EC", "AR", "CO", "CL", "ES", "UY", "PY", "VE", "CR", "BO", "BR", "DE", "FR", "IT", "PT", "NL", "PL", "AT", "BE",
    "CZ", "DK", "FI", "GR", "HU", "ID", "NO", "RO", "RU", "SE", "TR", "UA", "VN",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How a region writes numbers: `point` before the decimals, `group` between thousands."""

    point: str = "."
    group: str = ","


MEXICO = NumberStyle(".", ",")
ECUADOR = NumberStyle(",", ".")


def style_of(region: str) -> NumberStyle:
    """The style of a region such as `es-MX` or `EC`; unknown ones write like Mexico."""
    territory = region.replace("_", "-").rsplit("-", 1)[-1].upper()
    return ECUADOR if territory in COMMA_DECIMAL_REGIONS else MEXICO


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Rounded half away from zero, as people round; never -0."""
    result = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return abs(result) if result == 0 else result


def written(value: Decimal, style: NumberStyle = MEXICO, decimals: int | None = None) -> str:
    """A number for the eye: 8700 -> "8,700". Without `decimals`, at most two and no trailing zeros; minus is −."""
    if decimals is None:
        number = rounded(value, 2)
        text = f"{abs(number):,f}"
        if "." in text:
            text = text.rstrip("0").rstrip(".")
    else:
        number = rounded(value, decimals)
        text = f"{abs(number):,.{decimals}f}"
    whole, _, fraction = text.partition(".")
    shown = whole.replace(",", style.group) + (style.point + fraction if fraction else "")
    return ("−" if number < 0 else "") + shown


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read what somebody typed."""

    value: Decimal
    shown: str


_DIGITS = re.compile(r"[0-9](?:[0-9.,' ]*[0-9])?")
_WORDS = re.compile(r"[^\W\d_]+\.?|[$€£¥¢%°/²³]+", re.UNICODE)


def readings(text: str, style: NumberStyle = MEXICO) -> tuple[Reading, ...]:
    """Every sensible reading of a typed number, the one of the region first; empty when it is no number.

    Currency signs, unit words and % may stand around the number. "1,250" and "1.250" have two readings, "1,250.50" has one.
    """
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").replace("–", "-").replace("’", "'")
    plain = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in plain).strip()
    found = list(_DIGITS.finditer(plain)) if len(plain) <= 200 else []
    if len(found) != 1:
        return ()
    before, digits, after = plain[: found[0].start()], found[0].group(), plain[found[0].end() :]
    if plain[found[0].start() - 1 : found[0].start()] in (".", ",") and not digits.strip("0123456789"):
        digits, before = "0" + before[-1] + digits, before[:-1]
    sign = before.count("-")
    rest = _WORDS.sub("", before.replace("-", "").replace("+", "")) + _WORDS.sub("", after.strip().rstrip("."))
    if rest.strip() or sign > 1 or "-" in after:
        return ()
    values = _values(digits, style)
    return tuple(Reading(-value if sign else value, written_exactly(-value if sign else value, style)) for value in values)


def written_exactly(value: Decimal, style: NumberStyle) -> str:
    """Like `written`, but with every decimal that is there."""
    exponent = value.as_tuple().exponent
    return written(value, style, max(0, -exponent) if isinstance(exponent, int) else 0)


def _values(digits: str, style: NumberStyle) -> list[Decimal]:
    spaced = re.fullmatch(r"\d{1,3}(?:[ ']\d{3})+(?:[.,]\d+)?", digits)
    if spaced:
        digits = digits.replace(" ", "").replace("'", "").replace(",", ".")
    commas, points = digits.count(","), digits.count(".")
    if spaced or not (commas or points):
        return _decimals([digits] if digits.replace(".", "", 1).isdigit() else [])
    if " " in digits or "'" in digits:
        return []
    if commas and points:
        return _with_both(digits)
    sign = "," if commas else "."
    grouped = bool(re.fullmatch(r"[1-9]\d{0,2}(?:" + re.escape(sign) + r"\d{3})+", digits))
    whole, decimal = [digits.replace(sign, "")], [digits.replace(sign, ".")]
    if not grouped:
        return _decimals(decimal if commas + points == 1 else [])
    if commas + points > 1:
        return _decimals(whole)
    return _decimals(whole + decimal if sign == style.group else decimal + whole)


def _with_both(digits: str) -> list[Decimal]:
    """1,250.50 and 1.250,50: whichever sign comes last begins the decimals."""
    point = "," if digits.rfind(",") > digits.rfind(".") else "."
    group = "." if point == "," else ","
    whole, _, fraction = digits.partition(point)
    if not re.fullmatch(r"\d{1,3}(?:" + re.escape(group) + r"\d{3})+", whole) or not fraction.isdigit():
        return []
    return _decimals([whole.replace(group, "") + "." + fraction])


def _decimals(texts: list[str]) -> list[Decimal]:
    try:
        return [Decimal(text) for text in texts if len(text) <= 24]  # well within Decimal's 28 digits
    except InvalidOperation:
        return []
