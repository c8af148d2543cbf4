"""Finding people and their sessions."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam
from sqlmodel import Session, col, select

from app.accounts.models import Identity, RecoveryCode, RoleGrant, SecondFactor, User, UserSession
from app.accounts.names import SignInName
from app.accounts.policies import Grant, Viewer
from app.kernel.clock import now

IDLE = timedelta(days=30)
IDLE_SHARED = timedelta(hours=2)
TOUCH_AFTER = timedelta(hours=1)
TOUCH_SHARED_AFTER = timedelta(minutes=10)  # a tenth of its idle limit

# When sessions were seen whose row is older than TOUCH_AFTER; app.accounts.sessions.flush_seen writes it down.
seen: dict[UUID, datetime] = {}


def hash_of(token: str) -> str:
    """The hash under which a session's secret is stored; a plain hash does, the secret is 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


_session_with_user = (
    select(
        User.id,
        User.name,
        User.language,
        User.region,
        User.is_staff,
        UserSession.id,
        UserSession.assurance,
        UserSession.is_shared,
        UserSession.seen_at,
    )  # type: ignore[call-overload]  # SQLModel types four columns at most
    .join(UserSession, col(UserSession.user_id) == User.id)
    .where(
        UserSession.token_hash == bindparam("token_hash"),
        col(UserSession.expires_at) > bindparam("moment"),
        col(User.disabled_at).is_(None),
    )
)
_grants = select(RoleGrant.role, RoleGrant.scope_kind, RoleGrant.scope_id).where(
    RoleGrant.user_id == bindparam("user_id"), col(RoleGrant.revoked_at).is_(None)
)


def viewer_by_token(db: Session, token: str) -> Viewer | None:
    """The person whose live session has this secret, with their roles; None for any other secret."""
    moment = now()
    row: Row[Any] | None = db.connection().execute(_session_with_user, {"token_hash": hash_of(token), "moment": moment}).first()
    if row is None:
        return None
    user_id, name, language, region, is_staff, session_id, assurance, is_shared, seen_at = tuple(row)
    if not _still_in_use(session_id, is_shared, seen_at, moment):
        return None
    grants = grants_of(db, user_id) if is_staff else ()
    return Viewer(user_id, name, language, region, session_id, assurance, is_shared, grants)


def _still_in_use(session_id: UUID, is_shared: bool, seen_at: datetime, moment: datetime) -> bool:
    """Whether a session is within its idle limit; if so, notes in memory that it was seen."""
    if moment - max(seen_at, seen.get(session_id, seen_at)) > (IDLE_SHARED if is_shared else IDLE):
        return False
    if moment - seen_at > (TOUCH_SHARED_AFTER if is_shared else TOUCH_AFTER):
        seen[session_id] = moment
    return True


def grants_of(db: Session, user_id: UUID) -> tuple[Grant, ...]:
    rows = db.connection().execute(_grants, {"user_id": user_id})
    return tuple(Grant(role, (kind, scope_id)) for role, kind, scope_id in rows)


@dataclass(frozen=True)
class Account:
    """What a person sees of their own account."""

    names: list[SignInName]
    sessions: list[UserSession]
    has_second_factor: bool
    printed_codes: int
    spare_codes: int


def account_of(db: Session, viewer: Viewer) -> Account:
    factor = db.get(SecondFactor, viewer.id)
    sessions = select(UserSession).where(UserSession.user_id == viewer.id, col(UserSession.expires_at) > now())
    unused = select(RecoveryCode.kind).where(RecoveryCode.user_id == viewer.id, col(RecoveryCode.used_at).is_(None))
    kinds = list(db.exec(unused))
    return Account(
        names=names_of(db, viewer.id),
        sessions=list(db.exec(sessions.order_by(col(UserSession.created_at).desc()))),
        has_second_factor=factor is not None and factor.confirmed_at is not None,
        printed_codes=kinds.count("printed"),
        spare_codes=kinds.count("second_factor"),
    )


def names_of(db: Session, user_id: UUID) -> list[SignInName]:
    """Under which names a person signs in."""
    rows = db.exec(select(Identity.issuer, Identity.subject).where(Identity.user_id == user_id).order_by(col(Identity.created_at)))
    return [SignInName(issuer, subject) for issuer, subject in rows]
