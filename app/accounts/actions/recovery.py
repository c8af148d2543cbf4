"""Ways back in for who has forgotten the passphrase: a printed code, a coordinator's code, a link by e-mail."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from app.accounts import codes
from app.accounts.actions.sign_in import Attempt, Browser, SignedInNow, count_try, find_by_name, finish_sign_in
from app.accounts.limits import MAIL_BY_ACCOUNT, MAIL_BY_ADDRESS, wait_for
from app.accounts.models import Identity, User
from app.accounts.names import possible_names
from app.accounts.sessions import end_sessions
from app.kernel import signing
from app.kernel.clock import now

LINK_VALID = 3600  # seconds


@dataclass(frozen=True)
class CodeAttempt:
    attempt: Attempt
    code_id: UUID | None


@dataclass(frozen=True)
class Letter:
    """What a mail with a link needs."""

    to: str
    name: str
    language: str
    token: str


def begin_by_code(db: Session, typed: str, code: str, region: str, browser: Browser) -> CodeAttempt:
    """Counts the try and looks for the code. An unknown name gives the same kind of answer as a wrong code."""
    user, attempt = count_try(db, typed, region, browser)
    if user is None or attempt.wait:
        return CodeAttempt(attempt, None)
    return CodeAttempt(attempt, codes.find(db, user.id, code, codes.PRINTED, codes.IN_PERSON))


def finish_by_code(db: Session, begun: CodeAttempt, passphrase_hash: str, browser: Browser, *, shared: bool) -> SignedInNow | None:
    """Uses the code up, sets the new passphrase, ends all sessions and starts one. None when the code is gone."""
    if begun.code_id is None or begun.attempt.user_id is None or codes.use(db, begun.code_id) is None:
        return None
    _set_passphrase(db, begun.attempt.user_id, passphrase_hash)
    return finish_sign_in(db, begun.attempt, browser, shared=shared)


def letter_for(db: Session, typed: str, browser: Browser) -> tuple[float, Letter | None]:
    """(seconds to wait, the letter to send). The letter is None for an address nobody has, and when it had its share."""
    if wait := wait_for(db, (MAIL_BY_ADDRESS, browser.network)):
        return wait, None
    names = [name for name in possible_names(typed, "es-MX") if name.issuer == "email"]
    user = find_by_name(db, names)
    if user is None or user.disabled_at is not None or wait_for(db, (MAIL_BY_ACCOUNT, str(user.id))):
        return 0.0, None
    token = signing.sign("recovery", [str(user.id), names[0].subject, _mark_of(user)])
    return 0.0, Letter(names[0].subject, user.name, user.language, token)


def user_of_link(db: Session, token: str) -> tuple[User, str] | None:
    """Whose link this is and which address it went to; None when it is old, changed, or has been used."""
    value = signing.read_signed("recovery", token, LINK_VALID)
    if not isinstance(value, list):
        return None
    user = db.get(User, UUID(value[0]))
    if user is None or user.disabled_at is not None or value[2] != _mark_of(user):
        return None
    return user, str(value[1])


def finish_by_link(db: Session, token: str, passphrase_hash: str, browser: Browser) -> SignedInNow | None:
    found = user_of_link(db, token)
    if found is None:
        return None
    user, email = found
    _set_passphrase(db, user.id, passphrase_hash)
    identity = db.exec(
        select(Identity).where(col(Identity.user_id) == user.id, Identity.issuer == "email", Identity.subject == email)
    ).first()
    if identity is not None:
        identity.verified_at = now()
    return finish_sign_in(db, Attempt(user_id=user.id), browser, shared=False)


def _set_passphrase(db: Session, user_id: UUID, passphrase_hash: str) -> None:
    """The new passphrase, with a new printed code for the one that may have been used; every session ends."""
    db.get_one(User, user_id).passphrase_hash = passphrase_hash
    end_sessions(db, user_id)
    codes.issue(db, user_id, codes.PRINTED)


def _mark_of(user: User) -> str:
    """Changes with the passphrase, so that a link works once."""
    return hashlib.sha256(user.passphrase_hash.encode()).hexdigest()[:16]
