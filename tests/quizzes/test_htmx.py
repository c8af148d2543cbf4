"""htmx: only where it serves, from the CDN by its hash, and the copy is that very file."""

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.kernel.settings import HTMX_CDN, settings
from app.learning import openings
from app.web.templates import environment
from tests.quizzes.conftest import QUIZ, QuizSite
from tests.support.queries import recorded

VENDORED = Path(__file__).parents[2] / "static" / "vendor" / "htmx-4.0.1.min.js"


@pytest.fixture(autouse=True)
def fresh_templates() -> Iterator[None]:
    """Templates hold the settings they were made under."""
    environment.cache_clear()
    yield
    environment.cache_clear()


def script() -> str:
    environment.cache_clear()
    return environment("es").get_template("components/_htmx.html").render()


def test_the_integrity_is_the_hash_of_the_copy() -> None:
    digest = base64.b64encode(hashlib.sha384(VENDORED.read_bytes()).digest()).decode()
    assert f'integrity="sha384-{digest}"' in script()


def test_only_pages_with_questions_load_it(quiz_site: QuizSite) -> None:
    learner = quiz_site.learner()
    attempt = quiz_site.begin(learner)
    assert HTMX_CDN in (learner.page(attempt).html or "")
    for address in (QUIZ, f"{attempt}?view=review"):
        assert HTMX_CDN not in (learner.page(address).html or "")


def test_an_operator_may_serve_the_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEQUIO_HTMX_URL", "vendored")
    settings.cache_clear()
    try:
        assert re.search(r'src="/static/vendor/htmx-4\.0\.1\.min\.[0-9a-f]{8}\.js"', script())
    finally:
        settings.cache_clear()


def test_no_page_carries_a_script_of_its_own(quiz_site: QuizSite) -> None:
    learner = quiz_site.learner()
    html = learner.page(quiz_site.begin(learner)).html or ""
    assert re.findall(r"<script(?![^>]*\bsrc=)", html) == []
    assert " style=" not in html
    assert not re.search(r"\son[a-z]+=", html)


def test_a_save_takes_few_statements_however_many_questions(quiz_site: QuizSite) -> None:
    learner = quiz_site.learner()
    attempt = quiz_site.begin(learner)
    fields = {"only": "q-word", "page": "one", "r.q-word": "0", "a.q-word": "contribución"}
    openings.flush(quiz_site.unit)  # what the pages before have noted
    with recorded(quiz_site) as statements:
        assert learner.post(f"{attempt}/answers", data=fields, headers={"hx-request": "true"}).status_code == 200
    assert len(statements) <= 5, [statement for statement, _ in statements]
    whole = {f"r.{name}": "0" for name in ("q-word", "q-open", "q-number")} | {"a.q-open": "x", "a.q-number": "1", "page": "one"}
    with recorded(quiz_site) as more:
        learner.post(f"{attempt}/answers", data=whole)
    assert len(more) <= 5
