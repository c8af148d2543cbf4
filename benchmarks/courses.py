"""Courses to measure with: finance under six slugs, and two hundred small ones."""

import re
import shutil
from pathlib import Path

from tests.support.servers import ROOT

FINANCE = ROOT / "content" / "finance"
SIX = ["finance", "business", "markets", "leadership", "negotiation", "agreements"]
SMALL_MODULE = "01-two-boxes"


def six_courses(folder: Path) -> None:
    """The real courses, and copies of finance under the slugs of those that are not written yet."""
    shutil.copytree(ROOT / "content", folder)
    for slug in SIX:
        if not (folder / slug).exists():
            _copy(FINANCE, folder / slug)


def small_courses(folder: Path, count: int) -> None:
    """Courses of one module (three lessons, a quiz, an exercise) in both languages, cut out of finance."""
    folder.mkdir(parents=True)
    for glossary in (ROOT / "content").glob("glossary.*.md"):
        shutil.copy(glossary, folder)
    for number in range(count):
        target = folder / f"course-{number:03}"
        _copy(FINANCE, target)
        for module in target.iterdir():
            if module.is_dir() and module.name != SMALL_MODULE:
                shutil.rmtree(module)
        for head in target.glob("course.*.md"):
            head.write_text(re.sub(r"(?m)^sample: .*$", "sample: two-boxes/two-boxes", head.read_text()))


def _copy(source: Path, target: Path) -> None:
    """Copies a course under another slug; its links to itself follow."""
    shutil.copytree(source, target)
    for head in target.glob("course.*.md"):
        text = re.sub(r"(?m)^id: .*$", f"id: {target.name}", head.read_text())
        head.write_text(re.sub(r"(?m)^title: (.*)$", rf"title: \1 ({target.name})", text))
    for page in target.rglob("*.md"):
        text = page.read_text()
        changed = text.replace(f"/{source.name}/", f"/{target.name}/")
        if changed != text:
            page.write_text(changed)
