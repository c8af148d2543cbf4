"""A real server with a real course on it, on each database, and one browser for the whole run."""

from collections.abc import Iterator
from dataclasses import dataclass

import pyotp
import pytest
from playwright.sync_api import Browser
from sqlmodel import Session

from app.accounts.actions.people import grant_role
from app.accounts.actions.sign_up import NewAccount, create_account
from app.accounts.models import SecondFactor
from app.accounts.names import SignInName
from app.accounts.passphrases import hash_now
from app.accounts.policies import NEEDS_SECOND_FACTOR, SITE
from app.catalog.commands import publish_folder
from app.kernel.clock import now
from app.kernel.database import Unit
from tests.contracts.world import FIXTURES
from tests.support import databases
from tests.support.browser import open_chromium
from tests.support.servers import serving

PASSPHRASE = "tres mangos verdes"


@dataclass(frozen=True)
class Staff:
    """Somebody with a role, and the authenticator in their hand."""

    username: str
    secret: str

    @property
    def code(self) -> str:
        return pyotp.TOTP(self.secret).now()


@dataclass
class Live:
    """A running site: where it answers, and its database."""

    address: str
    unit: Unit
    url: str
    folder: str

    def staff(self, username: str, role: str, name: str = "Rosa") -> Staff:
        """A new person with a role for the whole site; a second factor where the role needs one."""
        secret, made = pyotp.random_base32(), hash_now(PASSPHRASE)

        def create(db: Session) -> None:
            user = create_account(db, NewAccount(name, SignInName("username", username), made))
            assert user is not None
            grant_role(db, user.id, role, SITE, by=None)
            if role in NEEDS_SECOND_FACTOR:
                db.add(SecondFactor(user_id=user.id, secret=secret, confirmed_at=now()))

        self.unit.write_now(create)
        return Staff(username, secret)


def live(url: str, folder: str) -> Iterator[Live]:
    unit = Unit(url)
    publish_folder(unit, FIXTURES / "path", say=lambda _line: None)
    variables = {"TEQUIO_DATABASE_URL": url, "TEQUIO_STORAGE_URL": f"file:{folder}/files", "TEQUIO_MAIL_URL": f"folder:{folder}/mail"}
    with serving("app.main:create_app", variables) as address:
        yield Live(address, unit, url, folder)
    unit.close()


@pytest.fixture(scope="session")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    folder = tmp_path_factory.mktemp("live")
    yield from live(databases.fresh_sqlite(folder), str(folder))


@pytest.fixture(scope="session")
def on_postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    url = databases.fresh_postgresql()
    yield from live(url, str(tmp_path_factory.mktemp("live")))
    databases.drop_postgresql(url)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with open_chromium() as browser:
        yield browser
