"""A content folder on disk: which courses it holds, and each of them read."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from app.content.faults import Faults
from app.content.glossary import Glossary, read_glossary
from app.content.page import MediaUrl, UnitUrl
from app.content.reader import Reading
from app.content.source import read_folder
from app.content.wording import FILE, Phrase, check_wording, read_wording


@dataclass(slots=True)
class Content:
    """`folder` is the content root, or one course's folder when `single`. `courses` maps slug -> its files."""

    folder: Path
    single: bool
    glossary: Glossary
    courses: dict[str, dict[str, bytes]]
    neighbours: frozenset[str]
    faults: Faults = field(default_factory=Faults)
    wording: tuple[Phrase, ...] = ()

    def folder_of(self, slug: str) -> Path:
        return self.folder if self.single else self.folder / slug

    def read(self, slug: str, media_url: MediaUrl | None = None, unit_url: UnitUrl | None = None) -> Reading:
        """Compile one course."""
        files = self.courses[slug]
        return Reading(slug, files, glossary=self.glossary, neighbours=self.neighbours, media_url=media_url, unit_url=unit_url)

    def check_wording(self, slug: str, faults: Faults) -> None:
        """Note what a course says and should not."""
        check_wording(self.courses[slug], self.wording, faults)

    def reopened(self) -> Content:
        """The same folder read anew."""
        return open_content(self.folder)


def open_content(folder: Path) -> Content:
    """Read a content folder, or a single course's folder (its glossary and neighbours are then found beside it)."""
    faults = Faults()
    single = any((folder / f"course.{language}.md").is_file() for language in ("es", "en"))
    if single:
        slug = folder.resolve().name
        files = read_folder(folder, faults)
        around = folder.resolve().parent
        terms = {path.name: path.read_bytes() for path in sorted(around.glob("glossary.*.md")) if path.is_file()}
        beside = frozenset(path.relative_to(around).as_posix() for path in around.glob("*/*/*.md"))
        avoided = {path.name: path.read_bytes() for path in around.glob(FILE) if path.is_file()}
        wording = read_wording(avoided, Faults())
        return Content(folder, True, read_glossary(terms, Faults()), {slug: files}, beside, faults, wording)
    files = read_folder(folder, faults)
    courses: dict[str, dict[str, bytes]] = {}
    for path, data in files.items():
        slug, _, rest = path.partition("/")
        if rest:
            courses.setdefault(slug, {})[rest] = data
    shared = {path: data for path, data in files.items() if "/" not in path}
    wording = read_wording(shared, faults)
    check_wording(shared, wording, faults)
    return Content(folder, False, read_glossary(shared, faults), courses, frozenset(files), faults, wording)
