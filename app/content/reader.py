"""Files in, a frozen course out, with every fault at once. Nothing is read from disk here."""

from __future__ import annotations

import re
from collections.abc import Mapping as Files

from app.content.course_reader import join_course, join_module, read_course_text, read_module_text
from app.content.draft import Draft
from app.content.faults import Fault, Faults
from app.content.figures import check_numerals, read_figures
from app.content.glossary import LANGUAGES, Glossary
from app.content.page import MediaUrl, Page, Picture, Site, UnitUrl, slug_of
from app.content.pictures import ENDINGS, ending_of, read_picture
from app.content.source import read_source, text_of
from app.content.tree import Course, Module, Unit
from app.content.twins import compare, join
from app.content.unit_reader import read_unit

_NUMBERED = re.compile(r"(\d{2,3})-([a-z0-9]+(?:-[a-z0-9]+)*)")
_PAGE = re.compile(r"(\d{2,3}-[a-z0-9-]+)/(\d{2,3}-[a-z0-9-]+)\.(es|en)\.md")


class Reading:
    """One reading of one course: what is where, what was found, and the drafts for those who check or mend them."""

    def __init__(
        self, slug: str, files: Files[str, bytes], *, glossary: Glossary | None = None, neighbours: frozenset[str] = frozenset(),
        media_url: MediaUrl | None = None, unit_url: UnitUrl | None = None,
    ) -> None:  # fmt: skip
        self.slug, self.files, self.faults = slug, files, Faults()
        self.glossary = glossary or {}
        self.one_language = sum(f"course.{language}.md" in files for language in LANGUAGES) == 1
        self.used: set[str] = set()
        self.course_drafts: list[Draft] = []
        self.units: list[list[Draft]] = []
        self.modules: list[tuple[str, list[Draft]]] = []
        pages = {path: (slug_of(found.group(1)), slug_of(found.group(2))) for path in sorted(files) if (found := _PAGE.fullmatch(path))}
        self.site = Site(
            slug, pages, self._pictures(), neighbours, media_url or (lambda path: f"/media/{slug}/{path}"),
            unit_url or (lambda language, module, unit: f"/{language}/courses/{slug}/{module}/{unit}"),
        )  # fmt: skip
        self.course = self._course()

    def page(self, path: str, language: str) -> Page:
        """A page of this course, about to be rendered."""
        return Page(path, language, self.site, self.faults.at(path), terms=self.glossary.get(language, {}))

    def _pictures(self) -> dict[str, Picture]:
        pictures: dict[str, Picture] = {}
        for path, data in self.files.items():
            if ending_of(path) in ENDINGS:
                picture = read_picture(path, data, self.faults.at(path))
                if picture is not None:
                    pictures[path] = picture
        return pictures

    def _course(self) -> Course | None:
        drafts = self._pair("course")
        if not drafts:
            self.faults.at("").add("course-missing")
        course_drafts = self.course_drafts = [draft for draft in drafts if read_course_text(draft, self)]
        folders = sorted({path.split("/")[0] for path in self.files if "/" in path})
        modules = [module for folder in folders if (module := self._module(folder)) is not None]
        self._twice([folder for folder in folders if _NUMBERED.fullmatch(folder)], "")
        if len(course_drafts) == 2:
            compare(course_drafts[0], course_drafts[1])
        self._unused(drafts)
        if not course_drafts:
            return None
        return join_course(course_drafts, self.slug, tuple(modules), self)

    def _pair(self, stem: str) -> list[Draft]:
        drafts = []
        for language in LANGUAGES:
            path = f"{stem}.{language}.md"
            if path in self.files:
                self.used.add(path)
                drafts.append(Draft(path, language, stem.rsplit("/", 1)[-1], self.page(path, language)))
        if len(drafts) == 1 and not self.one_language:
            other = "en" if drafts[0].language == "es" else "es"
            drafts[0].page.faults.add("twin-missing", 0, file=f"{stem}.{other}.md")
        return drafts

    def _module(self, folder: str) -> Module | None:
        inside = sorted(path for path in self.files if path.startswith(folder + "/"))
        if not _NUMBERED.fullmatch(folder):
            if any(path.endswith(".md") for path in inside):
                self.faults.at(folder).add("file-name")
            return None
        for path in inside:
            if path.count("/") > 1:
                self.faults.at(path).add("too-deep")
        drafts = [draft for draft in self._pair(f"{folder}/module") if read_module_text(draft, self)]
        if not drafts:
            self.faults.at(folder).add("module-missing", folder=folder)
        if len(drafts) == 2:
            compare(drafts[0], drafts[1])
        self.modules.append((folder, drafts))
        stems = sorted({path.rsplit(".", 2)[0] for path in inside if _PAGE.fullmatch(path)})
        self._twice([stem.split("/")[1] for stem in stems], folder)
        units = [unit for stem in stems if (unit := self._unit(stem)) is not None]
        if not units:
            self.faults.at(folder).add("module-empty")
        return join_module(drafts, slug_of(folder), tuple(units))

    def _unit(self, stem: str) -> Unit | None:
        drafts = []
        for blank in self._pair(stem):
            source = read_source(blank.path, self.files, blank.page.faults)
            if source is not None:
                drafts.append(read_unit(source, blank.page))
        if not drafts:
            return None
        if len(drafts) == 2:
            compare(drafts[0], drafts[1])
        figures_path = f"{stem}.figures.yaml"
        figures = None
        if figures_path in self.files:
            self.used.add(figures_path)
            text = text_of(self.files[figures_path], self.faults.at(figures_path))
            figures = read_figures(text, self.faults.at(figures_path)) if text is not None else None
        if figures_path not in self.files or figures is not None:
            check_numerals(drafts, figures, figures_path)
        self.units.append(drafts)
        return join(drafts, *self.site.pages[drafts[0].path])

    def _twice(self, names: list[str], folder: str) -> None:
        for place, what in ((0, "number"), (1, "slug")):
            seen: set[str] = set()
            for name in names:
                part = (name.split("-", 1)[0].lstrip("0") or "0") if place == 0 else slug_of(name)
                if part in seen:
                    code = "number-twice" if what == "number" else "slug-twice"
                    self.faults.at(f"{folder}/{name}".lstrip("/")).add(code, number=part, slug=part)
                seen.add(part)

    def _unused(self, drafts: list[Draft]) -> None:
        shown = {path for group in self.units for draft in group for path in draft.page.pictures}
        shown |= {path for draft in drafts for path in draft.page.pictures}
        shown |= {path for _, group in self.modules for draft in group for path in draft.page.pictures}
        for path in sorted(set(self.files) - self.used - shown):
            name = path.rsplit("/", 1)[-1]
            if name.endswith(".md") and name.lower() not in ("readme.md", "license.md"):
                self.faults.at(path).add("file-name")
            elif not name.lower().startswith(("readme", "license")):
                self.faults.at(path).add("file-unknown")


def read_course(
    slug: str, files: Files[str, bytes], *, glossary: Glossary | None = None, neighbours: frozenset[str] = frozenset(),
    media_url: MediaUrl | None = None, unit_url: UnitUrl | None = None,
) -> tuple[Course | None, list[Fault]]:  # fmt: skip
    """Compile a course from files (path inside its folder -> bytes).

    `media_url(path)` and `unit_url(language, module, unit)` give addresses; without them the site's own. `neighbours` are the
    paths of all content (`markets/01-x/02-y.es.md`), for links between courses. Never raises on what the files hold.
    """
    reading = Reading(slug, files, glossary=glossary, neighbours=neighbours, media_url=media_url, unit_url=unit_url)
    return reading.course, sorted(reading.faults.items)
