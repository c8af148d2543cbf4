"""What is published now, as every process knows it within seconds."""

import hashlib
import time
from collections.abc import Callable
from threading import Lock, Thread
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary, proxy

import structlog
from sqlalchemy import event
from sqlmodel import Session, select

from app.catalog.courses import cache, compiled
from app.catalog.models import CourseHead
from app.kernel.database import Unit

EVERY = 1.0  # seconds between looks at the database

_heads = select(CourseHead.course_slug, CourseHead.edition_id).order_by(CourseHead.course_slug)
_known: "WeakKeyDictionary[Unit, Heads]" = WeakKeyDictionary()
_published = [0]  # how often this process has published
_log = structlog.get_logger("heads")


def look_again(db: Session) -> None:
    """Makes this process see what the transaction publishes as soon as it is committed."""

    def committed(_session: Session) -> None:
        _published[0] += 1

    event.listen(db, "after_commit", committed, once=True)


def published_state(unit: Unit) -> Callable[[], object]:
    """A function that names the present state of the catalogue, cheap enough for every request."""
    return _of(unit).state_now


def warm_up(unit: Unit, seconds: float = 10.0) -> None:
    """Compiles the published courses at the start of a process."""
    _of(unit).warm(seconds)


def _of(unit: Unit) -> "Heads":
    if unit not in _known:
        _known[unit] = Heads(unit)
    return _known[unit]


class Heads:
    """One per unit: a state in memory, kept fresh by a thread that starts with the first question."""

    def __init__(self, unit: Unit) -> None:
        self.unit: Any = proxy(unit)  # the unit outlives its heads, not the other way round
        self.state = ""
        self.seen = -1
        self.editions: list[UUID] = []
        self.thread: Thread | None = None
        self.lock = Lock()
        self.closed = unit.closed

    def state_now(self) -> str:
        if self.seen != _published[0]:
            self._refresh()
        if self.thread is None:
            self._start()
        return self.state

    def _start(self) -> None:
        with self.lock:
            if self.thread is None and not self.unit.closed.is_set():
                self.thread = Thread(target=self._watch, name="heads", daemon=True)
                self.thread.start()

    def _watch(self) -> None:
        while not self.closed.wait(EVERY):
            self._refresh(warm=True)

    def warm(self, seconds: float) -> None:
        """Compiles what is published before the first request asks for it, for at most so long; the thread does the rest."""
        until = time.monotonic() + seconds
        self._refresh()
        for edition_id in self.editions:
            if time.monotonic() < until:
                self._compile(edition_id)

    def _compile(self, edition_id: UUID) -> None:
        if cache.get(edition_id) is None and not self.unit.closed.is_set():
            self.unit.read_now(lambda db: compiled(db, edition_id))

    def _refresh(self, warm: bool = False) -> None:
        published = _published[0]
        try:
            rows = self.unit.read_now(self._read)
            self.state = hashlib.sha256(repr(rows).encode()).hexdigest()
            self.seen, self.editions = published, [edition_id for _, edition_id in rows]
            for edition_id in self.editions if warm else ():
                self._compile(edition_id)
        except ReferenceError:  # the application is gone without having been closed: nobody is left to watch for
            self.closed.set()
        except Exception as error:  # the database is away or not there yet: what is known stays
            if not self.closed.is_set():
                _log.warning("heads_not_read", reason=type(error).__name__)

    @staticmethod
    def _read(db: Session) -> list[Any]:
        return [tuple(row) for row in db.connection().execute(_heads)]
