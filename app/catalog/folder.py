"""The content folder: which courses lie in it, and the files of each."""

from dataclasses import dataclass
from pathlib import Path

from app.catalog.compiling import GLOSSARY
from app.content.faults import Fault, Faults
from app.content.source import read_folder


@dataclass(frozen=True)
class CourseFolder:
    """A course as it lies on disk. `faults` are those of reading (links that lead out, huge files)."""

    slug: str
    files: dict[str, bytes]
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class ContentFolder:
    courses: tuple[CourseFolder, ...]
    neighbours: frozenset[str]


def read_content(folder: Path) -> ContentFolder:
    """Every course under a folder: a directory with a course.<lang>.md. The shared glossary goes with each."""
    glossary = {
        f"{GLOSSARY}{path.name}": path.read_bytes()
        for path in sorted(folder.glob("glossary.*.md"))
        if path.is_file() and not path.is_symlink()
    }
    courses = []
    for place in sorted({path.parent for path in folder.glob("*/course.*.md")}):
        faults = Faults()
        files = read_folder(place, faults)
        courses.append(CourseFolder(place.name, {**files, **glossary}, tuple(faults.items)))
    paths = (f"{course.slug}/{path}" for course in courses for path in course.files if not path.startswith(GLOSSARY))
    return ContentFolder(tuple(courses), frozenset(paths))
