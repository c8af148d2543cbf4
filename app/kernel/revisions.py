"""Texts that are kept by revision: an unchanged one writes nothing, an older page never overwrites, what loses is kept and shown.

Every page remembers the revision it showed of each text (its base). A different text on an older base is a conflict,
unless the newer revisions came from that very page: then its own earlier save was merely still on its way.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

MOST_ASIDE = 20  # texts set aside for one field


class Standing(StrEnum):
    """What a kept text is worth."""

    COUNTS = "counts"
    CONFLICT = "conflict"  # written over an older text in a second page; kept until the person chooses
    LATE = "late"  # came after the end; kept apart


@dataclass(frozen=True)
class Revision:
    number: int
    value: Any
    standing: str
    page: str
    saved_at: datetime


@dataclass(frozen=True)
class Given:
    """A text as a page sends it: the value, the revision the page had shown, and the page itself."""

    value: Any
    base: int
    page: str


@dataclass
class Kept:
    """All that is kept of one text: the revision that counts, and those that were set aside."""

    revisions: list[Revision] = field(default_factory=list)

    @property
    def current(self) -> Revision | None:
        return next((one for one in reversed(self.revisions) if one.standing == Standing.COUNTS), None)

    @property
    def value(self) -> Any:
        """The text that counts; None when there is none."""
        return self.current.value if self.current else None

    @property
    def base(self) -> int:
        """The base of a page that shows this text."""
        return self.current.number if self.current else 0

    @property
    def rivals(self) -> list[Revision]:
        """Other texts for the same field, not chosen between yet."""
        return [one for one in self.revisions if one.standing == Standing.CONFLICT and one.number > self.base]

    @property
    def late(self) -> list[Revision]:
        """Texts that came after the end."""
        return [one for one in self.revisions if one.standing == Standing.LATE]

    @property
    def next_number(self) -> int:
        return self.revisions[-1].number + 1 if self.revisions else 1

    def revision(self, number: int) -> Revision | None:
        return next((one for one in self.revisions if one.number == number), None)

    def standing_of(self, given: Given, *, too_late: Standing | None = None) -> Standing | None:
        """How a text is to be kept, or None when there is nothing new in it. `too_late`: what a text is worth after the end."""
        if given.value == self.value or (self.current is None and not given.value):
            return None
        newer = [one for one in self.revisions if one.number > given.base and one.standing == Standing.COUNTS]
        is_own = bool(given.page) and all(one.page == given.page for one in newer)
        if newer and not is_own and given.value == self._value_at(given.base):
            return None  # an untouched field of an older page
        if not too_late and (not newer or is_own):
            return Standing.COUNTS
        aside = too_late or Standing.CONFLICT
        others = [one for one in self.revisions if one.standing == aside]
        is_known = any(one.value == given.value and one.number > self.base for one in others)
        return None if is_known or len(others) >= MOST_ASIDE else aside

    def add(self, value: Any, standing: Standing, page: str, moment: datetime) -> Revision:
        """Appends a revision and returns it."""
        made = Revision(self.next_number, value, standing, page, moment)
        self.revisions.append(made)
        return made

    def _value_at(self, base: int) -> Any:
        found = self.revision(base)
        return found.value if found else None
