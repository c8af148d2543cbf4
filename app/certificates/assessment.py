"""What a course's certificate says was reached: read from the ledger and the course, never computed twice."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, select

from app.content.tree import Course, Quiz
from app.learning.models import Result

KNOWLEDGE = "knowledge"
KNOWLEDGE_AND_WORK = "knowledge and practical work"


@dataclass(frozen=True)
class Assessment:
    """`score` is percent, rounded; None for a course without scored quizzes."""

    score: int | None
    assessed: str


def assess(db: Session, enrollment_id: UUID, course: Course) -> Assessment:
    """The final assessment's best result, else the mean of the best results of the scored quizzes; and whether work was accepted."""
    best: dict[str, float] = {}
    accepted: set[str] = set()
    for result in db.exec(select(Result).where(Result.enrollment_id == enrollment_id)):
        if result.activity == "exercise" and result.passed:
            accepted.add(result.unit_id)
        elif result.activity == "quiz" and result.maximum > 0:
            best[result.unit_id] = max(best.get(result.unit_id, 0.0), result.score / result.maximum)
    purposes = {unit.id: unit.rules.purpose for unit in course.units if isinstance(unit, Quiz)}
    finals = [unit_id for unit_id, purpose in purposes.items() if purpose == "final"]
    scored = finals or [unit_id for unit_id, purpose in purposes.items() if purpose == "module"]
    exercises = {unit.id for unit in course.units if unit.kind == "exercise"}
    practical = bool(exercises) and exercises <= accepted
    score = round(100 * sum(best.get(unit_id, 0.0) for unit_id in scored) / len(scored)) if scored else None
    return Assessment(score, KNOWLEDGE_AND_WORK if practical else KNOWLEDGE)
