"""Where features say what they keep about a person: how it is given to them, and how it is erased."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import Session


@dataclass(frozen=True)
class KeptFile:
    """A file for the download: its path in the ZIP, and its name in app.kernel.storage."""

    path: str
    stored_as: str


@dataclass(frozen=True)
class Erasure:
    """What the person chose: certificates stay under their name, or are withdrawn at the holder's request."""

    keep_certificates: bool


Exporter = Callable[[Session, UUID], Any]
FilesOf = Callable[[Session, UUID], Iterable[KeptFile]]
Eraser = Callable[[Session, UUID, Erasure], None]

_exporters: dict[str, tuple[Exporter, FilesOf | None]] = {}
_erasers: dict[str, Eraser] = {}


def register_exporter(name: str, export: Exporter, files: FilesOf | None = None) -> None:
    """Adds `name`.json to the download: what `export(db, user_id)` returns, with dates and UUIDs as they are.

    `files(db, user_id)` names the stored files that belong to it.
    """
    _exporters[name] = (export, files)


def register_eraser(name: str, erase: Eraser) -> None:
    """`erase(db, user_id, erasure)` deletes, or makes nameless, what a feature keeps about the person."""
    _erasers[name] = erase


def export_all(db: Session, user_id: UUID) -> tuple[dict[str, Any], list[KeptFile]]:
    """Everything that is kept about a person: name -> data, and the files."""
    data = {name: export(db, user_id) for name, (export, _) in _exporters.items()}
    files = [file for _, files_of in _exporters.values() if files_of for file in files_of(db, user_id)]
    return data, files


def erase_all(db: Session, user_id: UUID, erasure: Erasure) -> None:
    for erase in _erasers.values():
        erase(db, user_id, erasure)
