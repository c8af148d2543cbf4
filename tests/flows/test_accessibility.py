"""WCAG 2.2 AA on every kind of page: axe finds nothing, nothing scrolls sideways, targets are large, the focus shows."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from app.catalog.commands import publish_folder
from app.kernel.settings import settings
from app.main import create_app
from tests.contracts.world import COURSE, FIXTURES, World, build
from tests.flows.conftest import Live
from tests.support.browser import Manner, axe_findings, new_context
from tests.support.site import Browser as Person
from tests.support.site import Site

LIGHT_ES = (Manner(), "es")
DARK_EN = (Manner(scheme="dark"), "en")
OTHER_TWO = ((Manner(scheme="dark"), "es"), (Manner(), "en"))
STALL = "/courses/market-stall/costs"
MAIN_FIVE = ("home", "catalogue", "course", "lesson", "my page")
SMALLEST = {"width": 320, "height": 640}

TOO_SMALL = """() => [...document.querySelectorAll(
  "main button, main .btn, main select, main textarea, main label.pick, header a, main input")]
  .filter((one) => !["hidden", "radio", "checkbox"].includes(one.type) && one.tabIndex >= 0 || one.matches("label.pick"))
  .map((one) => [one, one.getBoundingClientRect()])
  .filter(([one, box]) => box.width > 1 && box.height > 1 && one.checkVisibility() && (box.height < 43.5 || box.width < 43.5))
  .map(([one, box]) => `${one.outerHTML.slice(0, 120)} ${Math.round(box.width)}x${Math.round(box.height)}`)"""
SIDEWAYS = """() => document.documentElement.scrollWidth > document.documentElement.clientWidth
  ? [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
    .map((one) => one.outerHTML.slice(0, 120)).slice(0, 5).concat([`${document.documentElement.scrollWidth} px`]) : []"""
FOCUS_HIDDEN = """() => { const hidden = [];
  for (const one of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")) {
    if (!one.checkVisibility() || one.tabIndex < 0) continue;
    one.focus({focusVisible: true});
    if (document.activeElement !== one) continue;
    const style = getComputedStyle(one);
    const shown = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
    if (!shown) hidden.push(one.outerHTML.slice(0, 120));
  }
  return hidden; }"""


@dataclass(frozen=True)
class Kind:
    """A kind of page: where it is (without its language) and who sees it."""

    name: str
    path: str
    who: str = "visitor"


def kinds(ids: dict[str, str]) -> list[Kind]:
    admin, mentor, owner = "administrator", "mentor", "owner"
    return [
        Kind("home", ""),
        Kind("catalogue", "/courses"),
        Kind("search", "/courses?q=precio"),
        Kind("course", f"/courses/{COURSE}", "learner"),
        Kind("course of a visitor", "/courses/market-stall"),
        Kind("lesson", f"{STALL}/break-even"),
        Kind("lesson of a learner", f"/courses/{COURSE}/first-sale/price", owner),
        Kind("quiz", f"/courses/{COURSE}/first-sale/questions", owner),
        *[Kind(f"question {number}", f"/attempts/{ids['stall']}?question={number}", owner) for number in range(1, 9)],
        Kind("all questions", f"/attempts/{ids['stall']}?view=all", owner),
        Kind("before handing in", f"/attempts/{ids['stall']}?view=review", owner),
        Kind("result", f"/attempts/{ids['attempt_id']}", owner),
        Kind("exercise", f"{STALL}/my-stall", owner),
        Kind("work", f"{STALL}/my-stall/draft", owner),
        Kind("submission", f"/submissions/{ids['submission_id']}", owner),
        Kind("my page", "/me", owner),
        Kind("my account", "/me/account", owner),
        Kind("my data", "/me/data", owner),
        Kind("my passphrase", "/me/passphrase", owner),
        Kind("second factor", "/me/second-factor", owner),
        Kind("recovery code", "/me/recovery-code", owner),
        Kind("sign up", "/sign-up"),
        Kind("sign in", "/sign-in"),
        Kind("recovery", "/recovery"),
        Kind("report a mistake", f"/courses/{COURSE}/first-sale/price/mistakes", owner),
        Kind("print", f"/courses/{COURSE}/print"),
        Kind("privacy", "/privacy"),
        Kind("accessibility", "/accessibility"),
        Kind("help", "/help"),
        Kind("mentor's desk", "/mentor", mentor),
        Kind("review", f"/mentor/submissions/{ids['waiting_id']}", mentor),
        Kind("answers to read", "/mentor/answers", mentor),
        Kind("answer to read", f"/mentor/answers/{ids['open_attempt_id']}/q-rain", mentor),
        Kind("mistakes", "/studio/mistakes", "author"),
        Kind("admin", "/admin", admin),
        Kind("people", "/admin/people", admin),
        Kind("person", f"/admin/people/{ids['user_id']}", admin),
        Kind("certificates", "/admin/certificates", admin),
        Kind("one certificate", f"/admin/certificates/{ids['certificate_id']}", admin),
        Kind("gains", f"/admin/courses/{COURSE}/gains", admin),
        Kind("accommodations", f"/admin/courses/{COURSE}/accommodations", admin),
        Kind("not found", "/nothing-here"),
    ]


@dataclass
class Pages:
    """The world of every kind of page, on the running site, and a browser profile for each person and manner."""

    live: Live
    world: World
    browser: Browser
    all: list[Kind]

    def open(self, profile: BrowserContext, kind: Kind, lang: str) -> Page:
        page = profile.new_page()
        page.goto(f"/{lang}{kind.path}")
        return page

    def profile(self, who: str, manner: Manner, lang: str) -> BrowserContext:
        context = new_context(self.browser, self.live.address, manner, lang)
        person: Person = self.world.people[who]
        if secret := person.cookies.get(settings().session_cookie):
            context.add_cookies([{"name": settings().session_cookie, "value": secret, "url": self.live.address}])
        return context


@pytest.fixture(scope="module")
def pages(on_sqlite: Live, chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("TEQUIO_DATABASE_URL", on_sqlite.url)
        environment.setenv("TEQUIO_STORAGE_URL", f"file:{on_sqlite.folder}/files")
        environment.setenv("TEQUIO_LOG_LEVEL", "ERROR")
        settings.cache_clear()
        app = create_app()
        world = build(Site(app, on_sqlite.url))
        publish_folder(world.site.unit, FIXTURES / "content", say=lambda _line: None)
        owner = world.people["owner"]
        assert owner.post("/es/courses/market-stall/enrollment").status_code == 303
        begun = owner.fill(f"/es{STALL}/questions", "/attempts")
        world.ids["stall"] = str(begun.headers["location"]).rsplit("/", 1)[1]
        yield Pages(on_sqlite, world, chromium, kinds(world.ids))
        app.state.unit.close()
    settings.cache_clear()


def findings(pages: Pages, wanted: list[Kind], manner: Manner, lang: str) -> list[str]:
    found = []
    for who in sorted({kind.who for kind in wanted}):
        profile = pages.profile(who, manner, lang)
        for kind in wanted:
            if kind.who == who:
                page = pages.open(profile, kind, lang)
                found += [f"{kind.name} ({lang}, {manner.scheme}): {line}" for line in axe_findings(page)]
                page.close()
        profile.close()
    return found


@pytest.mark.browser
@pytest.mark.parametrize(("manner", "lang"), [LIGHT_ES, DARK_EN], ids=["light-es", "dark-en"])
def test_axe_finds_nothing_on_any_page(pages: Pages, manner: Manner, lang: str) -> None:
    assert findings(pages, pages.all, manner, lang) == []


@pytest.mark.browser
@pytest.mark.parametrize(("manner", "lang"), OTHER_TWO, ids=["dark-es", "light-en"])
def test_axe_finds_nothing_on_the_main_pages_in_the_other_scheme(pages: Pages, manner: Manner, lang: str) -> None:
    assert findings(pages, [kind for kind in pages.all if kind.name in MAIN_FIVE], manner, lang) == []


@pytest.mark.browser
def test_axe_finds_nothing_on_certificates_and_refused_forms(pages: Pages) -> None:
    found = []
    for manner, lang in (LIGHT_ES, DARK_EN):
        profile = pages.profile("visitor", manner, lang)
        page = profile.new_page()
        for path in (f"/certificates/{pages.world.ids['serial']}", "/certificates/TQ-0000-0000-0000", "/certificates"):
            page.goto(f"{path}?language={lang}")
            found += [f"{path} ({lang}): {line}" for line in axe_findings(page)]
        page.goto(f"/{lang}/sign-up")
        page.fill("[name=name]", "Lina")
        page.fill("[name=identifier]", "!")
        page.fill("[name=passphrase]", "abc")
        page.locator("main form[method=post] button.btn").click()
        assert page.locator(".err").count() > 0
        found += [f"sign-up refused ({lang}): {line}" for line in axe_findings(page)]
        profile.close()
    assert found == []


@pytest.mark.browser
def test_small_screens_large_targets_and_a_focus_that_shows(pages: Pages) -> None:
    """At 320 px nothing scrolls sideways; what is pressed is 44 px; whatever can be focused shows it."""
    found = []
    for who in sorted({kind.who for kind in pages.all}):
        profile = pages.profile(who, Manner(), "es")
        for kind in pages.all:
            if kind.who == who:
                page = profile.new_page()
                page.set_viewport_size(SMALLEST)  # type: ignore[arg-type]
                page.goto(f"/es{kind.path}")
                found += [f"{kind.name} scrolls sideways: {line}" for line in page.evaluate(SIDEWAYS)]
                found += [f"{kind.name}, small target: {line}" for line in page.evaluate(TOO_SMALL)]
                found += [f"{kind.name}, no focus seen: {line}" for line in page.evaluate(FOCUS_HIDDEN)]
                page.close()
        profile.close()
    assert found == []


def test_every_kind_of_page_is_there(pages: Pages) -> None:
    """What is looked at is the page that is meant, not a sign-in page or an error in its place."""
    wrong = []
    for kind in pages.all:
        answer = pages.world.people[kind.who].get(f"/es{kind.path}")
        if answer.status_code != (404 if kind.name == "not found" else 200):
            wrong.append((kind.name, answer.status_code, answer.headers.get("location")))
    assert wrong == []
