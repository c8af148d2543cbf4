"""The registry of what stands on /me: quizzes, exercises, plans and certificates add theirs from above."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session

from app.accounts.policies import Viewer


@dataclass(frozen=True)
class Waiting:
    """Something that waits for the learner. `note` stands at the end of the line: a deadline, a number of minutes."""

    text: str
    url: str
    note: str = ""
    is_new: bool = False


@dataclass(frozen=True)
class Document:
    """A document of the learner's own and how many of its parts are ready."""

    title: str
    url: str
    ready: int
    parts: int


@dataclass(frozen=True)
class CertificateLine:
    """A certificate the learner holds."""

    title: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Panels:
    waiting: list[Waiting] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    certificates: list[CertificateLine] = field(default_factory=list)


_sources: dict[str, dict[str, Callable[[Session, Viewer], list[Any]]]] = {"waiting": {}, "documents": {}, "certificates": {}}


def waiting(name: str, source: Callable[[Session, Viewer], list[Waiting]]) -> None:
    """Adds what waits for a learner; `name` makes registering twice harmless. The same for the other two."""
    _sources["waiting"][name] = source


def documents(name: str, source: Callable[[Session, Viewer], list[Document]]) -> None:
    _sources["documents"][name] = source


def certificates(name: str, source: Callable[[Session, Viewer], list[CertificateLine]]) -> None:
    _sources["certificates"][name] = source


def panels_of(db: Session, viewer: Viewer) -> Panels:
    """Everything that the features above have for this learner."""
    found = {kind: [line for source in sources.values() for line in source(db, viewer)] for kind, sources in _sources.items()}
    return Panels(**found)
