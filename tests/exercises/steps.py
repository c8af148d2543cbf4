"""What learners and mentors do with an exercise, as the tests say it."""

from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from selectolax.lexbor import LexborHTMLParser as HTMLParser
from sqlmodel import col, select

from app.catalog.commands import publish_folder
from app.exercises.models import Review, Submission, SubmissionVersion
from app.learning.models import Result
from tests.support.site import Browser, Site, values_of

COURSES = Path(__file__).parents[1] / "fixtures" / "work"
UNIT = "/es/courses/baskets/shop/price-sheet"
FORM = f"{UNIT}/draft"
COMPLETE = {
    "a.thing": "Cesta de palma",
    "a.price": "$1,250.50",
    "a.day": "2026-12-01",
    "a.place": "market",
    "a.why": "Sumé la palma, mis horas y lo que cobran las vecinas.",
}
FULL_MARKS = {"s.costs": "4", "s.reason": "3", "words": "Tu hoja está completa."}
HTMX = {"hx-request": "true", "hx-request-type": "partial"}


def publish(site: Site) -> None:
    """Publishes the course Baskets, one exercise with a field of every kind."""
    publish_folder(site.unit, COURSES, course="", say=lambda _line: None)


def text(page: HTMLParser, selector: str = "main") -> str:
    """The words of the first element of a page that fits; fails where there is none."""
    found = page.css_first(selector)
    assert found is not None, selector
    return found.text()


def form_of(page: HTMLParser) -> dict[str, str]:
    """What a browser would send for the learner's form as it stands."""
    found = page.css_first("form[data-saving]")
    assert found is not None
    return values_of(found)


def learner(site: Site, name: str = "Lina") -> Browser:
    """Somebody who takes the course."""
    publish(site)
    browser = site.person(name)
    assert browser.post("/es/courses/baskets/enrollment").status_code == 303
    return browser


def mentor(site: Site, name: str = "Mateo", scope: tuple[str, str] = ("course", "baskets")) -> Browser:
    return site.person(name, "mentor", scope=scope)


def hand_in(browser: Browser, **fields: str) -> str:
    """Fills the form and hands it in; returns the address of the submission."""
    answer = send(browser, "submission", **(COMPLETE | fields))
    assert answer.status_code == 303, answer.text[:3000]
    return str(answer.headers["location"])


def send(browser: Browser, what: str, **fields: str) -> Any:
    """Opens the page, fills the form and presses "save" (draft) or "hand in" (submission)."""
    form = next(form for form in browser.page(FORM).css("form[method=post]") if "/draft" in (form.attributes.get("action") or ""))
    return browser.post(f"{UNIT}/{what}", data=values_of(form) | fields)


def change(browser: Browser, field: str, text: str, *, base: int = 0, page: str = "") -> Any:
    """What htmx sends when a field was changed."""
    data = {"only": field, f"a.{field}": text, f"r.{field}": str(base), "page": page or str(uuid4()), "key": ""}
    return browser.post(f"{UNIT}/draft", data=data, headers=HTMX)


def id_of(address: str) -> UUID:
    return UUID(address.rsplit("/", 1)[1])


def review(mentor: Browser, address: str, verdict: str = "accept", **fields: str) -> Any:
    """Opens the work at the desk, marks it and decides."""
    path = f"/es/mentor/submissions/{id_of(address)}"
    return mentor.fill(path, _form="/review", verdict=verdict, **(FULL_MARKS | fields))


def submission(site: Site) -> Submission:
    return site.read(lambda db: db.exec(select(Submission)).one())


def versions(site: Site) -> list[SubmissionVersion]:
    return site.read(lambda db: list(db.exec(select(SubmissionVersion).order_by(col(SubmissionVersion.number)))))


def reviews(site: Site) -> list[Review]:
    return site.read(lambda db: list(db.exec(select(Review).order_by(col(Review.created_at)))))


def results(site: Site) -> list[Result]:
    return site.read(lambda db: list(db.exec(select(Result))))
