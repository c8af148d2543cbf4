"""From files to a course tree with the site's own addresses. Pure: no database, no disk."""

import hashlib
from collections.abc import Mapping
from pathlib import PurePosixPath

from app.content.checker import check_reading
from app.content.faults import Fault, Faults
from app.content.glossary import read_glossary
from app.content.reader import Reading
from app.content.tree import Course
from app.kernel.clock import now

GLOSSARY = "../"  # the glossary is shared by all courses and lies beside them
PICTURE_NAME = 20  # characters of a picture's hash in its address: 80 bits


class EveryPath(frozenset[str]):
    """The neighbours of an edition that was checked when it was published: every link to another course is let be."""

    def __contains__(self, _path: object) -> bool:
        return True


def compile_course(slug: str, files: Mapping[str, bytes]) -> Course | None:
    """The course that an edition's files make; it was checked when it was published."""
    return _read(slug, files, EveryPath())[0].course


def check_course(slug: str, files: Mapping[str, bytes], neighbours: frozenset[str]) -> tuple[Course | None, tuple[Fault, ...]]:
    """The course that files make, and all that is wrong with it. Paths starting with ../ are the shared glossary."""
    reading, glossary_faults = _read(slug, files, neighbours)
    check_reading(reading, now().date())
    return reading.course, (*glossary_faults, *sorted(reading.faults.items))


def _read(slug: str, files: Mapping[str, bytes], neighbours: frozenset[str]) -> tuple[Reading, list[Fault]]:
    own = {path: content for path, content in files.items() if not path.startswith(GLOSSARY)}
    shared = {path.removeprefix(GLOSSARY): content for path, content in files.items() if path.startswith(GLOSSARY)}
    faults = Faults()
    glossary = read_glossary(shared, faults)
    reading = Reading(slug, own, glossary=glossary, neighbours=neighbours, media_url=lambda path: media_url(path, own.get(path, b"")))
    return reading, faults.items


def hash_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def media_url(path: str, content: bytes) -> str:
    """The address of a picture: its content's hash, so that browsers may keep it for ever."""
    return f"/media/{hash_of(content)[:PICTURE_NAME]}{PurePosixPath(path).suffix.lower()}"
