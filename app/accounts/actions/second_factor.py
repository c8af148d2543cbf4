"""The second factor: a secret shared with an authenticator, proven by a code, with spare codes for a lost phone."""

import hmac
from uuid import UUID

import pyotp
from sqlalchemy import delete
from sqlmodel import Session, col

from app.accounts import codes
from app.accounts.limits import SECOND_FACTOR, forgive, wait_for
from app.accounts.models import RecoveryCode, SecondFactor
from app.accounts.policies import Viewer
from app.accounts.sessions import end_sessions, rotate_session
from app.kernel import audit
from app.kernel.clock import now
from app.kernel.settings import settings

STEP = 30  # seconds
SPARE_CODES = 8


def prepared(db: Session, user_id: UUID) -> SecondFactor | None:
    """The person's second factor, confirmed or waiting to be."""
    return db.get(SecondFactor, user_id)


def prepare(db: Session, user_id: UUID) -> SecondFactor:
    """Makes the secret, unless there is one: preparing twice keeps the code that was already scanned."""
    factor = db.get(SecondFactor, user_id)
    if factor is None:
        factor = SecondFactor(user_id=user_id, secret=pyotp.random_base32())
        db.add(factor)
        db.flush()
    return factor


def address_for_authenticators(secret: str, name: str) -> str:
    """The otpauth:// address that authenticators read from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=settings().site_name)


def confirm(db: Session, viewer: Viewer, typed: str) -> tuple[float, str | None]:
    """Checks a code of the authenticator, or a spare code once it is set up.

    Returns (seconds to wait, the new secret of this session at assurance 2, or None when the code was wrong).
    The first right code turns the second factor on, ends the other sessions and makes the spare codes.
    """
    if wait := wait_for(db, (SECOND_FACTOR, str(viewer.id))):
        return wait, None
    factor = db.get(SecondFactor, viewer.id, with_for_update=True)
    if factor is None or not (_is_current(factor, typed) or _is_spare(db, factor, typed)):
        return 0.0, None
    forgive(db, (SECOND_FACTOR, str(viewer.id)))
    if factor.confirmed_at is None:
        factor.confirmed_at = now()
        end_sessions(db, viewer.id, keep=viewer.session_id)
        codes.issue(db, viewer.id, codes.SECOND_FACTOR, number=SPARE_CODES)
    return 0.0, rotate_session(db, viewer.session_id, assurance=2)


def remove(db: Session, user_id: UUID, *, by: UUID | None) -> None:
    """Turns the second factor off and ends every session. Audited when somebody else did it."""
    db.execute(delete(SecondFactor).where(col(SecondFactor.user_id) == user_id))
    db.execute(delete(RecoveryCode).where(col(RecoveryCode.user_id) == user_id, col(RecoveryCode.kind) == codes.SECOND_FACTOR))
    if by != user_id:
        end_sessions(db, user_id)
        audit.record(db, by, "remove_second_factor", f"user:{user_id}")


def code_now(secret: str) -> str:
    """The code that an authenticator shows now, for demonstration accounts and tests."""
    return pyotp.TOTP(secret).generate_otp(int(now().timestamp()) // STEP)


def _is_current(factor: SecondFactor, typed: str) -> bool:
    """Whether the code is of this half minute or a neighbour of it, and newer than the last one used."""
    digits = "".join(c for c in typed if c in "0123456789")
    this = int(now().timestamp()) // STEP
    for step in (this, this - 1, this + 1):
        if step > factor.last_step and hmac.compare_digest(pyotp.TOTP(factor.secret).generate_otp(step), digits):
            factor.last_step = step
            return True
    return False


def _is_spare(db: Session, factor: SecondFactor, typed: str) -> bool:
    if factor.confirmed_at is None:
        return False
    code_id = codes.find(db, factor.user_id, typed, codes.SECOND_FACTOR)
    return code_id is not None and codes.use(db, code_id) is not None
