"""Finding attempts: always through the person they belong to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from app.kernel.errors import NotFound
from app.learning.models import Enrollment
from app.quizzes.limits import Limits, is_over
from app.quizzes.models import Accommodation, AnswerMark, Attempt

_mine = (
    select(Attempt)
    .join(Enrollment, col(Attempt.enrollment_id) == Enrollment.id)
    .where(Attempt.id == bindparam("attempt_id"), Enrollment.user_id == bindparam("user_id"))
)
_mine_to_change = _mine.with_for_update(of=Attempt.__table__)  # type: ignore[attr-defined]
_made = (
    select(  # type: ignore[call-overload]
        Attempt.id,
        Attempt.number,
        Attempt.started_at,
        Attempt.deadline_at,
        Attempt.submitted_at,
        Attempt.score,
        Attempt.maximum,
        Attempt.passed,
        Attempt.pending,
    )
    .where(Attempt.enrollment_id == bindparam("enrollment_id"), Attempt.unit_id == bindparam("unit_id"))
    .order_by(Attempt.number)
)


@dataclass(frozen=True)
class Made:
    """An attempt in a list."""

    id: UUID
    number: int
    started_at: datetime
    deadline_at: datetime | None
    submitted_at: datetime | None
    score: float
    maximum: float
    passed: bool
    pending: int

    @property
    def share(self) -> float:
        return self.score / self.maximum if self.maximum else 0.0


@dataclass(frozen=True)
class Turns:
    """How somebody stands with a quiz: what they made, what runs, and whether they may begin again."""

    made: list[Made]
    running: Made | None
    left: int | None
    next_at: datetime | None

    @property
    def done(self) -> list[Made]:
        return [attempt for attempt in self.made if attempt.submitted_at]

    @property
    def may_start(self) -> bool:
        return self.left != 0 and self.next_at is None

    @property
    def is_last(self) -> bool:
        """Whether the next attempt to begin is the last there is."""
        return self.left == 1

    @property
    def has_passed(self) -> bool:
        return any(attempt.passed for attempt in self.done)


def my_attempt(db: Session, attempt_id: UUID, user_id: UUID, *, to_change: bool = False) -> Attempt:
    """A person's own attempt, its row held when it is to be changed. Raises NotFound for anybody else's."""
    values = {"attempt_id": attempt_id, "user_id": user_id}
    found: Attempt | None = db.execute(_mine_to_change if to_change else _mine, values).scalars().first()
    if found is None:
        raise NotFound
    return found


def attempts_made(db: Session, enrollment_id: UUID, unit_id: str) -> list[Made]:
    """Every attempt somebody has made at a quiz, the first first."""
    rows: Any = db.connection().execute(_made, {"enrollment_id": enrollment_id, "unit_id": unit_id})
    return [Made(*row) for row in rows]


def accommodation_of(db: Session, user_id: UUID, course_slug: str) -> Accommodation | None:
    return db.get(Accommodation, (user_id, course_slug))


def marks_of(db: Session, attempt_id: UUID) -> dict[str, AnswerMark]:
    """What mentors gave to open answers, by question id."""
    return {mark.question_id: mark for mark in db.exec(select(AnswerMark).where(AnswerMark.attempt_id == attempt_id))}


def turns(made: list[Made], limits: Limits, moment: datetime) -> Turns:
    """How somebody stands, given what they made and their limits."""
    running = next((attempt for attempt in made if attempt.submitted_at is None), None)
    ended = [attempt.submitted_at for attempt in made if attempt.submitted_at]
    next_at = None
    if ended and limits.pause:
        until = min(max(ended), moment) + limits.pause  # a clock that jumped back makes nobody wait longer
        next_at = until if until > moment else None
    return Turns(made, running, limits.left(len(made)), next_at)


def is_past(attempt: Attempt | Made, moment: datetime) -> bool:
    """Whether an open attempt's time is up."""
    return attempt.submitted_at is None and is_over(attempt.deadline_at, moment)
