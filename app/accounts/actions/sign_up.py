"""Making an account."""

from dataclasses import dataclass

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from app.accounts import codes
from app.accounts.actions.sign_in import Browser, SignedInNow
from app.accounts.limits import SIGN_UP_BY_ADDRESS, wait_for
from app.accounts.models import Identity, User
from app.accounts.names import SignInName
from app.accounts.sessions import start_session
from app.kernel.clock import now
from app.kernel.ids import new_id


def begin_sign_up(db: Session, browser: Browser) -> float:
    """Counts a sign-up from this address. Returns the seconds to wait, or 0."""
    return wait_for(db, (SIGN_UP_BY_ADDRESS, browser.network))


@dataclass(frozen=True)
class NewAccount:
    """What an account is made of."""

    name: str
    signs_in_as: SignInName
    passphrase_hash: str
    language: str = "es"
    region: str = "es-MX"


def create_account(db: Session, new: NewAccount) -> User | None:
    """Makes an account, or returns None when somebody already has that name to sign in with."""
    user = User(name=new.name, passphrase_hash=new.passphrase_hash, language=new.language, region=new.region)
    db.add(user)
    db.flush()
    if not add_identity(db, user, new.signs_in_as):
        db.delete(user)
        db.flush()
        return None
    return user


def add_identity(db: Session, user: User, name: SignInName) -> bool:
    """Lets somebody sign in under a name. False when it is taken, also by a request that runs at the same time."""
    insert = sqlite.insert if db.get_bind().dialect.name == "sqlite" else postgresql.insert
    values = {"id": new_id(), "user_id": user.id, "issuer": name.issuer, "subject": name.subject, "created_at": now()}
    return db.execute(insert(Identity).values(**values).on_conflict_do_nothing().returning(col(Identity.id))).first() is not None


def finish_sign_up(db: Session, new: NewAccount, browser: Browser, *, shared: bool) -> SignedInNow | None:
    """Makes the account with its printed code and signs its owner in. None when the name to sign in with is taken."""
    user = create_account(db, new)
    if user is None:
        return None
    codes.issue(db, user.id, codes.PRINTED)
    secret = start_session(db, user.id, device=browser.device, shared=shared, replaces=browser.old_secret)
    return SignedInNow(secret, user.id, user.region, needs_second_factor=False)
