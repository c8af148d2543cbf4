"""One effect: the same key with the same body gets the first answer again (architecture.md, decision 3)."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from app.kernel.clock import now
from app.kernel.models import Replay

KEPT_FOR = timedelta(days=3)


@dataclass(frozen=True)
class Claim:
    """The name under which an answer is kept."""

    who: str
    action: str
    key: UUID
    digest: str


@dataclass(frozen=True)
class KeptAnswer:
    status: int
    location: str
    body: str


def digest_of(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def claim(db: Session, mine: Claim) -> KeptAnswer | None:
    """Claims the key for this request, or returns the answer that the first such request got.

    Concurrent claims wait for each other in the database; a raised rejection takes its claim away by rollback.
    """
    table = Replay.__table__  # type: ignore[attr-defined]
    insert = sqlite.insert if db.get_bind().dialect.name == "sqlite" else postgresql.insert
    statement = (
        insert(table)
        .values(who=mine.who, action=mine.action, key=mine.key, digest=mine.digest, status=0, location="", body="", created_at=now())
        .on_conflict_do_nothing()
        .returning(table.c.key)
    )
    if db.execute(statement).first() is not None:
        return None
    kept = db.exec(select(Replay).where(*_is(mine))).one()
    return KeptAnswer(kept.status, kept.location, kept.body)


def keep(db: Session, mine: Claim, answer: KeptAnswer) -> None:
    """Keeps the answer to a claimed request."""
    db.execute(update(Replay).where(*_is(mine)).values(status=answer.status, location=answer.location, body=answer.body))


def release(db: Session, mine: Claim) -> None:
    """Takes a claim away: a rejection is not remembered."""
    db.execute(delete(Replay).where(*_is(mine)))


def forget_old(db: Session) -> None:
    db.execute(delete(Replay).where(col(Replay.created_at) < now() - KEPT_FOR))


def _is(mine: Claim) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Replay.who) == mine.who,
        col(Replay.action) == mine.action,
        col(Replay.key) == mine.key,
        col(Replay.digest) == mine.digest,
    )
