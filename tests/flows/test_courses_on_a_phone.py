"""Every page of the courses we ship, on a small phone."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.support.browser import Manner, new_context, scrolls_sideways
from tests.support.servers import wait_until_ready
from tests.support.starting import CONTENT, SECONDS, started

UNIT = re.compile(r"([^/]+)/\d+-([^/]+)/\d+-([^/.]+)\.(es|en)\.md")


def addresses() -> list[str]:
    """The address of every unit in both languages."""
    names = (path.relative_to(CONTENT).as_posix() for path in sorted(Path(CONTENT).glob("*/*/*.md")))
    found = [match.groups() for name in names if (match := UNIT.fullmatch(name))]
    return [f"/{language}/courses/{course}/{module}/{unit}" for course, module, unit, language in found]


@pytest.mark.browser
def test_no_page_of_a_course_scrolls_sideways(chromium: Browser, tmp_path: Path) -> None:
    with started(tmp_path, TEQUIO_CONTENT_DIR=CONTENT) as (address, process, _printed):
        wait_until_ready(address, process, SECONDS)
        profile = new_context(chromium, address, Manner(cdn=False), "es")
        page, wrong = profile.new_page(), []
        for path in addresses():
            answer = page.goto(path)
            if answer is None or answer.status != 200 or scrolls_sideways(page):
                wrong.append(f"{path}: {answer.status if answer else 'no answer'}")
        profile.close()
    assert wrong == []
