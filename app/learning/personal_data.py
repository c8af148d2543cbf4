"""What learning keeps about a person: given to them, and erased."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from app.accounts.personal_data import Erasure
from app.learning.models import Enrollment, MistakeReport, Result, UnitProgress


def export_learning(db: Session, user_id: UUID) -> dict[str, Any]:
    """Enrollments with their progress and results, and the mistakes they reported."""
    mine = select(Enrollment.id).where(Enrollment.user_id == user_id)
    return {
        "enrollments": [one.model_dump() for one in db.exec(select(Enrollment).where(Enrollment.user_id == user_id))],
        "progress": [one.model_dump() for one in db.exec(select(UnitProgress).where(col(UnitProgress.enrollment_id).in_(mine)))],
        "results": [one.model_dump() for one in db.exec(select(Result).where(col(Result.enrollment_id).in_(mine)))],
        "reported_mistakes": [one.model_dump() for one in db.exec(select(MistakeReport).where(MistakeReport.user_id == user_id))],
    }


def erase_learning(db: Session, user_id: UUID, _erasure: Erasure) -> None:
    """Enrollments go with all that hangs on them; a reported mistake stays for its author, without a name."""
    db.execute(delete(Enrollment).where(col(Enrollment.user_id) == user_id))
    db.execute(update(MistakeReport).where(col(MistakeReport.user_id) == user_id).values(user_id=None))
