"""A miniature course in memory, clean but for what a test plants in it."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from app.content.checker import check_course
from app.content.faults import Fault, Faults
from app.content.glossary import read_glossary
from app.content.tree import Course

FOLDER = Path(__file__).parents[1] / "fixtures" / "content"
TODAY = date(2026, 11, 20)
LESSON = "01-costs/01-break-even.es.md"
LESSON_EN = "01-costs/01-break-even.en.md"
QUIZ = "01-costs/02-questions.es.md"
QUIZ_EN = "01-costs/02-questions.en.md"
EXERCISE = "01-costs/03-my-stall.es.md"
FILLER = "\n\n" + " ".join(["Cada palabra cuenta y ninguna sobra en este renglón."] * 45) + "\n"


def miniature() -> dict[str, bytes]:
    """Path in the course folder -> bytes; the lessons are long enough to raise no warning."""
    root = FOLDER / "market-stall"
    files = {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}
    for path in (LESSON, LESSON_EN):
        files[path] += FILLER.encode()
    return files


def glossary_files() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in FOLDER.glob("glossary.*.md")}


def checked(files: Mapping[str, bytes], glossary: Mapping[str, bytes] | None = None) -> tuple[Course | None, list[Fault]]:
    """The course and every fault, the glossary's among them."""
    faults = Faults()
    terms = read_glossary(glossary_files() if glossary is None else glossary, faults)
    course, found = check_course("market-stall", files, glossary=terms, today=TODAY)
    return course, [*faults.items, *found]


def replaced(files: Mapping[str, bytes], path: str, old: str, new: str) -> dict[str, bytes]:
    """The files with one text changed everywhere in one file; the old text must be there."""
    text = files[path].decode()
    assert old in text, f"{old!r} is not in {path}"
    return {**files, path: text.replace(old, new).encode()}


def in_both(files: Mapping[str, bytes], stem: str, old: str, new: str) -> dict[str, bytes]:
    """The same change in both twins."""
    result = dict(files)
    for language in ("es", "en"):
        result = replaced(result, f"{stem}.{language}.md", old, new)
    return result


def course() -> Course:
    """The miniature course itself, which has no fault."""
    found, faults = checked(miniature())
    assert found is not None and faults == []
    return found
