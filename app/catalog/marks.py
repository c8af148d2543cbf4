"""The registry of marks on cards: learning says here how far the viewer is in each course."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlmodel import Session

from app.accounts.policies import Viewer


@dataclass(frozen=True)
class Mark:
    """How many lessons of a course the viewer has read, of how many, and whether they completed it."""

    read: int
    lessons: int
    completed: bool = False


Marks = Callable[[Session, Viewer, str], dict[str, Mark]]
_marks: list[Marks] = []


def register(marks: Marks) -> None:
    """`marks` takes the session, the viewer and the language, and returns course slug -> mark."""
    _marks[:] = [marks]


def marks_of(db: Session, viewer: Viewer | None, language: str) -> dict[str, Mark]:
    """The viewer's marks by course slug; none for visitors."""
    return _marks[0](db, viewer, language) if viewer is not None and _marks else {}
