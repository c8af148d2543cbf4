"""The unit of database work: what commits, what does not, and what never happens."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from app.kernel.settings import settings
from tests.support.probe import create_probe


@pytest.fixture
def probe(database_url: str, environment: pytest.MonkeyPatch) -> Iterator[TestClient]:
    environment.setenv("TEQUIO_DATABASE_URL", database_url)
    settings.cache_clear()
    app = create_probe()
    yield TestClient(app)
    app.state.unit.close()


def counts(probe: TestClient) -> dict[str, int]:
    found: dict[str, int] = probe.get("/count").json()
    return found


def test_return_commits_and_the_next_request_sees_it(probe: TestClient) -> None:
    assert probe.post("/save", data={"what": "x"}).status_code == 200
    assert counts(probe) == {"save": 1}


def test_a_returned_refusal_commits_and_a_raised_one_rolls_back(probe: TestClient) -> None:
    assert probe.post("/refuse").status_code == 422
    assert probe.post("/raise").status_code == 409
    assert counts(probe) == {"refused": 1}


def test_a_commit_that_fails_is_an_error_and_the_next_save_works(probe: TestClient) -> None:
    assert probe.post("/orphan").status_code == 500
    assert probe.post("/save").status_code == 200
    assert counts(probe) == {"save": 1}


def test_a_get_cannot_write(probe: TestClient) -> None:
    assert probe.get("/writes").status_code == 500
    assert probe.post("/save").status_code == 200


def test_stop_iteration_ends_the_request(probe: TestClient) -> None:
    assert probe.post("/stop").status_code == 500


def test_the_same_key_and_body_get_the_first_answer_again(probe: TestClient) -> None:
    data = {"key": str(uuid4()), "what": "one"}
    answers = {probe.post("/keyed", data=data).json()["answer"] for _ in range(5)}
    assert len(answers) == 1
    assert counts(probe) == {"keyed": 1}


def test_the_same_key_with_another_body_is_a_new_save(probe: TestClient) -> None:
    key = str(uuid4())
    first = probe.post("/keyed", data={"key": key, "what": "one"}).json()
    second = probe.post("/keyed", data={"key": key, "what": "two"}).json()
    assert first != second
    assert counts(probe) == {"keyed": 2}


@pytest.mark.parametrize("key", ["", "not-a-uuid", "\0"])
def test_a_key_that_is_none_is_ignored(probe: TestClient, key: str) -> None:
    assert probe.post("/keyed", data={"key": key}).status_code == 200


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{}", "application/json", 415),
        (b"\xff\xfe=\xff", "application/x-www-form-urlencoded", 200),
        (b"--x\r\nnonsense", "multipart/form-data; boundary=x", 400),
        (b"--x\r\nnonsense", "multipart/form-data", 400),
        (b"a=1&" * 3000, "application/x-www-form-urlencoded", 400),
    ],
)
def test_bodies_that_are_no_forms_get_a_clear_status(probe: TestClient, content: bytes, kind: str, status: int) -> None:
    response: Any = probe.post("/save", content=content, headers={"content-type": kind})
    assert response.status_code == status
