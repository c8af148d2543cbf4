"""Giving people what is kept about them, and erasing it."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import Session, col, select

from app.accounts.models import Identity, Invitation, RecoveryCode, RoleGrant, SecondFactor, User, UserSession
from app.accounts.personal_data import Erasure, erase_all
from app.kernel.clock import now
from app.kernel.models import OutboxMessage, Replay


def export_account(db: Session, user_id: UUID) -> dict[str, Any]:
    """What accounts keep: all but the hashes and secrets that only open the account."""
    user = db.get_one(User, user_id)
    sessions = db.exec(select(UserSession).where(UserSession.user_id == user_id))
    roles = db.exec(select(RoleGrant).where(RoleGrant.user_id == user_id))
    names = db.exec(select(Identity).where(Identity.user_id == user_id))
    factor = db.get(SecondFactor, user_id)
    return {
        "account": user.model_dump(exclude={"passphrase_hash", "search_name"}),
        "names": [name.model_dump(include={"issuer", "subject", "verified_at", "created_at"}) for name in names],
        "sessions": [one.model_dump(include={"device", "is_shared", "created_at", "seen_at", "expires_at"}) for one in sessions],
        "roles": [role.model_dump(exclude={"user_id", "id"}) for role in roles],
        "second_factor_since": factor.confirmed_at if factor else None,
    }


def erase_account(db: Session, user_id: UUID, erasure: Erasure) -> None:
    """Erases the person: features first, then the account. A nameless row stays, so that others' records keep their shape."""
    erase_all(db, user_id, erasure)
    _erase_mail(db, user_id)
    for kind in (Identity, UserSession, RoleGrant, RecoveryCode, SecondFactor):
        db.execute(delete(kind).where(col(kind.user_id) == user_id))
    db.execute(delete(Invitation).where(col(Invitation.accepted_by) == user_id))
    db.execute(delete(Replay).where(col(Replay.who) == str(user_id)))
    user = db.get_one(User, user_id)
    user.name, user.passphrase_hash, user.is_staff = "", "", False
    user.language, user.region = "es", "es-MX"
    user.disabled_at = user.erased_at = now()


def _erase_mail(db: Session, user_id: UUID) -> None:
    """Mail to the person that has not left, or could not."""
    addresses = set(db.exec(select(Identity.subject).where(Identity.user_id == user_id, Identity.issuer == "email")))
    if not addresses:
        return
    for message in db.exec(select(OutboxMessage).where(col(OutboxMessage.sent_at).is_(None))):
        if str(message.payload.get("to", "")).casefold() in addresses:
            db.delete(message)
