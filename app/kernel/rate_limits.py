"""Rate limits that survive restarts and are shared by every process: leaky buckets in the database.

Must run where a refusal is returned, not raised: a rollback would forget the try.
"""

from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from app.kernel.clock import now
from app.kernel.models import RateLimit


def take(db: Session, key: str, capacity: int, per_seconds: float) -> float:
    """Takes one try from a bucket of `capacity` that empties in `per_seconds`.

    Returns 0.0 when it was had, else the seconds until the next one can be.
    """
    moment = now()
    insert = sqlite.insert if db.get_bind().dialect.name == "sqlite" else postgresql.insert
    new = insert(RateLimit.__table__).values(key=key, level=0.0, updated_at=moment)  # type: ignore[attr-defined]
    db.execute(new.on_conflict_do_nothing())  # two first tries at once are two tries, not an error
    bucket = db.get_one(RateLimit, key, with_for_update=True, populate_existing=True)
    drained = max(0.0, (moment - bucket.updated_at).total_seconds()) * capacity / per_seconds
    level = max(0.0, bucket.level - drained)
    if level + 1 > capacity:
        return (level + 1 - capacity) * per_seconds / capacity
    bucket.level, bucket.updated_at = level + 1, moment
    db.flush()
    return 0.0


def give_back(db: Session, key: str) -> None:
    """Empties a bucket, after a success that makes earlier failures harmless."""
    bucket = db.get(RateLimit, key)
    if bucket is not None:
        bucket.level = 0.0


def forget_old(db: Session) -> None:
    """Drops buckets that have long been empty."""
    db.execute(delete(RateLimit).where(col(RateLimit.updated_at) < now() - timedelta(days=2)))
