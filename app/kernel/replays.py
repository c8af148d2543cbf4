"""One effect: the same key with the same body gets the first answer again (architecture.md, decision 3)."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Table, bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

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


_table: Table = Replay.__table__  # type: ignore[attr-defined]
# Prepared once: these run with every change that anybody makes.
_mine = (
    _table.c.who == bindparam("my_who"),
    _table.c.action == bindparam("my_action"),
    _table.c.key == bindparam("my_key"),
    _table.c.digest == bindparam("my_digest"),
)
_claim = {
    "sqlite": sqlite.insert(_table).on_conflict_do_nothing().returning(_table.c.key),
    "postgresql": postgresql.insert(_table).on_conflict_do_nothing().returning(_table.c.key),
}
_kept = select(_table.c.status, _table.c.location, _table.c.body).where(*_mine)
_keep = update(_table).where(*_mine).values(status=bindparam("status"), location=bindparam("location"), body=bindparam("body"))
_release = delete(_table).where(*_mine)


def digest_of(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def claim(db: Session, mine: Claim) -> KeptAnswer | None:
    """Claims the key for this request, or returns the answer that the first such request got.

    Concurrent claims wait for each other in the database; a raised rejection takes its claim away by rollback.
    """
    values = {"who": mine.who, "action": mine.action, "key": mine.key, "digest": mine.digest}
    values |= {"status": 0, "location": "", "body": "", "created_at": now()}
    connection = db.connection()
    if connection.execute(_claim[connection.dialect.name], values).first() is not None:
        return None
    return KeptAnswer(*connection.execute(_kept, _names(mine)).one())


def keep(db: Session, mine: Claim, answer: KeptAnswer) -> None:
    """Keeps the answer to a claimed request."""
    db.connection().execute(_keep, _names(mine) | {"status": answer.status, "location": answer.location, "body": answer.body})


def release(db: Session, mine: Claim) -> None:
    """Takes a claim away: a rejection is not remembered."""
    db.connection().execute(_release, _names(mine))


def forget_old(db: Session) -> None:
    db.execute(delete(Replay).where(col(Replay.created_at) < now() - KEPT_FOR))


def _names(mine: Claim) -> dict[str, Any]:
    return {"my_who": mine.who, "my_action": mine.action, "my_key": mine.key, "my_digest": mine.digest}
