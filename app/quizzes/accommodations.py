"""More time or more attempts for one person in one course; coordinators set it, and it is audited."""

from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from app.accounts.models import Identity, User
from app.accounts.policies import Viewer
from app.kernel import audit
from app.kernel.clock import now
from app.learning.models import Enrollment
from app.quizzes.models import Accommodation


def learner_called(db: Session, course_slug: str, sign_in_name: str) -> UUID | None:
    """The person of a course who signs in under this name; None when nobody does."""
    found = (
        select(Enrollment.user_id)
        .join(Identity, col(Identity.user_id) == Enrollment.user_id)
        .where(Enrollment.course_slug == course_slug, Identity.subject == sign_in_name)
    )
    return db.exec(found.limit(1)).first()


def accommodations_of(db: Session, course_slug: str) -> list[tuple[Accommodation, str]]:
    """Everybody in a course whose limits were extended, with the name they are called by."""
    found: Any = (
        select(Accommodation, User.name)
        .join(User, col(User.id) == Accommodation.user_id)
        .where(Accommodation.course_slug == course_slug)
        .order_by(User.name)
    )
    return [(one, name) for one, name in db.exec(found)]


def set_accommodation(
    db: Session, user_id: UUID, course_slug: str, *, time_factor: float, extra_attempts: int, coordinator: Viewer
) -> None:
    """Sets what one person gets; no extra time and no extra attempts takes it away. Attempts that run keep their clock."""
    present = db.get(Accommodation, (user_id, course_slug))
    if time_factor <= 1 and not extra_attempts:
        if present is not None:
            db.delete(present)
    else:
        one = present or Accommodation(user_id=user_id, course_slug=course_slug, granted_by=coordinator.id)
        one.time_factor, one.extra_attempts, one.granted_by, one.granted_at = time_factor, extra_attempts, coordinator.id, now()
        db.add(one)
    details = {"course": course_slug, "time_factor": time_factor, "extra_attempts": extra_attempts}
    audit.record(db, coordinator.id, "quizzes.set_accommodation", f"user:{user_id}", **details)
