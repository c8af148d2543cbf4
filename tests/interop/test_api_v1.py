"""The public interface for programs, as another program meets it."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given
from hypothesis import settings as example_settings
from schemathesis import Case
from sqlmodel import Session, select

from app.certificates.actions import revoke
from app.certificates.models import Certificate
from app.interop.api_v1.allowance import Allowance, allowance, network_of
from app.interop.api_v1.routes import described
from tests.certificates.test_issue import issue
from tests.factories.certificates import finished
from tests.factories.courses import publish_finance
from tests.support.site import Browser, Site


@pytest.fixture(autouse=True)
def fresh_allowance() -> Iterator[None]:
    allowance.taken.clear()
    described.cache_clear()
    yield
    allowance.taken.clear()


@pytest.fixture
def program(site: Site) -> Browser:
    """Another site's program, over a site with one course."""
    publish_finance(site)
    return Browser(site.app, headers={"origin": "https://example.org", "sec-fetch-site": "cross-site"}, follow_redirects=False)


def test_it_lists_what_is_published(program: Browser) -> None:
    response = program.get("/api/v1/courses")
    assert response.status_code == 200
    (card,) = response.json()["courses"]
    assert (card["slug"], card["edition"], set(card["texts"])) == ("finance", 1, {"es", "en"})
    assert card["texts"]["es"]["title"] == "Finanzas"
    assert card["texts"]["es"]["page"].endswith("/es/courses/finance")
    assert card["texts"]["en"]["bytes"] > 50_000
    assert card["minutes"] > 60


def test_an_empty_site_lists_nothing(site: Site) -> None:
    assert site.visitor().get("/api/v1/courses").json() == {"courses": []}


def test_a_course_comes_with_its_outline(program: Browser) -> None:
    course = program.get("/api/v1/courses/finance").json()
    units = [unit for module in course["modules"] for unit in module["units"]]
    assert {unit["kind"] for unit in units} == {"lesson", "quiz", "exercise"}
    assert sum(unit["kind"] == "lesson" for unit in units) == course["lessons"]
    assert all(set(unit["texts"]) == {"es", "en"} for unit in units)
    assert all(unit["texts"]["es"]["bytes"] > 2_000 and unit["minutes"] > 0 for unit in units)
    assert sum(unit["minutes"] for unit in units) == sum(module["minutes"] for module in course["modules"])
    assert course["completion"] == {"lessons": "opened", "quizzes": "passed", "exercises": "required"}
    assert course["texts"]["es"]["outcomes"]
    assert course["texts"]["en"]["authors"]
    assert "/en/courses/finance/" in units[0]["texts"]["en"]["page"]


def test_other_sites_may_read_it_and_caches_may_keep_it_a_minute(program: Browser) -> None:
    for path in ("/api/v1/courses", "/api/v1/courses/finance"):
        first = program.get(path)
        assert first.headers["cache-control"] == "public, max-age=60"
        assert first.headers["access-control-allow-origin"] == "*"
        assert first.headers["cross-origin-resource-policy"] == "cross-origin"
        assert "set-cookie" not in first.headers
        again = program.get(path, headers={"if-none-match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", ["courses/nothing", "courses/%00", "courses/..%2f..%2fetc", "courses/" + "a" * 5000, "nothing"])
def test_what_is_not_there_is_a_404_in_json(program: Browser, path: str) -> None:
    response = program.get(f"/api/v1/{path}", headers={"accept-language": "en"})
    assert response.status_code == 404
    assert response.json() == {"status": 404, "detail": "We cannot find this page"}
    assert response.headers["access-control-allow-origin"] == "*"


def test_a_certificate_is_valid_revoked_or_unknown(site: Site) -> None:
    lina, program = site.person("Lina"), Browser(site.app)
    finished(site, lina)
    serial = issue(lina).rsplit("/", 1)[1]
    valid = program.get(f"/api/v1/certificates/{serial.lower().replace('-', ' ')}")
    assert valid.status_code == 200
    assert (valid.headers["cache-control"], valid.headers["access-control-allow-origin"]) == ("no-store", "*")
    answer = valid.json()
    assert (answer["serial"], answer["status"], answer["revoked_on"]) == (serial, "valid", None)
    assert set(answer["record"]) == set(program.get(f"/certificates/{serial}", headers={"accept": "application/json"}).json()["record"])

    def revoke_it(db: Session) -> None:
        revoke(db, db.exec(select(Certificate)).one(), "mistake", None)

    site.write(revoke_it)
    revoked = program.get(f"/api/v1/certificates/{serial}").json()
    assert (revoked["status"], revoked["reason"]) == ("revoked", "it was issued by mistake")
    assert revoked["revoked_on"]
    for unknown in ("TQ-0000-0000-0000", "x", "' OR 1=1 --"):
        response = program.get(f"/api/v1/certificates/{unknown}", headers={"accept-language": "es"})
        assert response.status_code == 404
        assert response.json() == {"status": 404, "detail": "No hay ningún certificado con este número."}


def test_it_only_reads(program: Browser) -> None:
    for method in ("PUT", "DELETE", "PATCH"):
        response = program.request(method, "/api/v1/courses")
        assert response.status_code in (403, 405)
        assert response.json()["status"] == response.status_code


def test_one_address_may_not_ask_without_end(program: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(allowance, "capacity", 3)
    assert [program.get("/api/v1/courses").status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = program.get("/api/v1/courses")
    assert 1 <= int(refused.headers["retry-after"]) <= 20
    assert refused.json()["status"] == 429


def test_an_allowance_comes_back_with_time() -> None:
    bucket = Allowance(capacity=2, per_seconds=10)
    assert [bucket.take("a", 0.0), bucket.take("a", 0.0)] == [0.0, 0.0]
    assert bucket.take("a", 0.0) == pytest.approx(5.0)
    assert bucket.take("b", 0.0) == 0.0
    assert bucket.take("a", 5.01) == 0.0
    assert bucket.take("a", 5.02) > 4


def test_a_household_is_one_address() -> None:
    assert network_of("2001:db8:1:2::1") == network_of("2001:db8:1:2:ffff::9") != network_of("2001:db8:1:3::1")
    assert network_of("203.0.113.7") != network_of("203.0.113.8")


def test_the_description_covers_every_route_and_nothing_else(program: Browser) -> None:
    description = program.get("/api/v1/openapi.json").json()
    assert set(description["paths"]) == {"/api/v1/courses", "/api/v1/courses/{course}", "/api/v1/certificates/{serial}"}
    for operations in description["paths"].values():
        assert set(operations) == {"get"}
        assert set(operations["get"]["responses"]) == {"200", "404", "429", "default"}


def test_every_answer_is_as_described(program: Browser, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(allowance, "capacity", 1_000_000)
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", site.app)
    tried: list[Any] = []
    for found in schema.get_all_operations():
        operation = found.ok()  # type: ignore[union-attr]

        @example_settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def holds(case: Case[Any]) -> None:
            tried.append(case.call_and_validate().status_code)

        holds()
    assert {200, 404} <= set(tried)
