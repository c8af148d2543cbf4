"""Finding submissions: through the person they belong to, or within the scopes of a mentor."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, true
from sqlmodel import Session, col, select

from app.accounts.errors import SecondFactorNeeded
from app.accounts.models import User
from app.accounts.policies import Viewer
from app.exercises.models import Review, ReviewDraft, State, Submission, SubmissionVersion
from app.exercises.policies import may_review, reviewed_courses
from app.kernel.clock import now
from app.kernel.errors import NotFound
from app.learning.models import Enrollment

LISTED = 50  # pieces of the waiting list on one page
ONE_SITTING = timedelta(hours=12)

_of_unit = select(Submission).where(Submission.enrollment_id == bindparam("enrollment_id"), Submission.unit_id == bindparam("unit_id"))
_news = (
    select(Submission)
    .join(Enrollment, col(Enrollment.id) == Submission.enrollment_id)
    .where(
        Submission.user_id == bindparam("user_id"),
        col(Enrollment.withdrawn_at).is_(None),
        or_(col(Submission.seen_at).is_(None), col(Submission.seen_at) < col(Submission.decided_at)),
        col(Submission.decided_at).is_not(None),
    )
    .order_by(col(Submission.decided_at).desc())
    .limit(20)
)


@dataclass(frozen=True)
class Waiting:
    """A piece of work in the waiting list."""

    id: UUID
    course_slug: str
    unit_id: str
    edition_id: UUID
    version: int
    submitted_at: datetime
    author: str


@dataclass(frozen=True)
class Queue:
    """What waits for a mentor: how many, since when, and the oldest ones."""

    count: int
    oldest_at: datetime | None
    pieces: tuple[Waiting, ...] = ()

    @property
    def next_id(self) -> UUID | None:
        return self.pieces[0].id if self.pieces else None


@dataclass(frozen=True)
class Reviewed:
    """A version with what a mentor said of it, if one has."""

    version: SubmissionVersion
    review: Review | None
    mentor: str


def submission_of_unit(db: Session, enrollment_id: UUID, unit_id: str) -> Submission | None:
    found: Submission | None = db.execute(_of_unit, {"enrollment_id": enrollment_id, "unit_id": unit_id}).scalars().first()
    return found


def visible_submission(db: Session, submission_id: UUID, viewer: Viewer) -> Submission:
    """A person's own submission, or one that they review.

    Raises SecondFactorNeeded when only the second factor of this session is missing, NotFound for any other.
    """
    found = db.get(Submission, submission_id)
    if found is not None and (found.user_id == viewer.id or (found.version and may_review(viewer, found))):
        return found
    if found is not None and found.version and may_review(viewer.confirmed(), found):
        raise SecondFactorNeeded
    raise NotFound


def submission_to_review(db: Session, submission_id: UUID, viewer: Viewer, *, to_change: bool = False) -> Submission:
    """A piece of somebody else's work within the mentor's scopes, its row held when it is to be changed. Raises NotFound."""
    found = db.get(Submission, submission_id, with_for_update=to_change or None)
    if found is None or found.version == 0 or not may_review(viewer, found):
        raise NotFound
    return found


def versions_of(db: Session, submission_id: UUID) -> list[Reviewed]:
    """Every version with its review, the newest first."""
    joined = and_(col(Review.submission_id) == SubmissionVersion.submission_id, col(Review.version) == SubmissionVersion.number)
    rows = db.exec(
        select(SubmissionVersion, Review, User.name)
        .outerjoin(Review, joined)
        .outerjoin(User, col(User.id) == Review.mentor_id)
        .where(SubmissionVersion.submission_id == submission_id)
        .order_by(col(SubmissionVersion.number).desc())
    )
    return [Reviewed(version, review, name or "") for version, review, name in rows]


def review_of(db: Session, submission: Submission) -> Review | None:
    """What was said of the newest version."""
    return db.exec(select(Review).where(Review.submission_id == submission.id, Review.version == submission.version)).first()


def name_of(db: Session, user_id: UUID | None) -> str:
    user = db.get(User, user_id) if user_id else None
    return user.name if user else ""


def waiting(db: Session, viewer: Viewer, *, limit: int = LISTED) -> Queue:
    """What waits for a mentor, the oldest first: within their scopes, and never their own work."""
    is_mine = _waits_for(viewer)
    mine = select(func.count(), func.min(Submission.submitted_at)).select_from(Submission).join(Enrollment).where(is_mine)
    count, oldest_at = db.exec(mine).one()
    rows: Any = db.execute(
        select(  # type: ignore[call-overload]
            Submission.id,
            Submission.course_slug,
            Submission.unit_id,
            Submission.edition_id,
            Submission.version,
            Submission.submitted_at,
            User.name,
        )
        .join(Enrollment, col(Enrollment.id) == Submission.enrollment_id)
        .join(User, col(User.id) == Submission.user_id)
        .where(is_mine)
        .order_by(Submission.submitted_at, Submission.id)
        .limit(limit)
    )
    return Queue(count, oldest_at, tuple(Waiting(*row) for row in rows))


def done_lately(db: Session, viewer: Viewer) -> int:
    """How many pieces a mentor has decided in this sitting."""
    since = now() - ONE_SITTING
    return db.exec(select(func.count()).select_from(Review).where(Review.mentor_id == viewer.id, col(Review.created_at) > since)).one()


def draft_of(db: Session, submission: Submission, viewer: Viewer) -> ReviewDraft | None:
    """What the mentor has begun to say of the newest version."""
    return db.get(ReviewDraft, (submission.id, submission.version, viewer.id))


def news_for(db: Session, user_id: UUID) -> Collection[Submission]:
    """A learner's submissions on which a mentor has said something they have not opened."""
    found: Collection[Submission] = db.execute(_news, {"user_id": user_id}).scalars().all()
    return found


def _waits_for(viewer: Viewer) -> ColumnElement[bool]:
    courses = reviewed_courses(viewer)
    return and_(
        col(Submission.state) == State.WAITING,
        col(Submission.user_id) != viewer.id,
        col(Enrollment.withdrawn_at).is_(None),
        true() if courses is None else col(Submission.course_slug).in_(courses),
    )
