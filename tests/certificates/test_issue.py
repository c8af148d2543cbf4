"""A learner who finished issues the certificate once, under the name they say; anyone can check it."""

import re
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from sqlmodel import func, select

from app.certificates.models import Certificate
from app.learning.events import CourseCompleted
from tests.factories.certificates import COURSE, finished
from tests.support.site import Browser, Site

CLAIM = f"/es/courses/{COURSE}/certificate"


def issue(person: Browser, name: str = "Teresa Sánchez Núñez") -> str:
    response = person.fill(CLAIM, name=name)
    assert response.status_code == 303, response.text
    return str(response.headers["location"])


def test_the_name_is_asked_and_the_certificate_can_be_checked_by_a_stranger(site: Site) -> None:
    lina = site.person("Lina")
    finished(site, lina)
    where = issue(lina)
    assert re.fullmatch(r"/certificates/TQ(-[0-9A-HJKMNP-TV-Z]{4}){3}", where)

    stranger = site.visitor()
    page = stranger.get(where, headers={"accept-language": "es"})
    assert page.status_code == 200
    assert "Válido" in page.text
    assert "Teresa Sánchez Núñez" in page.text
    assert "Lina" not in page.text
    assert "Valid" in stranger.get(where + "?language=en").text


def test_the_record_is_there_for_machines(site: Site) -> None:
    lina = site.person("Lina")
    finished(site, lina)
    answer = site.visitor().get(issue(lina), headers={"accept": "application/json"}).json()
    assert answer["status"] == "valid"
    assert answer["record"]["holder"] == {"name": "Teresa Sánchez Núñez"}
    assert answer["record"]["key_id"] == answer["key_id"]
    assert answer["record"]["assessed"] == "knowledge"


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_paper_stays_as_it_was_issued(site: Site, paper: str) -> None:
    lina = site.person("Lina")
    finished(site, lina)
    where = issue(lina)
    first, second = (site.visitor().get(f"{where}.pdf", params={"paper": paper}) for _ in range(2))
    assert first.headers["content-type"] == "application/pdf"
    assert first.content == second.content
    assert first.content.startswith(b"%PDF-")


def test_asking_again_leads_to_the_one_certificate(site: Site) -> None:
    lina = site.person("Lina")
    finished(site, lina)
    where = issue(lina)
    assert lina.get(CLAIM).headers["location"] == where
    assert lina.post(CLAIM, data={"name": "Another Name"}).headers["location"] == where


def test_ten_posts_at_once_issue_one(site: Site) -> None:
    lina = site.person("Lina")
    finished(site, lina)

    def post(_: int) -> str:
        browser = site.visitor()
        browser.cookies = lina.cookies
        return str(browser.post(CLAIM, data={"name": "Teresa Sánchez", "key": str(uuid4())}).headers["location"])

    with ThreadPoolExecutor(5) as pool:
        places = set(pool.map(post, range(10)))
    assert len(places) == 1
    assert site.read(lambda db: db.exec(select(func.count()).select_from(Certificate)).one()) == 1


@pytest.mark.parametrize("name", ["", " ", "a", "12345", "x" * 121])
def test_a_name_that_cannot_be_one_comes_back_filled(site: Site, name: str) -> None:
    lina = site.person("Lina")
    finished(site, lina)
    response = lina.post(CLAIM, data={"name": name})
    assert response.status_code == 422
    assert 'aria-invalid="true"' in response.text


@pytest.mark.parametrize("name", ["محمد عبد الله", "王小明", "Ñandú 🌵 O'Brien-López", "  Ana \u0000  María  "])
def test_names_of_all_kinds(site: Site, name: str) -> None:
    lina = site.person("Lina")
    finished(site, lina)
    where = issue(lina, name)
    assert site.visitor().get(where).status_code == 200
    assert site.visitor().get(f"{where}.pdf").status_code == 200


def test_nobody_claims_before_finishing_or_for_another(site: Site) -> None:
    lina, other = site.person("Lina"), site.person("Theo")
    finished(site, lina)
    assert other.get(CLAIM).status_code == 404
    assert other.post(CLAIM, data={"name": "Theo Theodor"}).status_code == 404
    assert site.visitor().get(CLAIM).status_code == 303
    assert site.visitor().post(CLAIM, data={"name": "Theo Theodor"}).status_code == 401


def test_the_page_of_the_learner_shows_what_waits_and_then_the_certificate(site: Site) -> None:
    lina = site.person("Lina")
    finished(site, lina)
    assert CLAIM in lina.read("/es/me")
    where = issue(lina)
    page = lina.read("/es/me")
    assert where in page
    assert CLAIM not in page


def test_completing_twice_claims_once(site: Site) -> None:
    from app.certificates.actions import on_course_completed

    lina = site.person("Lina")
    enrollment = finished(site, lina)
    site.write(lambda db: on_course_completed(db, CourseCompleted(enrollment.id)))
    issue(lina)


@pytest.mark.parametrize("serial", ["TQ-0000-0000-0000", "x", "%00", "..%2f..", "TQ-7K4M", "é" * 50])
def test_an_unknown_serial_is_404_in_words(site: Site, serial: str) -> None:
    response = site.visitor().get(f"/certificates/{serial}", headers={"accept-language": "es"})
    assert response.status_code == 404
    machine = site.visitor().get(f"/certificates/{serial}", headers={"accept": "application/json"})
    assert machine.status_code == 404


def test_a_serial_typed_by_hand_finds_its_page(site: Site) -> None:
    lina = site.person("Lina")
    finished(site, lina)
    where = issue(lina)
    typed = where.removeprefix("/certificates/").replace("-", " ").lower()
    assert site.visitor().get("/certificates", params={"serial": typed}).headers["location"] == where
    wrong = site.visitor().get("/certificates", params={"serial": "TQ-12"})
    assert wrong.status_code == 422
    assert 'value="TQ-12"' in wrong.text


def test_a_record_that_was_tampered_with_is_not_valid(site: Site) -> None:
    lina = site.person("Lina")
    finished(site, lina)
    where = issue(lina)

    def tamper(db: object) -> None:
        certificate = db.exec(select(Certificate)).one()  # type: ignore[attr-defined]
        certificate.record = certificate.record.replace("Teresa", "Teresita")

    site.write(tamper)
    assert "Anulado" in site.visitor().get(where, headers={"accept-language": "es"}).text


def test_the_check_is_small(site: Site) -> None:
    lina = site.person("Lina")
    finished(site, lina)
    where = issue(lina)
    visitor = site.visitor()
    page = visitor.get(where, headers={"accept-encoding": "gzip"})
    style = re.search(r'/static/css/certificate[^"]*', page.text)
    assert style
    sizes = []
    for path in (where, style.group()):
        with visitor.stream("GET", path, headers={"accept-encoding": "gzip"}) as response:
            headers = sum(len(name) + len(value) + 4 for name, value in response.headers.items())
            sizes.append(headers + sum(len(part) for part in response.iter_raw()))
    assert sum(sizes) < 6000, sizes
