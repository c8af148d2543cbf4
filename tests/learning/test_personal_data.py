"""What learning gives to a person, and what it keeps when they go."""

from sqlmodel import Session, select

from app.accounts.personal_data import Erasure
from app.learning.models import Enrollment, MistakeReport, UnitProgress
from app.learning.personal_data import erase_learning as erase
from app.learning.personal_data import export_learning as export
from tests.support.site import Site

FIRST = "/es/courses/seeds/soil/first-seed"


def test_lina_gets_what_is_hers_and_nothing_else(site: Site) -> None:
    site.publish()
    lina, theo = site.person("Lina"), site.person("Theo")
    for person in (lina, theo):
        person.post("/es/courses/seeds/enrollment")
        person.post(f"{FIRST}/done")
    lina.post(f"{FIRST}/mistakes", data={"text": "El surco no suma"})
    given = site.read(lambda db: export(db, lina.user_id))
    assert [course["course_slug"] for course in given["enrollments"]] == ["seeds"]
    assert [unit["unit_id"] for unit in given["progress"]] == ["seeds-first-seed"]
    assert [report["text"] for report in given["reported_mistakes"]] == ["El surco no suma"]
    assert site.read(lambda db: export(db, theo.user_id))["reported_mistakes"] == []


def test_erasing_takes_the_person_out_and_leaves_the_report(site: Site) -> None:
    site.publish()
    lina = site.person("Lina")
    lina.post("/es/courses/seeds/enrollment")
    lina.post(f"{FIRST}/done")
    lina.post(f"{FIRST}/mistakes", data={"text": "El surco no suma"})

    def go(db: Session) -> None:
        erase(db, lina.user_id, Erasure(keep_certificates=True))

    site.write(go)
    assert site.read(lambda db: list(db.exec(select(Enrollment)))) == []
    assert site.read(lambda db: list(db.exec(select(UnitProgress)))) == []
    report = site.read(lambda db: db.exec(select(MistakeReport)).one())
    assert (report.user_id, report.text) == (None, "El surco no suma")


def test_an_opening_noted_for_somebody_who_left_harms_nobody(site: Site) -> None:
    site.publish()
    lina, theo = site.person("Lina"), site.person("Theo")
    for person in (lina, theo):
        person.post("/es/courses/seeds/enrollment")
    lina.get(FIRST)
    theo.get(FIRST)
    site.write(lambda db: erase(db, lina.user_id, Erasure(keep_certificates=False)))
    site.settle()
    assert len(site.read(lambda db: list(db.exec(select(UnitProgress))))) <= 1
    assert site.read(lambda db: export(db, theo.user_id))["progress"] != []
