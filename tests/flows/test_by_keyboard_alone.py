"""The core of the path without a mouse or a finger: Tab, Space, arrows, Enter and letters."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from app.kernel.ids import new_id
from tests.flows.conftest import PASSPHRASE, Live
from tests.support.browser import DESK, Manner, new_context

MOST_STOPS = 90
FOCUS_SHOWS = """() => {
  const style = getComputedStyle(document.activeElement);
  return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
}"""


class Keyboard:
    """Somebody who has only keys. Every stop on the way must be seen."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, selector: str) -> None:
        for _ in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                assert self.page.evaluate(FOCUS_SHOWS), f"the focus does not show on {selector}"
                return
        raise AssertionError(f"{selector} cannot be reached by Tab on {self.page.url}")

    def press(self, selector: str, key: str = "Enter") -> None:
        self.reach(selector)
        self.page.keyboard.press(key)

    def write(self, selector: str, text: str) -> None:
        self.reach(selector)
        self.page.keyboard.type(text)


@pytest.mark.browser
def test_sign_up_enroll_answer_and_hand_in_by_keyboard(on_sqlite: Live, chromium: Browser) -> None:
    context = new_context(chromium, on_sqlite.address, Manner(screen="desk"), "es")
    page = context.new_page()
    assert page.viewport_size == DESK
    page.goto("/es")
    keys = Keyboard(page)
    keys.press("a.skip")
    assert page.evaluate("document.activeElement.closest('main') !== null || location.hash === '#m'")
    page.goto("/es/courses/corner-shop")
    keys.press("form[action$='/enrollment'] button")
    expect(page).to_have_url(re.compile(r"/sign-up\?"))
    keys.write("[name=name]", "Lina")
    keys.write("[name=identifier]", f"keys-{new_id().hex[-8:]}")
    keys.write("[name=passphrase]", PASSPHRASE)
    keys.press("main form[method=post] button.btn")
    expect(page).to_have_url(re.compile(r"/recovery-code"))
    keys.press("form[action$='/written-down'] button")
    expect(page).to_have_url(re.compile(r"/courses/corner-shop#start$"))
    keys.press("form[action$='/enrollment'] button")
    expect(page).to_have_url(re.compile(r"/first-sale/price"))
    keys.press("form[action$='/done'] button")
    expect(page).to_have_url(re.compile(r"/first-sale/questions"))
    keys.press("#begin .btn")
    expect(page).to_have_url(re.compile(r"/attempts/"))
    keys.press("input[name='a.q-left']", "Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("input[value=left]")).to_be_checked()
    keys.press("p.row button[value=next]")
    expect(page.locator("#q-cost")).to_be_visible()
    keys.press("input[name='a.q-cost']", "Space")
    keys.press("p.row button[value=next]")
    expect(page.locator("#q-higher")).to_be_visible()
    keys.write("#q-higher input[inputmode]", "13")
    page.keyboard.press("Enter")  # as people end a field: it saves and goes on
    expect(page.locator("form[action$='/submission'] button.btn")).to_be_visible()
    keys.press("form[action$='/submission'] button.btn", "Space")
    expect(page.locator("h1")).to_contain_text("pasaste")
    context.close()
