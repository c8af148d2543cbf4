"""What is wrong with a course: file, line, a plain sentence and the mend, in Spanish and English.

The words live in the tables beside this file: code -> (severity, es sentence, es mend, en sentence, en mend).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from app.content.faults.course import COURSE
from app.content.faults.figures import FIGURES
from app.content.faults.files import FILES
from app.content.faults.markup import MARKUP
from app.content.faults.questions import QUESTIONS
from app.content.faults.structure import STRUCTURE

Severity = Literal["error", "warning"]
Entry = tuple[str, str, str, str, str]
LONGEST_VALUE = 240  # characters of what an author wrote, in a fault

CATALOGUE: dict[str, Entry] = {**FILES, **STRUCTURE, **COURSE, **MARKUP, **QUESTIONS, **FIGURES}


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing to mend. `line` starts at 1; 0 means the file as a whole."""

    file: str
    line: int
    code: str
    values: tuple[tuple[str, str], ...] = ()

    @property
    def severity(self) -> Severity:
        return "error" if CATALOGUE[self.code][0] == "error" else "warning"

    def sentence(self, language: str = "es") -> str:
        """What is wrong, for a teacher."""
        return self._filled(1 if language == "es" else 3)

    def mend(self, language: str = "es") -> str:
        """What to do about it."""
        return self._filled(2 if language == "es" else 4)

    def _filled(self, place: int) -> str:
        text = CATALOGUE[self.code][place]
        for name, value in self.values:
            text = text.replace("{" + name + "}", value)
        return text


def _shown(value: object) -> str:
    """A value as one short printable line: authors' text may hold anything."""
    text = " ".join("".join(c if c.isprintable() else " " for c in str(value)).split())
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


@dataclass(slots=True)
class Faults:
    """Collects faults for one file, or (with `file` changed) a family of files."""

    file: str = ""
    items: list[Fault] = field(default_factory=list)

    def at(self, file: str) -> Faults:
        """The same list, seen from another file."""
        return Faults(file, self.items)

    def add(self, code: str, line: int = 0, **values: object) -> None:
        """Note one fault; unknown codes are a programming error."""
        if code not in CATALOGUE:
            raise KeyError(code)
        shown = tuple((name, _shown(value)) for name, value in values.items())
        fault = Fault(self.file, line, code, shown)
        if fault not in self.items[-50:]:
            self.items.append(fault)

    @property
    def errors(self) -> int:
        return sum(1 for fault in self.items if fault.severity == "error")
