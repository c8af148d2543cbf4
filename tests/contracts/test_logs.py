"""What the logs say, and what they must never say."""

import io
import json
import logging
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import Request
from sqlalchemy import insert
from starlette.responses import Response

from app.kernel.models import RateLimit
from app.kernel.settings import settings
from app.web.routing import Db, feature_router
from tests.support.site import Site

PERSONAL = ("Xóchitl", "xochitl", "+525512345678", "xochitl@example.org", "203.0.113.77", "una frase muy larga de Xochitl")
SECRET_QUERY = "pregunta-secreta"


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What the program writes to standard error from here on."""
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    monkeypatch.setattr(logging.getLogger("httpx2"), "disabled", True)  # the browser's own notes are not the site's
    return written


@pytest.fixture
def talking_site(log: io.StringIO, database_url: str, environment: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site that logs everything, with two routes that break while they hold personal data."""
    from app.main import create_app

    environment.setenv("TEQUIO_LOG_LEVEL", "DEBUG")
    environment.setenv("TEQUIO_DATABASE_URL", database_url)
    settings.cache_clear()
    app = create_app()
    router = feature_router()

    @router.get("/es/broken", name="broken")
    def broken(request: Request, db: Db) -> Response:
        raise RuntimeError(f"broken with {request.query_params['q']}")

    @router.post("/es/doubled", name="doubled")
    def doubled(request: Request, db: Db) -> Response:
        for _ in range(2):
            db.execute(insert(RateLimit).values(key=request.state.form["name"], level=0.0))
        return Response()

    app.include_router(router)
    yield Site(app, database_url)
    app.state.unit.close()


def lines(log: io.StringIO) -> list[dict[str, Any]]:
    """Every line is one JSON object, whoever wrote it."""
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_every_line_of_a_request_carries_its_id(talking_site: Site, log: io.StringIO) -> None:
    answers = [talking_site.visitor().get(path) for path in ("/es/nada", "/es/broken?q=x", "/api/v1/courses")]
    ids = [answer.headers["x-request-id"] for answer in answers]
    assert [answer.status_code for answer in answers] == [404, 500, 200]
    assert len(set(ids)) == 3
    requests = [line for line in lines(log) if line["event"] == "request"]
    assert [line["request_id"] for line in requests] == ids
    assert [line["status"] for line in requests] == [404, 500, 200]
    assert all(line["timestamp"] and line["level"] == "info" and line["milliseconds"] >= 0 for line in requests)
    (error,) = [line for line in lines(log) if line["event"] == "unexpected_error"]
    assert error["request_id"] == ids[1]
    assert "RuntimeError" in error["exception"]


def test_no_line_names_a_person_an_address_a_secret_or_a_question(talking_site: Site, log: io.StringIO) -> None:
    person = talking_site.person("Xóchitl", "administrator")
    visitor = talking_site.visitor()
    visitor.headers["x-forwarded-for"] = "203.0.113.77"
    for path in (f"/es/courses?q={SECRET_QUERY}", f"/es/broken?q={SECRET_QUERY}", f"/es/{PERSONAL[1]}", f"/certificates/{PERSONAL[1]}"):
        visitor.get(path)
        person.get(path)
    for path in ("/es/sign-up", "/es/sign-in", "/es/doubled", "/es/nowhere"):
        for browser in (visitor, person):
            browser.post(path, data={name: PERSONAL[n] for n, name in enumerate(("name", "username", "phone", "email", "x", "passphrase"))})
    secrets = [value for browser in (visitor, person) for value in browser.cookies.values()]
    assert secrets
    found = lines(log)
    assert len([line for line in found if line["event"] == "request"]) >= 16
    assert "IntegrityError" in "".join(line.get("exception", "") for line in found)
    text = json.dumps(found, ensure_ascii=False)
    for word in (*PERSONAL, SECRET_QUERY, *secrets, "testclient"):
        assert word not in text
