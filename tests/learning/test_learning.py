"""Enroll, read, go on, leave, come back, complete."""

from uuid import uuid4

from sqlmodel import Session, select

from app.kernel import events
from app.learning.actions import record_result
from app.learning.events import CourseCompleted
from app.learning.models import Enrollment, UnitProgress
from tests.support.queries import full_scans, recorded
from tests.support.site import Browser, Site, the

FIRST = "/es/courses/seeds/soil/first-seed"
LAST = "/es/courses/seeds/harvest/talking-price"


def enrollment(site: Site, browser: Browser) -> Enrollment:
    return site.read(lambda db: db.exec(select(Enrollment).where(Enrollment.user_id == browser.user_id)).one())


def opened(site: Site) -> set[str]:
    return site.read(lambda db: set(db.exec(select(UnitProgress.unit_id)).all()))


def test_a_visitor_who_starts_a_course_signs_up_first(site: Site) -> None:
    site.publish()
    answer = site.visitor().fill("/es/courses/seeds", _form="/enrollment")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/es/sign-up?next=/es/courses/seeds%23start"


def test_lina_enrolls_in_one_tap_and_reads(site: Site) -> None:
    site.publish()
    lina = site.person("Lina")
    answer = lina.fill("/es/courses/seeds", _form="/enrollment")
    assert answer.headers["location"] == "/es/courses/seeds/continue"
    assert lina.get("/es/courses/seeds/continue").headers["location"] == FIRST
    page = lina.get(FIRST)
    assert page.headers["cache-control"] == "private, no-store"
    site.settle()
    assert opened(site) == {"seeds-first-seed"}
    assert "✓" in the(lina.page("/es/courses/seeds"), ".toc li").text()


def test_enrolling_many_times_is_enrolling_once(site: Site) -> None:
    site.publish()
    lina = site.person("Lina")
    assert [lina.post("/es/courses/seeds/enrollment").status_code for _ in range(5)] == [303] * 5
    enrollment(site, lina)


def test_done_leads_to_the_next_unit_and_says_so_before(site: Site) -> None:
    site.publish()
    lina = site.person("Lina")
    lina.post("/es/courses/seeds/enrollment")
    page = lina.page(FIRST)
    assert "Preguntas: la tierra" in the(page, ".end .btn").text()
    answer = lina.fill(FIRST, _form="/done")
    assert answer.headers["location"] == "/es/courses/seeds/soil/questions"
    assert opened(site) == {"seeds-first-seed"}
    assert enrollment(site, lina).last_unit_id == "seeds-first-seed"


def test_my_page_begins_with_where_lina_left_off(site: Site) -> None:
    site.publish()
    lina = site.person("Lina")
    assert "Elige un curso" in the(lina.page("/es/me"), ".btn").text()
    lina.post("/es/courses/seeds/enrollment")
    lina.post(f"{FIRST}/done")
    lina.get(LAST)
    site.settle()
    button = the(lina.page("/es/me"), "main .btn")
    assert "Hablar del precio" in button.text()
    assert button.attributes["href"] == LAST


def test_who_leaves_a_course_finds_everything_again(site: Site) -> None:
    site.publish()
    lina = site.person("Lina")
    lina.post("/es/courses/seeds/enrollment")
    lina.post(f"{FIRST}/done")
    assert lina.fill("/es/courses/seeds", _form="/withdrawal").status_code == 303
    assert "Elige un curso" in the(lina.page("/es/me"), ".btn").text()
    assert lina.post(f"{FIRST}/done").status_code == 303, "leads to the course page"
    lina.post("/es/courses/seeds/enrollment")
    assert "✓" in the(lina.page("/es/courses/seeds"), ".toc li").text()


def test_the_course_is_completed_once_when_every_rule_is_met(site: Site) -> None:
    site.publish()
    told: list[CourseCompleted] = []

    def listen(_db: Session, completed: CourseCompleted) -> None:
        told.append(completed)

    events.subscribe(CourseCompleted, listen)
    lina = site.person("Lina")
    lina.post("/es/courses/seeds/enrollment")
    mine = enrollment(site, lina)
    lina.post(f"{FIRST}/done")
    assert "Te falta: 1 lección, 1 cuestionario y 1 ejercicio." in the(lina.page("/es/courses/seeds"), "#start").text()

    def pass_unit(unit: str, activity: str) -> None:
        values = {"score": 1, "maximum": 1, "passed": True, "source_kind": "test", "source_id": uuid4()}
        site.write(lambda db: record_result(db, mine.id, unit, activity, **values))  # type: ignore[arg-type]

    pass_unit("seeds-questions", "quiz")
    pass_unit("seeds-sowing-plan", "exercise")
    assert not told
    lina.get(LAST)
    site.settle()
    assert told == [CourseCompleted(mine.id)]
    lina.post(f"{LAST}/done")
    pass_unit("seeds-questions", "quiz")
    assert told == [CourseCompleted(mine.id)]
    assert enrollment(site, lina).completed_at is not None
    assert "Completaste este curso" in the(lina.page("/es/courses/seeds"), "#start").text()


def test_a_failed_quiz_completes_nothing(site: Site) -> None:
    site.publish()
    lina = site.person("Lina")
    lina.post("/es/courses/seeds/enrollment")
    mine = enrollment(site, lina)
    for unit in (FIRST, LAST):
        lina.post(f"{unit}/done")
    for unit, passed in (("seeds-questions", False), ("seeds-sowing-plan", True)):
        values = {"score": 0, "maximum": 1, "passed": passed, "source_kind": "test", "source_id": uuid4()}
        site.write(lambda db, unit=unit, values=values: record_result(db, mine.id, unit, "quiz", **values))  # type: ignore[misc]
    assert enrollment(site, lina).completed_at is None


def test_old_addresses_lead_to_the_new_ones(site: Site) -> None:
    site.publish()
    visitor = site.visitor()
    assert visitor.get("/es/courses/semillas-viejas").headers["location"] == "/es/courses/seeds"
    moved = visitor.get("/es/courses/seeds/soil/vieja-semilla?x=1")
    assert (moved.status_code, moved.headers["location"]) == (308, f"{FIRST}?x=1")
    assert visitor.get("/es/courses/seeds/soil/nothing").status_code == 404
    assert visitor.get("/es/courses/nothing/soil/first-seed").status_code == 404


def test_theos_progress_is_not_linas(site: Site) -> None:
    site.publish()
    lina, theo = site.person("Lina"), site.person("Theo")
    lina.post("/es/courses/seeds/enrollment")
    lina.post(f"{FIRST}/done")
    theo.post("/es/courses/seeds/enrollment")
    assert "✓" not in the(theo.page("/es/courses/seeds"), ".toc li").text()


def test_the_pages_of_a_learner_ask_little_and_always_the_same(site: Site) -> None:
    site.publish()
    lina = site.person("Lina")
    lina.post("/es/courses/seeds/enrollment")
    lina.get(FIRST)
    site.settle()
    for path, most in ((FIRST, 4), ("/es/courses/seeds", 4), ("/es/me", 12), ("/es/courses", 5)):
        lina.get(path)
        site.settle()
        with recorded(site) as statements:
            lina.get(path)
        asked = [sql for sql, _ in statements if not ("course_heads" in sql and "JOIN" not in sql)]
        assert len(asked) <= most, asked
        assert full_scans(site, statements, small=("course_heads", "editions")) == []
