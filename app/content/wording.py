"""What courses do not say: phrases that are false, dangerous or unkind, each with what to write in its place.

The list is `wording.yaml` of the content folder, so that those who write may read it and lengthen it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from collections.abc import Mapping as Files
from dataclasses import dataclass

from app.content.faults import Faults
from app.content.nodes import read_mapping
from app.content.schema import Keys

FILE = "wording.yaml"
LANGUAGES = ("es", "en")
BETWEEN = 6  # words that "…" in a phrase may stand for, at most
_SENTENCE_END = re.compile(r"[.!?](?=\s)|\n\s*\n|\n[-|>#:]")


@dataclass(frozen=True, slots=True)
class Phrase:
    """`unless`: the sentence may say it with one of these words in it, as a warning or a denial does."""

    text: str
    language: str
    instead: str
    found_by: re.Pattern[str]
    unless: re.Pattern[str] | None


def read_wording(files: Files[str, bytes], faults: Faults) -> tuple[Phrase, ...]:
    """The list of a content folder; a folder without one forbids nothing."""
    if FILE not in files:
        return ()
    own = faults.at(FILE)
    node = read_mapping(files[FILE].decode("utf-8", "replace"), 1, own)
    if node is None:
        return ()
    phrases: list[Phrase] = []
    keys = Keys(node, own)
    for entry in keys.mappings("avoid"):
        inner = Keys(entry, own)
        unless = inner.texts("unless")
        for language in LANGUAGES:
            texts, instead = inner.texts(language), inner.text(f"write_{language}", required=True)
            allowed = re.compile("|".join(map(_pattern, unless))) if unless else None
            phrases += [Phrase(text, language, instead, re.compile(_pattern(text)), allowed) for text in texts]
        inner.finish()
    keys.finish()
    return tuple(phrases)


def check_wording(files: Files[str, bytes], phrases: tuple[Phrase, ...], faults: Faults) -> None:
    """Note every forbidden phrase in texts and pictures, with the line where it begins."""
    for path, data in sorted(files.items()):
        language = next((one for one in LANGUAGES if path.endswith((f".{one}.md", f".{one}.svg"))), "")
        if not language:
            continue
        text = _folded(data.decode("utf-8", "replace"))
        for phrase in phrases:
            if phrase.language != language:
                continue
            for place in phrase.found_by.finditer(text):
                if phrase.unless is None or not phrase.unless.search(_sentence(text, place.start(), place.end())):
                    line = text.count("\n", 0, place.start()) + 1
                    faults.at(path).add("wording", line, phrase=phrase.text, instead=phrase.instead)


def _pattern(phrase: str) -> str:
    """Words in this order, whatever stands between them on the page; "…" is a few words."""
    return r"(?<!\w)" + "".join(_pieces(_folded(phrase))) + r"(?!\w)"


def _pieces(phrase: str) -> Iterator[str]:
    for number, word in enumerate(phrase.split()):
        if word == "…":
            yield rf"(?:\W+\w+){{0,{BETWEEN}}}?"
        else:
            yield (r"\W+" if number else "") + re.escape(word)


def _sentence(text: str, start: int, end: int) -> str:
    begins = max((found.end() for found in _SENTENCE_END.finditer(text, max(0, start - 600), start)), default=max(0, start - 600))
    ends = _SENTENCE_END.search(text, end)
    return text[begins : ends.end() if ends else len(text)]


def _folded(text: str) -> str:
    """Lower case without accents, of the same number of lines. × counts as x."""
    parts = unicodedata.normalize("NFD", text.casefold().replace("×", "x"))
    return "".join(part for part in parts if not unicodedata.combining(part))
