"""Beginning an attempt, handing it in, closing it when time is up."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlmodel import Session, col, select

from app.catalog.courses import compiled
from app.content.tree import Quiz
from app.kernel.clock import now
from app.kernel.errors import N_, Conflict, NotFound
from app.learning.actions import record_result
from app.learning.models import Enrollment
from app.quizzes.answers import kept_answers
from app.quizzes.limits import GRACE, Limits
from app.quizzes.marking import Sheet, mark_paper
from app.quizzes.models import Attempt
from app.quizzes.paper import items_of, make_paper
from app.quizzes.queries import Made, attempts_made, is_past, turns

LEDGER_KIND = "quiz"


@dataclass(frozen=True)
class Place:
    """Whose attempt it is, and where it belongs."""

    enrollment_id: UUID
    course_slug: str
    edition_id: UUID
    quiz: Quiz


def start_attempt(db: Session, place: Place, limits: Limits) -> UUID:
    """The id of the running attempt, begun now unless one runs already. Raises Conflict when none may begin."""
    db.execute(select(Enrollment.id).where(Enrollment.id == place.enrollment_id).with_for_update(key_share=True))
    moment = now()
    made = attempts_made(db, place.enrollment_id, place.quiz.id)
    running = next((attempt for attempt in made if attempt.submitted_at is None), None)
    if running is not None and not is_past(running, moment):
        return running.id
    if running is not None:
        close(db, _load(db, running.id), moment)
        made = attempts_made(db, place.enrollment_id, place.quiz.id)
    _refuse_unless_free(made, limits, moment)
    attempt = _new_attempt(place, limits, number=len(made) + 1, moment=moment)
    db.add(attempt)
    db.flush()
    return attempt.id


def hand_in(db: Session, attempt: Attempt, moment: datetime) -> None:
    """Grades an open attempt and reports it; one that is handed in already stays as it is. The caller holds its row."""
    if not attempt.is_open:
        return
    quiz = quiz_of(db, attempt)
    answers = {question_id: kept.value for question_id, kept in kept_answers(db, attempt.id).items()}
    sheet = mark_paper(quiz, items_of(attempt.paper), answers)
    attempt.submitted_at = moment
    enter(attempt, sheet, quiz)
    db.add(attempt)
    db.flush()
    report(db, attempt, quiz)


def close(db: Session, attempt: Attempt, moment: datetime) -> None:
    """Hands in an attempt whose time is up, with what was saved, as of its deadline."""
    if is_past(attempt, moment):
        hand_in(db, attempt, attempt.deadline_at or moment)


def is_anything_overdue(db: Session) -> bool:
    """Whether an attempt is open beyond its time; a read, so that an idle worker never asks for the write lock."""
    overdue = select(Attempt.id).where(col(Attempt.submitted_at).is_(None), col(Attempt.deadline_at) < now() - GRACE)
    return db.exec(overdue.limit(1)).first() is not None


def close_overdue(db: Session) -> None:
    """Closes what nobody came back to; the worker calls it now and then."""
    moment = now()
    overdue = select(Attempt).where(col(Attempt.submitted_at).is_(None), col(Attempt.deadline_at) < moment - GRACE)
    for attempt in db.exec(overdue.order_by(col(Attempt.deadline_at)).limit(200).with_for_update(skip_locked=True)):
        close(db, attempt, moment)


def enter(attempt: Attempt, sheet: Sheet, quiz: Quiz) -> None:
    """Writes marks into an attempt."""
    attempt.graded = sheet.as_stored()
    attempt.score, attempt.maximum, attempt.pending = sheet.score, sheet.maximum, sheet.pending
    attempt.passed = sheet.reaches(quiz.rules.passing)


def report(db: Session, attempt: Attempt, quiz: Quiz) -> None:
    """Tells the ledger what the quiz stands at: its best attempt or its last, as the quiz says."""
    counting = counting_attempt(attempts_made(db, attempt.enrollment_id, attempt.unit_id), quiz.rules.grade)
    if counting is None:
        return
    record_result(
        db,
        attempt.enrollment_id,
        attempt.unit_id,
        LEDGER_KIND,
        score=counting.score,
        maximum=counting.maximum,
        passed=counting.passed,
        source_kind=LEDGER_KIND,
        source_id=uuid5(attempt.enrollment_id, attempt.unit_id),
        attempt_number=counting.number,
    )


def counting_attempt(made: Iterable[Made], grade: str) -> Made | None:
    """The attempt whose result counts; None while none is handed in."""
    done = [attempt for attempt in made if attempt.submitted_at]
    if not done:
        return None
    return done[-1] if grade == "last" else max(done, key=lambda attempt: (attempt.passed, attempt.share))


def quiz_of(db: Session, attempt: Attempt) -> Quiz:
    """The quiz as the attempt met it. Raises NotFound when its edition has no such quiz."""
    quiz = compiled(db, attempt.edition_id).unit_by_id(attempt.unit_id)
    if not isinstance(quiz, Quiz):
        raise NotFound
    return quiz


def _refuse_unless_free(made: list[Made], limits: Limits, moment: datetime) -> None:
    stand = turns(made, limits, moment)
    if stand.left == 0:
        raise Conflict(N_("You have no attempts left in this quiz. Your results stay as they are."))
    if not stand.may_start:
        raise Conflict(N_("There is a pause between attempts. Open the quiz again to see when the next one can begin."))


def _new_attempt(place: Place, limits: Limits, *, number: int, moment: datetime) -> Attempt:
    seed = secrets.randbits(31)
    return Attempt(
        enrollment_id=place.enrollment_id,
        course_slug=place.course_slug,
        unit_id=place.quiz.id,
        edition_id=place.edition_id,
        number=number,
        seed=seed,
        paper=make_paper(place.quiz, seed),
        prepared_at=moment,
        started_at=moment,
        deadline_at=moment + limits.time_limit if limits.time_limit else None,
    )


def _load(db: Session, attempt_id: UUID) -> Attempt:
    found: Any = db.get(Attempt, attempt_id, with_for_update=True)
    return found  # type: ignore[no-any-return]
