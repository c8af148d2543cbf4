"""Finding people and their sessions."""

import hashlib
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam
from sqlmodel import Session, col, select

from app.accounts.models import RoleGrant, User, UserSession
from app.accounts.policies import Grant, Viewer
from app.kernel.clock import now


def hash_of(token: str) -> str:
    """The hash under which a session's secret is stored; a plain hash does, the secret is 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


_session_with_user = (
    select(User.id, User.name, User.language, User.region, User.is_staff, UserSession.id, UserSession.assurance, UserSession.is_shared)  # type: ignore[call-overload]
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
    row: Row[Any] | None = db.connection().execute(_session_with_user, {"token_hash": hash_of(token), "moment": now()}).first()
    if row is None:
        return None
    user_id, name, language, region, is_staff, session_id, assurance, is_shared = tuple(row)
    grants = grants_of(db, user_id) if is_staff else ()
    return Viewer(user_id, name, language, region, session_id, assurance, is_shared, grants)


def grants_of(db: Session, user_id: UUID) -> tuple[Grant, ...]:
    rows = db.connection().execute(_grants, {"user_id": user_id})
    return tuple(Grant(role, (kind, scope_id)) for role, kind, scope_id in rows)
