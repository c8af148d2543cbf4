"""Opened units, noted behind the reader's back: a GET only reads, so that a small queue writes within a second.

What is queued is merged (one line for a unit, however often it is opened), written in one transaction, and kept for the
next try when the database is busy. "Done, next" at the end of a lesson writes the same in its own transaction.
"""

from datetime import datetime
from threading import Event, Lock, Thread
from uuid import UUID
from weakref import WeakKeyDictionary

import structlog
from sqlmodel import Session, col, select

from app.kernel.clock import now
from app.kernel.database import Unit
from app.learning.actions import open_unit
from app.learning.completion import complete_if_met
from app.learning.models import Enrollment

EVERY = 0.5  # seconds
MOST_WAITING = 20_000  # units; beyond that the oldest promise is broken rather than the memory

_log = structlog.get_logger("openings")
_queues: "WeakKeyDictionary[Unit, Openings]" = WeakKeyDictionary()


class Openings:
    """The queue of one unit, with the thread that empties it."""

    def __init__(self, unit: Unit) -> None:
        self.waiting: dict[tuple[UUID, str], datetime] = {}
        self.lock = Lock()
        self.writing = Lock()
        self.something = Event()
        self.thread = Thread(target=self._work, args=(unit,), name="openings", daemon=True)
        self.thread.start()

    def note(self, enrollment_id: UUID, unit_id: str) -> None:
        with self.lock:
            self.waiting[(enrollment_id, unit_id)] = now()
            if len(self.waiting) > MOST_WAITING:
                del self.waiting[next(iter(self.waiting))]
        self.something.set()

    def flush(self, unit: Unit) -> None:
        """Writes what waits, now; comes back when another thread's writing has ended too."""
        with self.writing:
            self._flush(unit)

    def _flush(self, unit: Unit) -> None:
        with self.lock:
            batch, self.waiting = self.waiting, {}
        if not batch:
            return
        try:
            unit.write_now(lambda db: _write(db, batch))
        except Exception as error:
            with self.lock:
                self.waiting = {**batch, **self.waiting}
            _log.warning("openings_not_written", waiting=len(batch), reason=type(error).__name__)

    def _work(self, unit: Unit) -> None:
        while not unit.closed.wait(EVERY):
            if self.something.wait(EVERY):
                self.something.clear()
                self.flush(unit)


def _write(db: Session, batch: dict[tuple[UUID, str], datetime]) -> None:
    wanted = sorted({enrollment_id for enrollment_id, _ in batch})
    there = set(db.exec(select(Enrollment.id).where(col(Enrollment.id).in_(wanted))).all())  # an account may be gone by now
    # In one order, so that two processes never wait for each other's rows.
    fresh = {
        enrollment_id
        for (enrollment_id, unit_id), moment in sorted(batch.items())
        if enrollment_id in there and open_unit(db, enrollment_id, unit_id, moment)
    }
    for enrollment_id in sorted(fresh):
        complete_if_met(db, enrollment_id)


def note(unit: Unit, enrollment_id: UUID, unit_id: str) -> None:
    """Queues that a learner has opened a unit. Never waits."""
    _of(unit).note(enrollment_id, unit_id)


def flush(unit: Unit) -> None:
    """Writes what waits in this process, for a stop and for tests."""
    if unit in _queues:
        _queues[unit].flush(unit)


def _of(unit: Unit) -> Openings:
    if unit not in _queues:
        _queues[unit] = Openings(unit)
    return _queues[unit]
