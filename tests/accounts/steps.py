"""What people do in the tests of accounts, in a word."""

from typing import Any

from sqlmodel import select
from starlette.testclient import TestClient

from app.accounts.models import Identity, User
from tests.support.site import Browser, Site

PASSPHRASE = "tres mangos verdes"


def sign_up(browser: Browser, identifier: str, name: str = "Lina", lang: str = "es", **fields: Any) -> Any:
    return browser.fill(f"/{lang}/sign-up", name=name, identifier=identifier, passphrase=PASSPHRASE, **fields)


def sign_in(browser: Browser, identifier: str, passphrase: str = PASSPHRASE, lang: str = "es", **fields: Any) -> Any:
    return browser.fill(f"/{lang}/sign-in", identifier=identifier, passphrase=passphrase, **fields)


def new_learner(site: Site, identifier: str = "lina", **fields: Any) -> Browser:
    """A browser signed in to a new account of that name."""
    browser = site.visitor()
    assert sign_up(browser, identifier, **fields).status_code == 303
    user_of = select(User).join(Identity).where(Identity.subject == identifier)
    if user := site.read(lambda db: db.exec(user_of).first()):
        browser.user_id = user.id
    return browser


def is_signed_in(browser: TestClient) -> bool:
    return browser.get("/es/me/account").status_code == 200


def code_on(browser: Browser, path: str = "/es/me/recovery-code") -> str:
    """The code that a page shows."""
    node = browser.page(path).css_first(".code")
    assert node is not None
    return str(node.text())
