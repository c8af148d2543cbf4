"""Signing in, in three steps around the hashing: begin (counts the try), hash outside, finish."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, or_, select

from app.accounts.limits import BY_ACCOUNT, BY_ACCOUNT_AND_ADDRESS, BY_ADDRESS, BY_KNOWN_BROWSER, Limit, forgive, wait_for
from app.accounts.models import Identity, SecondFactor, User
from app.accounts.names import SignInName, possible_names
from app.accounts.sessions import start_session


@dataclass(frozen=True)
class Browser:
    """What a sign-in needs to know of the browser: its address, its name, the session it had, who signed in on it before."""

    network: str
    device: str = ""
    old_secret: str | None = None
    known_user_id: str = ""


@dataclass(frozen=True)
class Attempt:
    """A counted try. `wait` is in seconds; `user_id` is None and the hash empty for a name that nobody has."""

    wait: float = 0.0
    user_id: UUID | None = None
    passphrase_hash: str = ""
    takes: tuple[tuple[Limit, str], ...] = ()


@dataclass(frozen=True)
class SignedInNow:
    secret: str
    user_id: UUID
    region: str
    needs_second_factor: bool


def find_by_name(db: Session, names: list[SignInName]) -> User | None:
    """The first account, in the order of `names`, that somebody signs in to under one of them."""
    if not names:
        return None
    wanted = or_(*((col(Identity.issuer) == name.issuer) & (col(Identity.subject) == name.subject) for name in names))
    found = db.exec(select(Identity.issuer, Identity.subject, User).join(User, col(User.id) == Identity.user_id).where(wanted)).all()
    users = {SignInName(issuer, subject): user for issuer, subject, user in found}
    return next((users[name] for name in names if name in users), None)


def count_try(db: Session, typed: str, region: str, browser: Browser) -> tuple[User | None, Attempt]:
    """Counts a try at an account, whether it exists or not. The user is None for a name that nobody has."""
    names = possible_names(typed, region)
    user = find_by_name(db, names)
    account = str(user.id) if user else f"nobody:{names[0].subject if names else typed[:200]}"
    own: tuple[tuple[Limit, str], ...]
    if user is not None and browser.known_user_id == str(user.id):
        own = ((BY_KNOWN_BROWSER, account),)
    else:
        own = ((BY_ACCOUNT_AND_ADDRESS, f"{account}|{browser.network}"), (BY_ACCOUNT, account))
    wait = wait_for(db, (BY_ADDRESS, browser.network), *own)
    return user, Attempt(wait=wait, user_id=user.id if user else None, takes=own)


def begin_sign_in(db: Session, typed: str, region: str, browser: Browser) -> Attempt:
    user, attempt = count_try(db, typed, region, browser)
    return Attempt(attempt.wait, attempt.user_id, user.passphrase_hash if user else "", attempt.takes)


def finish_sign_in(db: Session, attempt: Attempt, browser: Browser, *, shared: bool, new_hash: str = "") -> SignedInNow | None:
    """Starts the session of somebody whose passphrase was right. None when the account is disabled."""
    user = db.get(User, attempt.user_id)
    if user is None or user.disabled_at is not None:
        return None
    forgive(db, *attempt.takes)
    if new_hash:
        user.passphrase_hash = new_hash
    secret = start_session(db, user.id, device=browser.device, shared=shared, replaces=browser.old_secret)
    factor = db.get(SecondFactor, user.id)
    return SignedInNow(secret, user.id, user.region, factor is not None and factor.confirmed_at is not None)
