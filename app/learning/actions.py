"""Changes to learning: for now, the ledger."""

from uuid import UUID

from sqlmodel import Session, select

from app.kernel.clock import now
from app.kernel.events import publish
from app.learning.events import ResultRecorded
from app.learning.models import Result


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
