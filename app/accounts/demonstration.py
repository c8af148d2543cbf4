"""Demonstration accounts, one a role, for trying the program out. Never in production."""

from sqlmodel import Session, select

from app.accounts.actions.people import grant_role
from app.accounts.actions.sign_up import NewAccount, create_account
from app.accounts.models import SecondFactor, User
from app.accounts.names import SignInName
from app.accounts.passphrases import hash_now
from app.accounts.policies import NEEDS_SECOND_FACTOR, SITE
from app.kernel.clock import now
from app.kernel.settings import settings

# role -> (name, username, passphrase, secret of the authenticator)
PEOPLE = {
    "learner": ("Teresa", "teresa", "maiz azul temprano", ""),
    "author": ("Ana", "ana", "tinta sobre papel", "MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U"),
    "mentor": ("Rosa", "rosa", "banca bajo el arbol", "NBSWY3DPEB3W64TMMQQHEZLBMRSXE4ZB"),
    "coordinator": ("Joel", "joel", "lista de los lunes", "ORSXG5BAORUGC3TLEBZSA5DPMRQXSIDG"),
    "administrator": ("Elena", "elena", "llaves de la casa", "MJQXGZJTGIQGS4ZAMEQGO33PMQQGWZLZ"),
}


def create_demonstration_accounts(db: Session) -> list[tuple[str, str, str]]:
    """Makes one account a role on a database without people: [(role, username, passphrase)], else nothing.

    Staff have their second factor set up; `tequio code USERNAME` prints the code of the moment.
    Raises RuntimeError in production.
    """
    if settings().is_production:
        raise RuntimeError("Demonstration accounts have known passphrases; they are not made in production.")
    if db.exec(select(User.id).limit(1)).first() is not None:
        return []
    made = []
    for role, (name, username, passphrase, secret) in PEOPLE.items():
        user = create_account(db, NewAccount(name, SignInName("username", username), hash_now(passphrase)))
        if user is None:
            raise RuntimeError(f"The username {username} is taken.")
        if role in NEEDS_SECOND_FACTOR:
            grant_role(db, user.id, role, SITE, by=None)
            db.add(SecondFactor(user_id=user.id, secret=secret, confirmed_at=now()))
        made.append((role, username, passphrase))
    return made
