"""What is published now, as every process knows it within seconds."""

import hashlib
from collections.abc import Callable
from threading import Lock, Thread
from typing import Any

import structlog
from sqlalchemy import event
from sqlmodel import Session, select

from app.catalog.courses import cache, compiled
from app.catalog.models import CourseHead
from app.kernel.database import Unit

EVERY = 1.0  # seconds between looks at the database

_heads = select(CourseHead.course_slug, CourseHead.edition_id).order_by(CourseHead.course_slug)
_published = [0]  # how often this process has published
_log = structlog.get_logger("heads")


def look_again(db: Session) -> None:
    """Makes this process see what the transaction publishes as soon as it is committed."""

    def committed(_session: Session) -> None:
        _published[0] += 1

    event.listen(db, "after_commit", committed, once=True)


def published_state(unit: Unit) -> Callable[[], object]:
    """A function that names the present state of the catalogue, cheap enough for every request."""
    return Heads(unit).state_now


class Heads:
    """One per unit: a state in memory, kept fresh by a thread that starts with the first question."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.state = ""
        self.seen = -1
        self.thread: Thread | None = None
        self.lock = Lock()

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
        while not self.unit.closed.wait(EVERY):
            self._refresh(warm=True)

    def _refresh(self, warm: bool = False) -> None:
        published = _published[0]
        try:
            rows = self.unit.read_now(self._read)
            self.state = hashlib.sha256(repr(rows).encode()).hexdigest()
            self.seen = published
            for _, edition_id in rows if warm else ():
                if cache.get(edition_id) is None and not self.unit.closed.is_set():
                    self.unit.read_now(lambda db, edition_id=edition_id: compiled(db, edition_id))  # type: ignore[misc]
        except Exception as error:  # the database is away or not there yet: what is known stays
            if not self.unit.closed.is_set():
                _log.warning("heads_not_read", reason=type(error).__name__)

    @staticmethod
    def _read(db: Session) -> list[Any]:
        return [tuple(row) for row in db.connection().execute(_heads)]
