"""What pages weigh on the wire, headers included, over a real server. BUDGETS is the one table: add your page types here."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlmodel import Session

from app.accounts.models import User, UserSession
from app.accounts.queries import hash_of
from app.catalog.commands import publish_folder
from app.catalog.courses import compiled, head_edition_id
from app.catalog.weights import first_view, page_weight, text_weight, unit_weight, whole_course
from app.content.tree import Course
from app.kernel.clock import now
from app.kernel.database import Unit
from app.kernel.ids import token
from app.learning.actions import enroll
from tests.support import databases
from tests.support.servers import ROOT, serving
from tests.support.wire import ENCODINGS, Weight, weigh

FIRST, NEXT = 14_600, 6_000  # bytes: a learner's page seen first, and after another one without its pictures
COURSE = "/{lang}/courses/finance"
LESSON = f"{COURSE}/costs-and-break-even/break-even"

# name -> (path, who, bytes of a first view, bytes of a next page without pictures)
BUDGETS: dict[str, tuple[str, str, int, int]] = {
    "home": ("/{lang}", "visitor", FIRST, NEXT),
    "catalogue": ("/{lang}/courses", "visitor", FIRST, NEXT),
    "search": ("/{lang}/courses?q=precio", "visitor", FIRST, NEXT),
    "course": (COURSE, "visitor", FIRST, NEXT),
    "course, enrolled": (COURSE, "learner", FIRST, NEXT),
    "lesson": (LESSON, "visitor", FIRST, NEXT),
    "lesson, enrolled": (LESSON, "learner", FIRST, NEXT),
    "my page": ("/{lang}/me", "learner", FIRST, NEXT),
    "report a mistake": (f"{LESSON}/mistakes", "learner", FIRST, NEXT),
    "course to print": (f"{COURSE}/print", "visitor", 120_000, 90_000),  # every lesson with its pictures
}


@dataclass(frozen=True)
class Served:
    address: str
    cookie: str
    course: Course

    def weigh(self, path: str, who: str, encoding: str) -> Weight:
        return weigh(self.address, path, encoding, self.cookie if who == "learner" else "")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The real courses on a real server, with a learner who has just begun finance."""
    folder = tmp_path_factory.mktemp("weights")
    url = databases.fresh_sqlite(folder)
    unit = Unit(url)
    publish_folder(unit, ROOT / "content", say=lambda _line: None)
    secret, person = token(), User(name="Teresa")

    def prepare(db: Session) -> Course:
        edition = head_edition_id(db, "finance")
        assert edition
        db.add(person)
        db.flush()
        db.add(UserSession(token_hash=hash_of(secret), user_id=person.id, expires_at=now().replace(year=now().year + 1)))
        enroll(db, person.id, "finance", edition)
        return compiled(db, edition)

    course = unit.write_now(prepare)
    unit.close()
    settings = {"TEQUIO_DATABASE_URL": url, "TEQUIO_STORAGE_URL": f"file:{folder}/files", "TEQUIO_MAIL_URL": f"folder:{folder}/mail"}
    with serving("app.main:create_app", settings) as address:
        yield Served(address, f"tequio={secret}", course)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", BUDGETS)
def test_no_page_is_over_its_budget(served: Served, name: str, encoding: str) -> None:
    path, who, first, following = BUDGETS[name]
    for lang in ("es", "en"):
        weight = served.weigh(path.format(lang=lang), who, encoding)
        assert weight.first_view <= first, (lang, weight)
        assert weight.page <= following, (lang, weight)


def test_no_lesson_is_over_the_budget(served: Served) -> None:
    heavy = []
    for unit in served.course.units:
        if unit.kind == "lesson":
            for lang in ("es", "en"):
                weight = served.weigh(f"/{lang}/courses/finance/{unit.module}/{unit.slug}", "learner", "zstd")
                if weight.first_view > FIRST or weight.page > NEXT:
                    heavy.append((lang, unit.slug, weight))
    assert heavy == []


def test_what_the_catalogue_says_of_a_lesson_is_what_it_weighs(served: Served) -> None:
    for unit in served.course.units:
        if unit.kind == "lesson":
            for lang in ("es", "en"):
                weight = served.weigh(f"/{lang}/courses/finance/{unit.module}/{unit.slug}", "visitor", "br")
                assert unit_weight(unit, lang) == pytest.approx(weight.page + weight.pictures, rel=0.15), (lang, unit.slug)
                assert first_view(page_weight("lesson", text_weight(unit, lang))) == pytest.approx(weight.first_view, rel=0.15)


def test_what_the_catalogue_says_of_a_course_is_what_it_weighs(served: Served) -> None:
    """Every lesson once, the course page, and the stylesheet once."""
    lessons = [unit for unit in served.course.units if unit.kind == "lesson"]
    weights = [served.weigh(f"/es/courses/finance/{unit.module}/{unit.slug}", "visitor", "br") for unit in lessons]
    page = served.weigh("/es/courses/finance", "visitor", "br")
    real = sum(weight.page + weight.pictures for weight in weights) + page.first_view
    said = whole_course(sum(text_weight(unit, "es") for unit in lessons), len(lessons), with_htmx=False)
    assert said == pytest.approx(real, rel=0.15)


def test_the_size_of_htmx_is_that_of_the_copy_in_static() -> None:
    import brotli

    from app.catalog.weights import HTMX

    copies = sorted((ROOT / "static" / "vendor").glob("htmx*.js")) if (ROOT / "static" / "vendor").exists() else []
    sizes = [len(brotli.compress(Path(copy).read_bytes(), quality=11)) for copy in copies]
    assert sizes, "static/vendor holds a copy of htmx for places where no CDN is reached"
    assert pytest.approx(max(sizes) + 450, rel=0.15) == HTMX
