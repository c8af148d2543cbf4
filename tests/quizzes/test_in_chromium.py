"""A quiz in the browser: saved on change, told so, and nothing lost when the line is cut."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from app.kernel.settings import settings
from app.main import create_app
from app.quizzes.answers import kept_answers
from tests.quizzes.conftest import QUIZ, QuizSite
from tests.quizzes.steps import id_of
from tests.support import databases
from tests.support.browser import Manner, axe_findings, new_context, open_chromium, scrolls_sideways
from tests.support.servers import serving

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with open_chromium() as browser:
        yield browser


@pytest.fixture
def served(tmp_path: Path, environment: pytest.MonkeyPatch) -> Iterator[tuple[QuizSite, str]]:
    """A real server over the course of jars, and the site it serves."""
    url = databases.fresh_sqlite(tmp_path)
    environment.setenv("TEQUIO_DATABASE_URL", url)
    settings.cache_clear()
    app = create_app()
    site = QuizSite(app, url)
    site.publish_quiz()
    files = {"TEQUIO_STORAGE_URL": f"file:{tmp_path}/files", "TEQUIO_MAIL_URL": f"folder:{tmp_path}/mail"}
    with serving("app.main:create_app", {"TEQUIO_DATABASE_URL": url, **files}) as address:
        yield site, address
    app.state.unit.close()


def opened(chromium: Browser, served: tuple[QuizSite, str], manner: Manner, language: str = "es") -> Page:
    """The quiz's page, as a signed-in learner of the course sees it."""
    site, address = served
    secret = site.learner().cookies[settings().session_cookie]
    context = new_context(chromium, address, manner, language)
    context.add_cookies([{"name": settings().session_cookie, "value": secret, "url": address}])
    page = context.new_page()
    page.goto(QUIZ.replace("/es/", f"/{language}/"))
    page.locator("#begin button").click()
    return page


def texts(site: QuizSite, page: Page) -> dict[str, object]:
    attempt = id_of(page.url.partition("?")[0])
    return {name: kept.value for name, kept in site.read(lambda db: kept_answers(db, attempt)).items()}


def test_a_choice_is_saved_as_it_is_made_and_said(chromium: Browser, served: tuple[QuizSite, str]) -> None:
    page = opened(chromium, served, Manner())
    page.goto(page.url.partition("?")[0] + "?question=2")
    page.locator("input[value=b]").check()
    expect(page.locator("#s-q-single")).to_contain_text("Guardado a las")
    page.locator("input[value=a]").check()
    expect(page.locator("input[name='r.q-single']")).to_have_value("2")
    assert texts(served[0], page) == {"q-single": {"choice": "a"}}


def test_a_cut_line_is_said_and_mended_when_it_is_back(chromium: Browser, served: tuple[QuizSite, str]) -> None:
    page = opened(chromium, served, Manner())
    page.goto(page.url.partition("?")[0] + "?question=7")
    page.context.set_offline(True)
    page.locator("input[name='a.q-word']").fill("contribución")
    page.keyboard.press("Tab")
    expect(page.locator("#s-q-word")).to_contain_text("se cortó la señal")
    page.context.set_offline(False)
    expect(page.locator("#s-q-word")).to_contain_text("Guardado a las")
    assert texts(served[0], page) == {"q-word": {"text": "contribución"}}


def test_leaving_by_a_link_saves_what_was_being_written(chromium: Browser, served: tuple[QuizSite, str]) -> None:
    page = opened(chromium, served, Manner())
    attempt = id_of(page.url.partition("?")[0])
    page.goto(page.url.partition("?")[0] + "?question=7")
    page.locator("input[name='a.q-word']").fill("contribución")
    page.get_by_role("link", name="Cursos").click()
    page.wait_for_url("**/courses")
    page.wait_for_timeout(500)
    kept = served[0].read(lambda db: kept_answers(db, attempt))
    assert kept["q-word"].value == {"text": "contribución"}


def test_only_the_changed_question_travels(chromium: Browser, served: tuple[QuizSite, str]) -> None:
    page = opened(chromium, served, Manner())
    page.goto(page.url.partition("?")[0] + "?view=all")
    with page.expect_request("**/answers") as sent:
        page.locator("#q-gaps input[name='a.q-gaps.b']").fill("contribución")
        page.keyboard.press("Tab")
    names = {pair.partition("=")[0] for pair in (sent.value.post_data or "").split("&")}
    assert names == {"page", "only", "r.q-gaps", "a.q-gaps.a", "a.q-gaps.b"}


@pytest.mark.parametrize("manner", [Manner(), Manner(scripts=False), Manner(cdn=False), Manner(scheme="dark", screen="desk")], ids=str)
def test_every_question_can_be_answered_however_one_browses(chromium: Browser, served: tuple[QuizSite, str], manner: Manner) -> None:
    page = opened(chromium, served, manner, "es" if manner.scheme == "light" else "en")
    steps = ["q-number", "q-single", "q-multiple", "q-true", "q-matching", "q-ordering", "q-word", "q-gaps", "q-open"]
    for name in steps:
        part = page.locator(f"#{name}")
        for field in part.locator("input:not([type=hidden],[type=radio],[type=checkbox]), textarea").all():
            field.fill("1250" if name == "q-number" else "variable")
        for choice in part.locator("input[value=a]").all():
            choice.check()
        for place, select in enumerate(part.locator("select").all()):
            select.select_option(index=place + 1)
        if manner.scripts:
            assert axe_findings(page) == []
            assert not scrolls_sideways(page)
        page.locator("main .row .btn").first.click()
    page.locator("form[action$='/submission'] button").click()
    expect(page.locator("h1")).to_contain_text("puntos" if manner.scheme == "light" else "points")
    if manner.scripts:
        assert axe_findings(page) == []
        assert not scrolls_sideways(page)
    assert len(texts(served[0], page)) == len(steps)
