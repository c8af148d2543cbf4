"""Pages cost the same however many learners there are: as many statements, and none that reads a growing table whole."""

from app.accounts.models import User
from app.catalog.commands import publish_folder
from app.kernel.database import is_sqlite
from app.kernel.ids import new_id
from app.kernel.settings import settings
from tests.support.crowd import Walker, multiply, walk
from tests.support.plans import SPARSE, Statement, full_scans, statements, steps
from tests.support.servers import ROOT
from tests.support.site import Browser, Site

FEW, MANY = 3, 300
PAGES = ["/es", "/es/courses", "/es/courses?q=ahorro", "/es/courses/finance", "/es/me"]
UNITS = ["two-boxes/two-boxes", "start/before-you-begin", "two-boxes/questions", "two-boxes/fourteen-days"]


def test_many_learners_cost_no_more_statements_and_no_full_scan(site: Site) -> None:
    outcomes = publish_folder(site.unit, ROOT / "content", course="finance", say=lambda _line: None)
    assert outcomes == {"finance": "first"}
    walker = walk(site, ["finance"], "finance/start/before-you-begin", "finance/two-boxes/questions")
    multiply(site.url, walker, FEW)
    few = {name: run(site, walker, name, FEW) for name in names(walker)}
    before = {name: steps(site.url, ran) for name, ran in few.items()} if is_sqlite(site.url) else {}
    multiply(site.url, walker, MANY, first=FEW + 1)
    many = {name: run(site, walker, name, MANY) for name in names(walker)}
    assert {name: len(ran) for name, ran in many.items()} == {name: len(ran) for name, ran in few.items()}
    slower = {name: (was, new) for name, was in before.items() if (new := steps(site.url, many[name])) > 1.5 * was + 100}
    assert slower == {}, "pages that take more steps the more learners there are"
    assert all(many[name] for name in names(walker) if name != "/es")
    assert full_scans(site.url, [one for ran in many.values() for one in ran], small=True) == []


def names(_walker: Walker) -> list[str]:
    return [*PAGES, *(f"/es/courses/finance/{unit}" for unit in UNITS), "attempt", "review", "save"]


def run(site: Site, walker: Walker, name: str, number: int) -> list[Statement]:
    """What a page asks of the database when the copy `number` opens it."""
    browser = signed_in(site, walker, number)
    attempt = f"/es/attempts/{walker.attempt(number, site.url)}"
    question, choices = next(iter(walker.choices.items()))
    with statements() as ran:
        if name == "save":
            fields = {"page": walker.page, "only": question, f"r.{question}": "0", f"a.{question}": choices[1]}
            answer = browser.post(f"{attempt}/answers", data=fields, headers={"hx-request": "true"})
        else:
            answer = browser.get({"attempt": attempt, "review": f"{attempt}?view=review"}.get(name, name))
    assert answer.status_code == 200, f"{name}: {answer.status_code}"
    return ran


def signed_in(site: Site, walker: Walker, number: int) -> Browser:
    browser = site.visitor()
    browser.cookies.set(settings().session_cookie, walker.secret(number))
    return browser


def test_a_full_scan_is_seen(site: Site) -> None:
    """The reader of plans notices a statement that no index serves, and lets one pass that asks for a key."""
    site.write(lambda db: db.add_all(User(name=f"Lina {number}") for number in range(2 * SPARSE)))
    by_name = Statement("SELECT name FROM users WHERE name = 'Lina' AND region = 'es-MX'", ())
    by_key = Statement(f"SELECT name FROM users WHERE id = '{new_id().hex}'", ())
    assert full_scans(site.url, [by_name, by_key], small=True) == [f"users: {by_name.sql}"]
