"""A site under test and the browsers that visit it."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from fastapi import FastAPI
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from sqlmodel import Session
from starlette.testclient import TestClient

from app.accounts.models import Identity, RoleGrant, User, UserSession
from app.accounts.queries import hash_of
from app.catalog.commands import publish_folder
from app.kernel.clock import now
from app.kernel.database import Unit
from app.kernel.ids import new_id, token
from app.kernel.settings import settings
from app.learning import openings

SEEDS = Path(__file__).parents[1] / "fixtures" / "seeds"
T = TypeVar("T")


class Browser(TestClient):
    """A browser: keeps cookies, says where its forms come from, does not follow redirects by itself."""

    user_id: UUID

    def page(self, path: str) -> HTMLParser:
        """Opens a page, following redirects, and fails unless it is there."""
        response = self.get(path, follow_redirects=True)
        assert response.status_code == 200, f"{path}: {response.status_code}\n{response.text[:2000]}"
        return HTMLParser(response.text)

    def read(self, path: str) -> str:
        """The HTML of a page that is there."""
        return self.page(path).html or ""

    def fill(self, path: str, /, _form: str = "", **fields: Any) -> Any:
        """Opens a page, fills its first posting form (or the one whose action contains `_form`) and sends it as a person would."""
        page = self.page(path)
        form = next(f for f in page.css("form[method=post]") if _form in (f.attributes.get("action") or path))
        data = values_of(form) | fields
        return self.post(form.attributes.get("action") or path, data=data)


def the(page: HTMLParser, selector: str) -> Any:
    """The first element that a selector finds. Fails when the page has none."""
    found = page.css_first(selector)
    assert found is not None, f"The page has no {selector}"
    return found


def values_of(form: Any) -> dict[str, Any]:
    """What a browser would send for a form as it stands."""
    data: dict[str, Any] = {}
    for field in form.css("input[name], textarea[name], select[name]"):
        attributes = field.attributes
        kind = attributes.get("type") or field.tag
        if kind in ("radio", "checkbox") and "checked" not in attributes:
            continue
        if field.tag == "textarea":
            value = field.text()
        elif field.tag == "select":
            chosen = field.css_first("option[selected]") or field.css_first("option")
            value = (chosen.attributes.get("value") if "value" in chosen.attributes else chosen.text()) if chosen else ""
        else:
            value = attributes.get("value", "on" if kind == "checkbox" else "") or ""
        name = attributes["name"]
        if kind == "checkbox" and name in data:
            data[name] = [*(data[name] if isinstance(data[name], list) else [data[name]]), value]
        else:
            data[name] = value
    return data


class Site:
    """The application with its database, as the tests see it."""

    def __init__(self, app: FastAPI, url: str) -> None:
        self.app, self.url = app, url
        self.unit: Unit = app.state.unit

    def visitor(self) -> Browser:
        headers = {"sec-fetch-site": "same-origin", "accept": "text/html"}
        return Browser(self.app, base_url=settings().base_url, headers=headers, follow_redirects=False)

    def person(self, name: str = "Lina", *roles: str, scope: tuple[str, str] = ("site", ""), assurance: int = 2) -> Browser:
        """A browser signed in as a new person with these roles."""
        secret = token()
        user = User(name=name, is_staff=bool(roles))

        def create(db: Session) -> None:
            db.add(user)
            db.flush()
            db.add(Identity(user_id=user.id, issuer="username", subject=f"{name.lower()}-{new_id().hex[:8]}"))
            expires = now() + timedelta(days=30)
            db.add(UserSession(token_hash=hash_of(secret), user_id=user.id, assurance=assurance, expires_at=expires))
            for role in roles:
                db.add(RoleGrant(user_id=user.id, role=role, scope_kind=scope[0], scope_id=scope[1]))

        self.unit.write_now(create)
        browser = self.visitor()
        browser.cookies.set(settings().session_cookie, secret)
        browser.user_id = user.id
        return browser

    def publish(self, folder: Path = SEEDS, course: str = "") -> dict[str, str]:
        """Publishes a content folder (the small course Seeds when none is named). Course -> outcome."""
        return publish_folder(self.unit, folder, course=course, say=lambda _line: None)

    def settle(self) -> None:
        """Writes at once what the site would write within a second."""
        openings.flush(self.unit)

    def read(self, work: Callable[[Session], T]) -> T:
        return self.unit.read_now(work)

    def write(self, work: Callable[[Session], T]) -> T:
        return self.unit.write_now(work)
