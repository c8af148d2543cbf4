"""What people change about their own account."""

from uuid import UUID

from sqlmodel import Session

from app.accounts import codes
from app.accounts.limits import OWN_PASSPHRASE, forgive, wait_for
from app.accounts.models import SecondFactor, User
from app.accounts.policies import Viewer
from app.accounts.sessions import end_sessions, rotate_session


def begin_confirmation(db: Session, user_id: UUID) -> tuple[float, str]:
    """Counts a try at the own passphrase. Returns (seconds to wait, stored hash)."""
    wait = wait_for(db, (OWN_PASSPHRASE, str(user_id)))
    user = db.get(User, user_id)
    return wait, user.passphrase_hash if user else ""


def forget_tries(db: Session, user_id: UUID) -> None:
    forgive(db, (OWN_PASSPHRASE, str(user_id)))


def change_profile(db: Session, user_id: UUID, name: str, language: str, region: str) -> None:
    user = db.get_one(User, user_id)
    user.name, user.language, user.region = name, language, region


def change_passphrase(db: Session, viewer: Viewer, passphrase_hash: str) -> str:
    """Takes the new passphrase, ends the other sessions, and returns the new secret of this one."""
    db.get_one(User, viewer.id).passphrase_hash = passphrase_hash
    forget_tries(db, viewer.id)
    end_sessions(db, viewer.id, keep=viewer.session_id)
    return rotate_session(db, viewer.session_id, viewer.assurance)


def renew_printed_code(db: Session, user_id: UUID) -> None:
    forget_tries(db, user_id)
    codes.issue(db, user_id, codes.PRINTED)


def has_second_factor(db: Session, user_id: UUID) -> bool:
    factor = db.get(SecondFactor, user_id)
    return factor is not None and factor.confirmed_at is not None
