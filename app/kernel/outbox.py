"""Effects that leave the process: written in the transaction, sent by a worker thread, at least once."""

import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import delete, or_, update
from sqlmodel import Session, col, select

from app.kernel.clock import now
from app.kernel.database import Unit
from app.kernel.models import OutboxMessage

Sender = Callable[[dict[str, Any]], None]
MAX_ATTEMPTS = 12  # the last try comes about two days after the first
CLAIMED_FOR = timedelta(minutes=5)

_senders: dict[str, Sender] = {}
_log = structlog.get_logger("outbox")


def register_sender(kind: str, sender: Sender) -> None:
    """Says who sends messages of a kind. A sender raises when it failed, and the message is tried again later."""
    _senders[kind] = sender


def enqueue(db: Session, kind: str, payload: dict[str, Any]) -> None:
    """Puts a message on its way as part of the current transaction."""
    db.add(OutboxMessage(kind=kind, payload=payload))


def send_next(unit: Unit) -> bool:
    """Sends one waiting message. Returns whether there was one."""
    message = unit.write_now(_claim_next)
    if message is None:
        return False
    try:
        _senders[message.kind](message.payload)
    except Exception as error:
        _log.warning("outbox_failed", kind=message.kind, id=str(message.id), attempt=message.attempts, error=type(error).__name__)
        text = f"{type(error).__name__}: {error}"[:500]
        unit.write_now(lambda db: _mark_failed(db, message.id, message.attempts, text))
    else:
        unit.write_now(lambda db: _mark_sent(db, message.id))
    return True


def _claim_next(db: Session) -> OutboxMessage | None:
    waiting = (
        select(OutboxMessage)
        .where(col(OutboxMessage.sent_at).is_(None), col(OutboxMessage.failed_at).is_(None), col(OutboxMessage.next_at) <= now())
        .order_by(col(OutboxMessage.next_at))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    message = db.exec(waiting).first()
    if message is not None:
        message.attempts += 1
        message.next_at = now() + CLAIMED_FOR  # a worker that dies gives its claim back by time
        db.flush()
    return message


def _mark_sent(db: Session, message_id: UUID) -> None:
    values = {"sent_at": now(), "payload": {}, "error": ""}  # nothing personal stays behind
    db.execute(update(OutboxMessage).where(col(OutboxMessage.id) == message_id).values(**values))


def _mark_failed(db: Session, message_id: UUID, attempts: int, error: str) -> None:
    given_up = now() if attempts >= MAX_ATTEMPTS else None
    next_at = now() + timedelta(seconds=min(30 * 2**attempts, 12 * 3600))
    db.execute(update(OutboxMessage).where(col(OutboxMessage.id) == message_id).values(next_at=next_at, failed_at=given_up, error=error))


def is_waiting(db: Session) -> bool:
    """Whether anything is due; a read, so that an idle worker never asks for the write lock."""
    due = select(OutboxMessage.id).where(
        col(OutboxMessage.sent_at).is_(None), col(OutboxMessage.failed_at).is_(None), col(OutboxMessage.next_at) <= now()
    )
    return db.exec(due.limit(1)).first() is not None


def forget_old(db: Session) -> None:
    """Drops messages that were sent or given up a month ago."""
    old = now() - timedelta(days=30)
    db.execute(delete(OutboxMessage).where(or_(col(OutboxMessage.sent_at) < old, col(OutboxMessage.failed_at) < old)))


class Worker:
    """A thread that sends what waits, does the chores each time, and now and then runs the cleaners; every process has one."""

    def __init__(
        self, unit: Unit, cleaners: Sequence[Callable[[Session], None]], every: float = 2.0, chores: Sequence[Callable[[Unit], None]] = ()
    ) -> None:
        self.unit, self.cleaners, self.every, self.chores = unit, cleaners, every, chores
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="outbox", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join(timeout=10)

    def _run(self) -> None:
        cleaned = None
        while not self._stop.is_set():
            try:
                while not self._stop.is_set() and self.unit.read_now(is_waiting):
                    send_next(self.unit)
                for chore in self.chores:
                    chore(self.unit)
                if cleaned is None or now() - cleaned > timedelta(hours=6):
                    for cleaner in self.cleaners:
                        self.unit.write_now(cleaner)
                    cleaned = now()
            except Exception as error:
                _log.warning("outbox_worker", error=type(error).__name__)
            self._stop.wait(self.every)
