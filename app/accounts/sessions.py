"""Sessions: started at sign-in, touched while used, ended by their owner, by time, or with the account.

The cookie holds a secret, the table its hash. When a session was last seen is noted in memory, so that reading a page
writes nothing, and written down by `flush_seen` every few seconds.
"""

from datetime import datetime, timedelta
from threading import Lock
from uuid import UUID

from sqlalchemy import delete, or_, update
from sqlmodel import Session, col, select

from app.accounts.models import UserSession
from app.accounts.queries import hash_of, seen
from app.kernel.clock import now
from app.kernel.database import Unit
from app.kernel.ids import token

LONGEST = timedelta(days=180)
LONGEST_SHARED = timedelta(hours=12)
_flushing = Lock()


def start_session(
    db: Session, user_id: UUID, *, device: str = "", shared: bool = False, assurance: int = 1, replaces: str | None = None
) -> str:
    """Starts a session and returns the secret for its cookie. The session the browser had before ends."""
    if replaces:
        end_session(db, replaces)
    secret = token()
    moment = now()
    expires = moment + (LONGEST_SHARED if shared else LONGEST)
    db.add(
        UserSession(
            token_hash=hash_of(secret),
            user_id=user_id,
            device=device,
            is_shared=shared,
            assurance=assurance,
            created_at=moment,
            seen_at=moment,
            expires_at=expires,
        )
    )
    return secret


def rotate_session(db: Session, session_id: UUID, assurance: int) -> str:
    """Gives a session a new secret (returned) and an assurance; its limits stay."""
    secret = token()
    db.execute(update(UserSession).where(col(UserSession.id) == session_id).values(token_hash=hash_of(secret), assurance=assurance))
    return secret


def end_session(db: Session, secret: str) -> None:
    db.execute(delete(UserSession).where(col(UserSession.token_hash) == hash_of(secret)))


def end_session_of(db: Session, user_id: UUID, session_id: UUID) -> bool:
    """Ends one of somebody's sessions. Returns whether it was theirs and there."""
    ended = delete(UserSession).where(col(UserSession.id) == session_id, col(UserSession.user_id) == user_id)
    return db.execute(ended.returning(col(UserSession.id))).first() is not None


def end_sessions(db: Session, user_id: UUID, keep: UUID | None = None) -> None:
    """Ends all sessions of a person but the one to keep."""
    ended = delete(UserSession).where(col(UserSession.user_id) == user_id)
    if keep is not None:
        ended = ended.where(col(UserSession.id) != keep)
    db.execute(ended)


def owner_of_ended(db: Session, secret: str) -> UUID | None:
    """Whose session this was, if its row is still there; it may have run out."""
    return db.exec(select(UserSession.user_id).where(UserSession.token_hash == hash_of(secret))).first()


def flush_seen(unit: Unit) -> None:
    """Writes down when sessions were last seen, if any moved by long enough. Called every few seconds."""
    with _flushing:
        if not seen:
            return
        moved = dict(seen)

        def write(db: Session) -> None:
            for session_id, moment in moved.items():
                db.execute(update(UserSession).where(col(UserSession.id) == session_id).values(seen_at=moment))

        unit.write_now(write)
        for session_id, moment in moved.items():
            if seen.get(session_id) == moment:
                del seen[session_id]


def forget_old(db: Session) -> None:
    """Drops sessions a week after they ran out; until then they say whose unsent text a browser holds."""
    week_ago: datetime = now() - timedelta(days=7)
    db.execute(
        delete(UserSession).where(or_(col(UserSession.expires_at) < week_ago, col(UserSession.seen_at) < week_ago - timedelta(days=30)))
    )
