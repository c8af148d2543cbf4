"""What people do in a quiz, by plain forms."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from selectolax.lexbor import LexborHTMLParser as HTMLParser

from tests.support.site import Browser, values_of

RIGHT: dict[str, Any] = {
    "a.q-number": "1250",
    "a.q-single": "a",
    "a.q-multiple": ["a", "b"],
    "a.q-true": "a",
    "a.q-matching.a": "x",
    "a.q-matching.b": "y",
    "a.q-ordering.a": "1",
    "a.q-ordering.b": "2",
    "a.q-ordering.c": "3",
    "a.q-word": "Contribucion",
    "a.q-gaps.a": "variable",
    "a.q-gaps.b": "contribución",
    "a.q-open": "Hablaría con quien prestó.",
}


def text_of(page: HTMLParser, selector: str = "main") -> str:
    """The words of a part of a page, spaces joined; fails where there is none."""
    found = page.css_first(selector)
    assert found is not None, selector
    return " ".join(found.text(separator=" ").split())


def form_of(browser: Browser, address: str) -> dict[str, Any]:
    """The fields of the page's form of answers, as they stand."""
    form = browser.page(address).css_first("form[action$='/answers']")
    assert form is not None, address
    return values_of(form)


def save(browser: Browser, attempt: str, fields: dict[str, Any], status: int = 303) -> Any:
    """Sends a form of answers."""
    answer = browser.post(f"{attempt}/answers", data=fields)
    assert answer.status_code == status, answer.text[:1500]
    return answer


def answer_one(browser: Browser, attempt: str, number: int, fields: dict[str, Any], status: int = 303) -> Any:
    """Opens one question, fills it and saves."""
    return save(browser, attempt, form_of(browser, f"{attempt}?question={number}") | fields | {"go": "next"}, status)


def answer_all(browser: Browser, attempt: str, changed: Mapping[str, Any] | None = None) -> None:
    """Fills the page with all questions and saves it."""
    save(browser, attempt, form_of(browser, f"{attempt}?view=all") | RIGHT | dict(changed or {}) | {"go": "review"})


def hand_in(browser: Browser, attempt: str) -> HTMLParser:
    """Hands in from the page that names what is missing, and opens the result."""
    answer = browser.fill(f"{attempt}?view=review", "submission")
    assert answer.status_code == 303, answer.text[:1500]
    return browser.page(attempt)


def id_of(attempt: str) -> UUID:
    return UUID(attempt.rsplit("/", 1)[-1])
