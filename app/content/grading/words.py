"""Words compared as a kind reader compares them: case, accents, spaces and outer punctuation never count, typos by a stated rule.

The rule: as many edits (a letter added, left out, changed, or two neighbours swapped) as the question's `typos` says; without it
one edit for words of five letters or more and none for shorter ones. What holds digits must be exact.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from rapidfuzz.distance import OSA

LONG_ENOUGH = 5
MAXIMUM_COMPARED = 300
_OUTER = " .,;:!?¡¿\"'«»“”‘’()"


def folded(text: str) -> str:
    """NFKC, case folded, accents and marks off (ñ as n, since many phones lack it), inner spaces single, outer punctuation off."""
    marked = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    plain = "".join(c for c in marked if unicodedata.category(c) not in ("Mn", "Cf"))
    return " ".join(unicodedata.normalize("NFC", plain).split()).strip(_OUTER)


def matches(given: str, accepted: str, typos: int | None = None) -> bool:
    """Whether what was typed counts as a spelling of `accepted`."""
    left, right = folded(given), folded(accepted)
    if not left or not right or len(left) > MAXIMUM_COMPARED:
        return False
    if left == right:
        return True
    letters = sum(1 for c in right if c.isalpha())
    if letters < len(right.replace(" ", "").replace("-", "")):
        return False
    room = min(typos if typos is not None else int(letters >= LONG_ENOUGH), max(0, letters - 2))
    return room > 0 and bool(OSA.distance(left, right, score_cutoff=room) <= room)


def matches_any(given: str, accepted: Sequence[str], typos: int | None = None) -> bool:
    """Whether it counts as one of several spellings."""
    return any(matches(given, variant, typos) for variant in accepted)
