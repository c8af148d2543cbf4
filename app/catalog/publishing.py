"""Publishing: a course's files become an edition, and the head moves to it. One publisher of a course at a time."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import func, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from app.catalog import heads
from app.catalog.compiling import EveryPath, check_course, hash_of
from app.catalog.courses import cache
from app.catalog.events import EditionPublished
from app.catalog.indexing import index_course
from app.catalog.models import CourseHead, Edition, SourceFile
from app.catalog.requirements import requirements_hash
from app.catalog.summaries import summary_of
from app.content.faults import Fault
from app.content.tree import Course
from app.kernel.clock import now
from app.kernel.events import publish as tell

Kind = Literal["first", "correction", "revision", "unchanged", "refused", "diverged"]
PUBLISHERS = 7_315_002  # the advisory lock of whoever publishes, with the course beside it


@dataclass(frozen=True)
class Publication:
    """What publishing did. `edition` is the head afterwards (None when there is none); `faults` are the course's."""

    edition: Edition | None
    kind: Kind
    faults: tuple[Fault, ...] = ()

    @property
    def changed(self) -> bool:
        return self.kind in ("first", "correction", "revision")


@dataclass(frozen=True)
class Prepared:
    """A course that was compiled outside the transaction: compiling takes long, and there is one writer."""

    slug: str
    files: Mapping[str, bytes]
    manifest: dict[str, str]
    manifest_hash: str
    course: Course | None
    faults: tuple[Fault, ...]


def prepare(slug: str, files: Mapping[str, bytes], neighbours: frozenset[str] | None = None, found: tuple[Fault, ...] = ()) -> Prepared:
    """Compiles and checks. A course with errors is prepared without its tree, and will be refused.

    `neighbours` are the paths of all content, for links between courses (None: not checked); `found` are faults that
    reading the files has met.
    """
    manifest = manifest_of(files)
    course, faults = check_course(slug, files, EveryPath() if neighbours is None else neighbours)
    faults = (*found, *faults)
    if any(fault.severity == "error" for fault in faults):
        course = None
    return Prepared(slug, files, manifest, hash_of_manifest(manifest), course, faults)


def manifest_of(files: Mapping[str, bytes]) -> dict[str, str]:
    """Path -> hash of the content, in the order of the paths."""
    return {path: hash_of(content) for path, content in sorted(files.items())}


def hash_of_manifest(manifest: Mapping[str, str]) -> str:
    return hash_of(json.dumps(manifest).encode())


def published_from_folder(db: Session, slug: str, manifest_hash: str) -> Edition | None:
    """The head of a course whose folder still holds what was last published from it; None when there is something to do.

    Ask this first: it costs a query, and preparing a course costs seconds.
    """
    head = db.get(CourseHead, slug)
    last = db.get(Edition, head.folder_edition_id) if head and head.folder_edition_id else None
    return db.get(Edition, head.edition_id) if head and last and last.manifest_hash == manifest_hash else None


def publish(db: Session, slug: str, files: Mapping[str, bytes], *, origin: str = "folder", prepared: Prepared | None = None) -> Publication:
    """Stores an edition and moves the head; what is published already, or faulty, changes nothing.

    Give `prepared` where requests wait for the same writer. Learners hear of it by EditionPublished.
    """
    ready = prepared or prepare(slug, files)
    lock(db, slug)
    head = db.get(CourseHead, slug, with_for_update=True)
    current = db.get(Edition, head.edition_id) if head else None
    if ready.course is None:
        return Publication(current, "refused", ready.faults)
    if current is not None and current.manifest_hash == ready.manifest_hash:
        _remember_origin(head, current, origin)
        return Publication(current, "unchanged", ready.faults)
    edition = _store(db, ready, ready.course, current, origin)
    head = _move_head(db, head, edition, ready.course, origin)
    index_course(db, ready.course)
    cache.keep(edition.id, ready.course)
    tell(db, EditionPublished(slug, edition.id, edition.kind, edition.parent_id))
    heads.look_again(db)
    kind: Kind = "first" if current is None else "correction" if edition.kind == "correction" else "revision"
    return Publication(edition, kind, ready.faults)


def publish_from_folder(db: Session, ready: Prepared, *, take_folder: bool = False) -> Publication:
    """Publishes what changed in the folder since its own last publish, if that is still the head.

    Where the head has moved on elsewhere and the folder changed too, nothing is done and "diverged" is reported:
    someone decides, and `take_folder` is the decision for the folder.
    """
    lock(db, ready.slug)
    head = db.get(CourseHead, ready.slug, with_for_update=True)
    if head is not None and not take_folder:
        if (current := published_from_folder(db, ready.slug, ready.manifest_hash)) is not None:
            return Publication(current, "unchanged", ready.faults)
        if head.folder_edition_id != head.edition_id:
            current = db.get(Edition, head.edition_id)
            same = current is not None and current.manifest_hash == ready.manifest_hash
            if not same and ready.course is not None:
                return Publication(current, "diverged", ready.faults)
    return publish(db, ready.slug, ready.files, prepared=ready)


def standing(db: Session, ready: Prepared) -> str:
    """What publishing this folder would meet, in words for the shell."""
    head = db.get(CourseHead, ready.slug)
    if head is None:
        return "not published yet"
    current, last = db.get(Edition, head.edition_id), db.get(Edition, head.folder_edition_id) if head.folder_edition_id else None
    number = current.number if current else 0
    if current is not None and current.manifest_hash == ready.manifest_hash:
        return f"edition {number}, the same as the folder"
    if last is not None and last.manifest_hash == ready.manifest_hash:
        return f"edition {number}, changed elsewhere; the folder has not changed"
    if head.folder_edition_id != head.edition_id:
        return f"edition {number}, changed elsewhere, and the folder changed too"
    return f"edition {number}; the folder has changes to publish"


def lock(db: Session, slug: str) -> None:
    """Waits until nobody else publishes this course, until the transaction ends. On SQLite the one writer is the lock."""
    if db.get_bind().dialect.name == "postgresql":
        number = int.from_bytes(hashlib.sha256(slug.encode()).digest()[:4], "big", signed=True)
        db.execute(text("SELECT pg_advisory_xact_lock(:publishers, :course)"), {"publishers": PUBLISHERS, "course": number})


def _store(db: Session, ready: Prepared, course: Course, current: Edition | None, origin: str) -> Edition:
    insert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    contents = {ready.manifest[path]: content for path, content in ready.files.items()}
    rows = [{"hash": digest, "content": content} for digest, content in contents.items()]
    db.execute(insert(SourceFile).on_conflict_do_nothing(), rows)
    requirements = requirements_hash(course)
    kind = "first" if current is None else "correction" if current.requirements_hash == requirements else "revision"
    last = db.exec(select(func.max(Edition.number)).where(col(Edition.course_slug) == ready.slug)).one() or 0
    edition = Edition(
        course_slug=ready.slug,
        number=last + 1,
        manifest=ready.manifest,
        manifest_hash=ready.manifest_hash,
        requirements_hash=requirements,
        summary=summary_of(course),
        kind=kind,
        origin=origin,
        parent_id=current.id if current else None,
    )
    db.add(edition)
    db.flush()
    return edition


def _move_head(db: Session, head: CourseHead | None, edition: Edition, course: Course, origin: str) -> CourseHead:
    if head is None:
        head = CourseHead(course_slug=edition.course_slug, edition_id=edition.id)
        db.add(head)
    head.edition_id, head.sort_order, head.moved_at = edition.id, course.order, now()
    _remember_origin(head, edition, origin)
    db.flush()
    return head


def _remember_origin(head: CourseHead | None, edition: Edition, origin: str) -> None:
    if head is not None and origin == "folder":
        head.folder_edition_id = edition.id
