"""Takes the pictures of the README from a running demonstration site: `python -m tests.support.pictures`.

Starts a site of its own in an empty folder, walks it as the demonstration learner, and writes docs/pictures/*.png.
"""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

from app.accounts.demonstration import PEOPLE
from tests.support.browser import Manner, launch, new_context
from tests.support.servers import ROOT, wait_until_ready
from tests.support.starting import CONTENT, SECONDS, started

FOLDER = ROOT / "docs" / "pictures"
PHONE: ViewportSize = {"width": 360, "height": 640}
DESK: ViewportSize = {"width": 1280, "height": 800}
COURSE = "/en/courses/finance"
LESSON = f"{COURSE}/two-boxes/two-boxes"
QUIZ = f"{COURSE}/two-boxes/questions"


def sign_in(page: Page) -> None:
    """As the demonstration learner."""
    _, username, passphrase, _ = PEOPLE["learner"]
    page.goto("/en/sign-in")
    page.fill("[name=identifier]", username)
    page.fill("[name=passphrase]", passphrase)
    page.click("main form[method=post] .btn")


def walk(page: Page) -> None:
    """The home page, a course, a lesson, and then a quiz as somebody who has enrolled."""
    take(page, "/en", "home")
    take(page, COURSE, "course")
    take(page, LESSON, "lesson")
    sign_in(page)
    page.goto(COURSE)
    if page.locator("form[action$=enrollment] .btn").count():
        page.click("form[action$=enrollment] .btn")
    page.goto(QUIZ)
    page.click("#begin .btn, main form[method=post] .btn")
    page.wait_for_load_state()
    take(page, "", "quiz")
    take(page, "/en/me", "me")


def look_at_course(page: Page) -> None:
    take(page, COURSE, "course")


def take(page: Page, path: str, name: str) -> None:
    """Opens a page, unless it is open already, and writes what a screen shows of it."""
    if path:
        page.goto(path)
    screen = "phone" if page.viewport_size == PHONE else "desk"
    page.screenshot(path=FOLDER / f"{name}-{screen}.png")
    sys.stderr.write(f"{name}-{screen}.png\n")


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, started(Path(folder), TEQUIO_CONTENT_DIR=CONTENT) as (address, process, _):
        wait_until_ready(address, process, SECONDS)
        with sync_playwright() as playwright:
            browser = launch(playwright)
            for size, way in ((PHONE, walk), (DESK, look_at_course)):
                context = new_context(browser, address, Manner(), "en")
                page = context.new_page()
                page.set_viewport_size(size)
                way(page)
                context.close()
            browser.close()
    print(f"{len(list(FOLDER.glob('*.png')))} pictures are in {FOLDER.relative_to(ROOT)}.")


if __name__ == "__main__":
    main()
