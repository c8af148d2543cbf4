"""Who meets which course in which edition, and how far they are."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from app.catalog.courses import compiled, head_edition, slug_now
from app.catalog.models import Edition
from app.content.tree import Course, Module, Unit
from app.kernel.errors import N_, NotFound, Refusal
from app.learning.models import Enrollment, Result, UnitProgress


class Moved(Refusal):
    """The course or unit has another address now; the page answers with the way there."""

    status = 308
    message = N_("This page has moved.")

    def __init__(self, course: str, module: str = "", unit: str = "") -> None:
        self.course, self.module, self.unit = course, module, unit
        super().__init__()


class EnrollmentNeeded(Refusal):
    """The page answers with the course page, where one tap enrolls."""

    status = 403
    message = N_("Start the course first: it takes one tap.")

    def __init__(self, course: str = "") -> None:
        self.course = course
        super().__init__()


@dataclass(frozen=True, slots=True)
class OpenEnrollment:
    """An enrollment that was not withdrawn, as a request needs to know it."""

    id: UUID
    user_id: UUID
    course_slug: str
    edition_id: UUID
    enrolled_at: datetime
    completed_at: datetime | None
    last_unit_id: str
    last_seen_at: datetime


@dataclass(frozen=True, slots=True)
class Met:
    """A course as somebody meets it: enrolled people their pinned edition, everybody else the head."""

    course: Course
    edition_id: UUID
    edition_number: int
    enrollment: OpenEnrollment | None

    @property
    def enrollment_id(self) -> UUID:
        """The id of the enrollment. Raises EnrollmentNeeded where there is none."""
        if self.enrollment is None:
            raise EnrollmentNeeded(self.course.slug)
        return self.enrollment.id


@dataclass(frozen=True, slots=True)
class FoundUnit:
    """A unit at its address, in the edition that the viewer meets."""

    met: Met
    module: Module
    unit: Unit


@dataclass(frozen=True, slots=True)
class Progress:
    """Unit ids that a learner has opened, and those they said they were done with."""

    opened: frozenset[str] = frozenset()
    done: frozenset[str] = frozenset()


NO_PROGRESS = Progress()

_of_enrollment = tuple(getattr(Enrollment, name) for name in OpenEnrollment.__slots__)
_mine = (
    select(*_of_enrollment, Edition.number)  # type: ignore[call-overload]
    .join(Edition, col(Edition.id) == Enrollment.edition_id)
    .where(
        Enrollment.user_id == bindparam("user_id"),
        Enrollment.course_slug == bindparam("course_slug"),
        col(Enrollment.withdrawn_at).is_(None),
    )
)
_passed = select(Result.unit_id).where(Result.enrollment_id == bindparam("enrollment_id"), col(Result.passed).is_(True)).distinct()
_all_mine = (
    select(*_of_enrollment, Edition.number)  # type: ignore[call-overload]
    .join(Edition, col(Edition.id) == Enrollment.edition_id)
    .where(Enrollment.user_id == bindparam("user_id"), col(Enrollment.withdrawn_at).is_(None))
    .order_by(col(Enrollment.last_seen_at).desc())
)
_all_progress = (
    select(UnitProgress.enrollment_id, UnitProgress.unit_id, UnitProgress.done_at)
    .join(Enrollment, col(Enrollment.id) == UnitProgress.enrollment_id)
    .where(Enrollment.user_id == bindparam("user_id"))
)
_all_passed = (
    select(Result.enrollment_id, Result.unit_id)
    .join(Enrollment, col(Enrollment.id) == Result.enrollment_id)
    .where(Enrollment.user_id == bindparam("user_id"), col(Result.passed).is_(True))
)
_progress = select(UnitProgress.unit_id, UnitProgress.done_at).where(UnitProgress.enrollment_id == bindparam("enrollment_id"))


def find_met(db: Session, user_id: UUID | None, slug: str) -> Met:
    """The course as a person (None: a visitor) meets it. Raises NotFound, or Moved for a course that was renamed."""
    if user_id is not None:
        row: Any = db.connection().execute(_mine, {"user_id": user_id, "course_slug": slug}).first()
        if row is not None:
            enrollment = OpenEnrollment(*row[:-1])
            return Met(compiled(db, enrollment.edition_id), enrollment.edition_id, row[-1], enrollment)
    head = head_edition(db, slug)
    if head is None:
        if (now_called := slug_now(db, slug)) is not None:
            raise Moved(now_called)
        raise NotFound
    return Met(compiled(db, head[0]), head[0], head[1], None)


def find_unit(met: Met, module_slug: str, unit_slug: str) -> FoundUnit:
    """The unit at an address. Raises NotFound, or Moved for an address that it had before."""
    unit = met.course.unit(module_slug, unit_slug)
    if unit is None:
        raise NotFound
    if (unit.module, unit.slug) != (module_slug, unit_slug):
        raise Moved(met.course.slug, unit.module, unit.slug)
    module = met.course.module(unit.module)
    if module is None:
        raise NotFound
    return FoundUnit(met, module, unit)


def progress_of(db: Session, enrollment: OpenEnrollment | None) -> Progress:
    """How far a learner is; nothing for who is not enrolled."""
    if enrollment is None:
        return NO_PROGRESS
    rows: Any = db.connection().execute(_progress, {"enrollment_id": enrollment.id}).all()
    return Progress(frozenset(row[0] for row in rows), frozenset(row[0] for row in rows if row[1] is not None))


def passed_units(db: Session, enrollment: OpenEnrollment | None) -> frozenset[str]:
    """Ids of the quizzes and exercises that a learner has passed."""
    if enrollment is None:
        return frozenset()
    rows: Any = db.connection().execute(_passed, {"enrollment_id": enrollment.id}).all()
    return frozenset(row[0] for row in rows)


@dataclass(frozen=True, slots=True)
class Study:
    """A course that somebody takes, with how far they are."""

    met: Met
    enrollment: OpenEnrollment
    progress: Progress
    passed: frozenset[str]


def studies_of(db: Session, user_id: UUID) -> list[Study]:
    """Everything a person takes, what they touched last first. Three statements, however much it is."""
    connection, of = db.connection(), {"user_id": user_id}
    opened: dict[UUID, set[str]] = defaultdict(set)
    done: dict[UUID, set[str]] = defaultdict(set)
    passed: dict[UUID, set[str]] = defaultdict(set)
    enrollments: Any = connection.execute(_all_mine, of).all()
    for enrollment_id, unit_id, done_at in connection.execute(_all_progress, of) if enrollments else ():
        opened[enrollment_id].add(unit_id)
        if done_at is not None:
            done[enrollment_id].add(unit_id)
    for enrollment_id, unit_id in connection.execute(_all_passed, of) if enrollments else ():
        passed[enrollment_id].add(unit_id)
    studies = []
    for row in enrollments:
        one = OpenEnrollment(*row[:-1])
        progress = Progress(frozenset(opened[one.id]), frozenset(done[one.id]))
        met = Met(compiled(db, one.edition_id), one.edition_id, row[-1], one)
        studies.append(Study(met, one, progress, frozenset(passed[one.id])))
    return studies
