"""Compiled courses, kept in memory by each process up to a limit of bytes."""

import pickle
from collections import OrderedDict
from threading import Lock
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from app.catalog.compiling import compile_course
from app.catalog.models import CourseHead, Edition, SourceFile
from app.content.tree import Course
from app.kernel.errors import NotFound
from app.kernel.settings import settings

# A tree of Python objects takes about this many times the memory of its pickle (measured with tracemalloc on finance).
MEMORY_PER_PICKLED_BYTE = 2

_manifest = select(Edition.course_slug, Edition.manifest).where(Edition.id == bindparam("edition_id"))
_contents = select(SourceFile.hash, SourceFile.content).where(col(SourceFile.hash).in_(bindparam("hashes", expanding=True)))
_head = (
    select(Edition.id, Edition.number)
    .join(CourseHead, col(CourseHead.edition_id) == Edition.id)
    .where(CourseHead.course_slug == bindparam("course_slug"))
)
_aliases = select(CourseHead.course_slug, Edition.summary).join(Edition, col(CourseHead.edition_id) == Edition.id)


class CourseCache:
    """The least recently used courses leave when the limit is passed."""

    def __init__(self) -> None:
        self.courses: OrderedDict[UUID, tuple[Course, int]] = OrderedDict()
        self.size = 0
        self.lock = Lock()

    def get(self, edition_id: UUID) -> Course | None:
        with self.lock:
            if (found := self.courses.get(edition_id)) is None:
                return None
            self.courses.move_to_end(edition_id)
            return found[0]

    def keep(self, edition_id: UUID, course: Course) -> None:
        size = len(pickle.dumps(course)) * MEMORY_PER_PICKLED_BYTE
        with self.lock:
            _, old = self.courses.pop(edition_id, (None, 0))
            self.courses[edition_id] = (course, size)
            self.size += size - old
            while self.size > settings().course_cache_megabytes * 1_000_000 and len(self.courses) > 1:
                _, (_, dropped) = self.courses.popitem(last=False)
                self.size -= dropped


cache = CourseCache()
_compiling = Lock()


def compiled(db: Session, edition_id: UUID) -> Course:
    """The course as an edition has it. Raises NotFound for an edition that does not exist."""
    if (course := cache.get(edition_id)) is not None:
        return course
    with _compiling:  # who asks for the same edition meanwhile gets it from the cache
        if (course := cache.get(edition_id)) is not None:
            return course
        slug, files = files_of(db, edition_id)
        made = compile_course(slug, files)
        if made is None:
            raise RuntimeError(f"The edition {edition_id} of {slug} cannot be compiled any more.")
        cache.keep(edition_id, made)
    return made


def files_of(db: Session, edition_id: UUID) -> tuple[str, dict[str, bytes]]:
    """The slug of an edition's course and its files, as they were written."""
    row: Any = db.connection().execute(_manifest, {"edition_id": edition_id}).first()
    if row is None:
        raise NotFound
    slug, manifest = row
    rows: Any = db.connection().execute(_contents, {"hashes": sorted(set(manifest.values()))})
    contents: dict[str, bytes] = dict(rows.all())
    return slug, {path: contents[digest] for path, digest in manifest.items()}


def head_edition(db: Session, slug: str) -> tuple[UUID, int] | None:
    """(id, number) of the edition that new learners of a course get; None for a course that is not published."""
    row: Any = db.connection().execute(_head, {"course_slug": slug}).first()
    return None if row is None else (row[0], row[1])


def head_edition_id(db: Session, slug: str) -> UUID | None:
    """The id of the edition that new learners of a course get; None for a course that is not published."""
    head = head_edition(db, slug)
    return head and head[0]


def slug_now(db: Session, old_slug: str) -> str | None:
    """The present slug of a course that was renamed; None when no course had that name."""
    for slug, summary in db.connection().execute(_aliases):
        if old_slug in summary.get("aliases", ()):
            return str(slug)
    return None
