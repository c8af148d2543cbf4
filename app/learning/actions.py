"""Changes to learning: enrollment, progress, the ledger."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from app.catalog.events import EditionPublished
from app.kernel.clock import now
from app.kernel.events import publish
from app.learning.events import ResultRecorded
from app.learning.models import Enrollment, Result, UnitProgress


def enroll(db: Session, user_id: UUID, course_slug: str, edition_id: UUID) -> Enrollment:
    """Enrolls, once however often it is asked. Who comes back after withdrawing finds their edition and progress again."""
    values = Enrollment(user_id=user_id, course_slug=course_slug, edition_id=edition_id).model_dump()
    db.execute(_insert(db, Enrollment).values(values).on_conflict_do_nothing(index_elements=["user_id", "course_slug"]))
    enrollment = db.exec(select(Enrollment).where(Enrollment.user_id == user_id, Enrollment.course_slug == course_slug)).one()
    if enrollment.withdrawn_at is not None:
        enrollment.withdrawn_at, enrollment.last_seen_at = None, now()
    return enrollment


def withdraw(db: Session, enrollment_id: UUID) -> None:
    """Ends an enrollment and keeps everything that belongs to it."""
    open_one = (col(Enrollment.id) == enrollment_id, col(Enrollment.withdrawn_at).is_(None))
    db.execute(update(Enrollment).where(*open_one).values(withdrawn_at=now()))


def open_unit(db: Session, enrollment_id: UUID, unit_id: str, moment: datetime) -> bool:
    """Notes that a unit was opened and that the learner is there now. Returns whether it was the first time."""
    fresh = (
        _insert(db, UnitProgress)
        .values(enrollment_id=enrollment_id, unit_id=unit_id, opened_at=moment, done_at=None)
        .on_conflict_do_nothing()
        .returning(UnitProgress.unit_id)
    )
    later = (col(Enrollment.id) == enrollment_id, col(Enrollment.last_seen_at) <= moment)
    db.execute(update(Enrollment).where(*later).values(last_unit_id=unit_id, last_seen_at=moment))
    return db.execute(fresh).first() is not None


def finish_unit(db: Session, enrollment_id: UUID, unit_id: str) -> None:
    """Notes that the learner said they are done with a unit; saying it again keeps the first moment."""
    open_unit(db, enrollment_id, unit_id, now())
    not_yet = (col(UnitProgress.enrollment_id) == enrollment_id, col(UnitProgress.unit_id) == unit_id, col(UnitProgress.done_at).is_(None))
    db.execute(update(UnitProgress).where(*not_yet).values(done_at=now()))


def move_with_correction(db: Session, published: EditionPublished) -> None:
    """A correction reaches everyone who is on the edition it corrects; a revision leaves them where they are."""
    if published.kind == "correction" and published.parent_id is not None:
        theirs = col(Enrollment.edition_id) == published.parent_id
        db.execute(update(Enrollment).where(theirs).values(edition_id=published.edition_id))


def _insert(db: Session, table: type[Any]) -> Any:
    return (sqlite if db.get_bind().dialect.name == "sqlite" else postgresql).insert(table)


def record_result(
    db: Session,
    enrollment_id: UUID,
    unit_id: str,
    activity: str,
    *,
    score: float,
    maximum: float,
    passed: bool,
    source_kind: str,
    source_id: UUID,
    attempt_number: int = 1,
) -> Result:
    """Writes a line of the ledger; the same source reporting again replaces its line."""
    found = db.exec(select(Result).where(Result.source_kind == source_kind, Result.source_id == source_id)).first()
    result = found or Result(
        enrollment_id=enrollment_id,
        unit_id=unit_id,
        activity=activity,
        score=0,
        maximum=0,
        passed=False,
        source_kind=source_kind,
        source_id=source_id,
    )
    result.score, result.maximum, result.passed = score, maximum, passed
    result.attempt_number, result.recorded_at = attempt_number, now()
    db.add(result)
    db.flush()
    publish(db, ResultRecorded(enrollment_id, unit_id, passed))
    return result
