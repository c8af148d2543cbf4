"""What a text needs to know about the page it stands on: language, links, pictures, glossary words, faults."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from app.content.faults import Faults

MediaUrl = Callable[[str], str]
UnitUrl = Callable[[str, str, str], str]


@dataclass(frozen=True, slots=True)
class Term:
    """One glossary entry in one language; `html` is the definition, inline and sanitised."""

    id: str
    title: str
    html: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that is fit to be shown. `weight` is its size on the wire in bytes; width and height in pixels."""

    path: str
    weight: int
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Site:
    """Everything a course's texts may point at. Paths are relative to the course folder."""

    course: str
    pages: Mapping[str, tuple[str, str]]
    pictures: Mapping[str, Picture]
    neighbours: frozenset[str]
    media_url: MediaUrl
    unit_url: UnitUrl


@dataclass(slots=True)
class Page:
    """One file being rendered. `first_line` is the line of the file that token line 0 stands for."""

    path: str
    language: str
    site: Site
    faults: Faults
    first_line: int = 1
    terms: Mapping[str, Term] = field(default_factory=dict)
    placeholders: bool = False
    gaps: bool = False
    pictures: list[str] = field(default_factory=list)
    used_ids: set[str] = field(default_factory=set)
    glosses: int = 0

    def line(self, token_map: list[int] | None, offset: int = 0) -> int:
        return self.first_line + (token_map[0] if token_map else 0) + offset

    def resolve(self, target: str) -> str:
        """A path written in this file as a path relative to the course folder ("../x" where it leaves it)."""
        folder = posixpath.dirname(self.path)
        return posixpath.normpath(posixpath.join(folder, unquote(target)))

    def unique_id(self, wanted: str) -> str:
        """An id that no other element of the page has."""
        name, number = wanted, 2
        while name in self.used_ids:
            name, number = f"{wanted}-{number}", number + 1
        self.used_ids.add(name)
        return name

    def picture(self, target: str, line: int) -> Picture | None:
        """The picture a text shows, or None and a fault."""
        path = self.resolve(target)
        picture = self.site.pictures.get(path)
        if picture is None:
            self.faults.add("picture-missing", line, path=target)
            return None
        stem = path.rsplit(".", 2)
        if len(stem) == 3 and len(stem[1]) == 2 and stem[1] != self.language:
            self.faults.add("link-language", line, path=target)
        if path not in self.pictures:
            self.pictures.append(path)
        return picture

    def href(self, target: str, line: int) -> str:
        """The address a link leads to; "" and a fault where there is none."""
        if target.startswith(("https://", "mailto:", "tel:")):
            return target
        if target.startswith("#"):
            return target
        if ":" in target.split("/", maxsplit=1)[0]:
            self.faults.add("link-scheme", line, link=target)
            return ""
        bare, _, anchor = target.partition("#")
        path = self.resolve(bare)
        suffix = f"#{anchor}" if anchor else ""
        if path in self.site.pages:
            if not path.endswith(f".{self.language}.md"):
                self.faults.add("link-language", line, path=target)
            return self.site.unit_url(self.language, *self.site.pages[path]) + suffix
        if path.startswith("../") and path[3:] in self.site.neighbours and path.endswith(f".{self.language}.md"):
            return neighbour_url(self.language, path[3:]) + suffix
        self.faults.add("link-broken", line, link=target)
        return ""


def slug_of(name: str) -> str:
    """`03-break-even.es.md` and `03-break-even` -> `break-even`."""
    stem = name.split(".", maxsplit=1)[0]
    number, _, rest = stem.partition("-")
    return rest if number.isdigit() else stem


def neighbour_url(language: str, path: str) -> str:
    """The fixed address of a unit of another course, from its path under content/."""
    parts = path.split("/")
    below = [] if parts[-1].startswith("course.") else [slug_of(part) for part in parts[1:]]
    return f"/{language}/courses/" + "/".join([parts[0], *below])


def slugified(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-") or "part"
