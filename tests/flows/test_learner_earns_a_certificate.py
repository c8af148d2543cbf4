"""The whole path in Chromium: from the first page to a certificate that a stranger checks."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from app.kernel.ids import new_id
from tests.flows.conftest import Live
from tests.flows.walk import RIGHT, WRONG, Walk
from tests.support.browser import Manner, new_context, scrolls_sideways

WITH_SCRIPTS = Manner()
WITHOUT_SCRIPTS = Manner(scripts=False)
CDN_BLOCKED = Manner(cdn=False, screen="desk")
NOT_YET = {"es": "todavía no", "en": "not yet"}
PASSED = {"es": "pasaste", "en": "you passed"}
VALID = {"es": "Válido", "en": "Valid"}

MANNERS = [
    pytest.param("on_sqlite", WITH_SCRIPTS, "es", id="with-scripts-es-sqlite"),
    pytest.param("on_sqlite", WITHOUT_SCRIPTS, "en", id="without-scripts-en-sqlite"),
    pytest.param("on_postgresql", CDN_BLOCKED, "en", id="cdn-blocked-en-postgresql"),
]


@pytest.mark.browser
@pytest.mark.parametrize(("where", "manner", "lang"), MANNERS)
def test_a_learner_earns_a_certificate(request: pytest.FixtureRequest, chromium: Browser, where: str, manner: Manner, lang: str) -> None:
    live: Live = request.getfixturevalue(where)
    name = f"lina-{new_id().hex[-8:]}"
    rosa = live.staff(f"rosa-{name}", "mentor")
    profiles = []

    def fresh() -> Walk:
        profile = new_context(chromium, live.address, manner, lang)
        profiles.append(profile)
        return Walk(profile.new_page(), lang, saves_alone=manner.scripts and manner.cdn)

    try:
        walk_the_path(fresh, name, rosa, lang)
    finally:
        for profile in profiles:
            profile.close()


def walk_the_path(fresh: Callable[[], Walk], name: str, rosa: object, lang: str) -> None:
    from tests.flows.conftest import Staff

    assert isinstance(rosa, Staff)
    lina = fresh()
    lina.read_as_a_visitor()
    lina.sign_up_and_enroll(name)
    lina.finish_the_lesson()
    lina.begin()
    lina.give("q-left", WRONG["q-left"])
    lina.press("p.row button[name=go][value=next]")
    lina.give("q-cost", WRONG["q-cost"])
    lina.press("p.row button[name=go][value=next]")
    expect(lina.page.locator("#q-higher")).to_be_visible()
    lina.page.context.close()  # half a quiz, and the browser is gone

    lina = fresh()
    lina.sign_in(name)
    lina.at("/me$")
    lina.press(".go a.btn")
    lina.begin()
    lina.page.locator(".qnav button").nth(0).click()
    assert lina.given("q-left") == WRONG["q-left"]
    lina.page.locator(".qnav button").nth(1).click()
    assert lina.given("q-cost") == WRONG["q-cost"]
    lina.page.locator(".qnav button").nth(0).click()
    lina.answer_all(WRONG)
    assert NOT_YET[lang] in lina.hand_in_answers()

    lina.press("main form[action$='/attempts'] button.btn")
    lina.at("/attempts/")
    lina.answer_all(RIGHT)
    assert PASSED[lang] in lina.hand_in_answers()
    lina.press("main a.btn")
    lina.at("/first-sale/sheet$")
    assert not scrolls_sideways(lina.page)

    lina.press("main a.btn[href*='/draft']")
    lina.write(thing="Pan de nata", price="30", why="Me gusta.")
    lina.hand_in_work()
    mentor = fresh()
    mentor.sign_in(rosa.username)
    mentor.confirm(rosa)
    mentor.judge(name, "revise", "2", "Di de dónde salió cada número.")

    lina.go("/me")
    lina.press("main a[href*='/sheet'], main a[href*='/submissions/']")
    expect(lina.page.get_by_text("Di de dónde salió cada número.").first).to_be_visible()
    lina.go("/courses/corner-shop/first-sale/sheet/draft")
    assert lina.page.input_value("[name='a.thing']") == "Pan de nata"
    lina.write(why="La harina y el gas cuestan 22; quedan 8.")
    lina.hand_in_work()
    mentor.judge(name, "accept", "4", "Ahora está claro.")

    lina.go("/me")
    lina.press("main a[href$='/certificate']")
    lina.page.fill("main [name=name]", "Lina Ñandú Ruiz")
    lina.press("main form[method=post] button.btn")
    lina.at("/certificates/TQ-")
    serial = lina.page.url

    stranger = fresh()
    stranger.page.goto(serial)
    expect(stranger.page.locator("h1")).to_have_text(VALID[lang])
    expect(stranger.page.get_by_text("Lina Ñandú Ruiz").first).to_be_visible()
    paper = stranger.page.request.get(f"{serial}.pdf")
    assert paper.ok and paper.body().startswith(b"%PDF")
    assert stranger.page.goto(serial[:-1] + ("A" if serial[-1] != "A" else "B")).status == 404  # type: ignore[union-attr]
