"""The addresses of the application, taken from its routers, and how to ask them without leaving a trace."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from fastapi.routing import APIRoute
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from sqlmodel import Session

from app.kernel.database import Unit
from app.main import ROUTERS
from tests.contracts.world import World
from tests.support.site import Browser

Line = tuple[str, str]


def routes() -> dict[Line, str]:
    """(method, path) -> name, of every route; paths without their convertors."""
    found: dict[Line, str] = {}
    for router in ROUTERS:
        for route in router.routes:
            assert isinstance(route, APIRoute), route
            for method in sorted(route.methods or ()):
                assert (method, plain(route.path)) not in found, f"two routes answer {method} {route.path}"
                found[method, plain(route.path)] = route.name
    return found


def plain(path: str) -> str:
    return re.sub(r"\{(\w+):\w+\}", r"{\1}", path)


def filled(path: str, world: World, name: str, forged: dict[str, str] | None = None) -> str:
    """The path with the ids of the world in it, `forged` ones instead of some."""
    ids = dict(world.ids)
    if name.startswith("exercises"):
        ids["unit"] = "sheet"
    elif name.startswith("quizzes"):
        ids["unit"] = "questions"
    if "question_id" in path:
        ids["attempt_id"] = ids["open_attempt_id"]
    if "/mentor/submissions" in path:
        ids["submission_id"] = ids["waiting_id"]
    if "grant_id" in path or "second-factor/removal" in path:
        ids["user_id"] = ids["author_id"]
    if "/invitations/{token}" in path:
        ids["token"] = ids["invitation_token"]
    return re.sub(r"\{(\w+)\}", lambda found: (ids | (forged or {}))[found.group(1)], path)


@contextmanager
def taken_back(unit: Unit) -> Iterator[None]:
    """Whatever is written in here is answered as if it were kept, and is not."""
    keep = unit._run

    def run_and_take_back(engine: Any, work: Any, until: float) -> Any:
        def work_and_take_back(db: Session) -> Any:
            result = work(db)
            db.flush()
            db.rollback()
            return result

        return keep(engine, work_and_take_back, until)

    unit._run = run_and_take_back  # type: ignore[method-assign]
    try:
        yield
    finally:
        unit._run = keep  # type: ignore[method-assign]


def ask(browser: Browser, method: str, path: str, **options: Any) -> Any:
    """Asks, and gives the browser its cookies back as they were."""
    cookies = list(browser.cookies.jar)
    answer = browser.request(method, path, **options)
    browser.cookies.clear()
    for cookie in cookies:
        browser.cookies.jar.set_cookie(cookie)
    return answer


def meaning(answer: Any) -> str:
    """What the table calls an answer: a status, "in" (sign in first), "2f" (confirm with the second factor first)."""
    status, there = answer.status_code, answer.headers.get("location", "")
    if status == 303 and "/sign-in/second-factor?" in there:
        return "2f"
    if status == 303 and "/sign-in?" in there:
        return "in"
    if status == 401:
        actions = [form.attributes.get("action") or "" for form in HTMLParser(answer.text).css("form[method=post]")]
        return "2f" if any(action.endswith("/sign-in/second-factor") for action in actions) else "in"
    return str(status)
