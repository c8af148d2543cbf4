"""Appointing an administrator from the shell."""

from sqlmodel import Session

from app.accounts.actions import second_factor
from app.accounts.actions.people import grant_role
from app.accounts.actions.sign_in import find_by_name
from app.accounts.actions.sign_up import NewAccount, create_account
from app.accounts.models import User
from app.accounts.names import SignInName
from app.accounts.policies import SITE
from app.kernel.settings import settings


def appoint(db: Session, name: str, signs_in_as: SignInName, passphrase_hash: str) -> bool:
    """Makes an administrator of the whole site. Returns whether the account is new; one that was there is let back in."""
    found = find_by_name(db, [signs_in_as])
    user = found or create_account(
        db, NewAccount(name[:80], signs_in_as, passphrase_hash, settings().default_language, settings().default_region)
    )
    if user is None:
        raise RuntimeError("Somebody took this name just now.")
    if found is not None:
        _let_back_in(db, found, passphrase_hash)
    grant_role(db, user.id, "administrator", SITE, by=None)
    return found is None


def _let_back_in(db: Session, user: User, passphrase_hash: str) -> None:
    user.passphrase_hash, user.disabled_at = passphrase_hash, None
    second_factor.remove(db, user.id, by=None)
