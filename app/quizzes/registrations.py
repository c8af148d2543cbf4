"""What quizzes add elsewhere: their unit page, what waits on /me, personal data, the chore that closes what is overdue."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, exists
from sqlmodel import Session, col, select

from app.accounts import personal_data
from app.accounts.desks import Desk
from app.accounts.personal_data import Erasure
from app.accounts.policies import Viewer
from app.catalog.courses import compiled
from app.kernel import i18n
from app.kernel.clock import now
from app.kernel.database import Unit as DatabaseUnit
from app.kernel.errors import N_
from app.learning import panels, unit_pages
from app.learning.models import Enrollment
from app.quizzes.actions import close_overdue, is_anything_overdue
from app.quizzes.models import Accommodation, Answer, AnswerMark, Attempt
from app.quizzes.unit_page import quiz_page
from app.web.templates import address

RECENT = timedelta(days=14)
READ = N_("a person answered you")

COURSES = Desk(N_("Courses"), N_("Before and after; more time or more attempts for somebody."), "quizzes.courses_desk", "read_progress")


def install() -> None:
    """Registers everything; doing it twice changes nothing."""
    unit_pages.register("quiz", quiz_page)
    panels.waiting("quizzes", waiting_for)
    personal_data.register_exporter("quizzes", export_attempts)
    personal_data.register_eraser("quizzes", erase_attempts)


def close_what_is_overdue(unit: DatabaseUnit) -> None:
    """The worker's chore: looks without the write lock, and writes only when there is something to close."""
    if unit.read_now(is_anything_overdue):
        unit.write_now(close_overdue)


def waiting_for(db: Session, viewer: Viewer) -> list[panels.Waiting]:
    """Attempts that run, and answers that a mentor has read lately."""
    language = i18n.language.get()
    mine = select(Attempt).join(Enrollment, col(Enrollment.id) == Attempt.enrollment_id).where(Enrollment.user_id == viewer.id)
    running = mine.where(col(Attempt.submitted_at).is_(None), col(Enrollment.withdrawn_at).is_(None)).order_by(col(Attempt.started_at))
    # By the attempt's key: a plain list of what was marked lately would be made from every mark there is.
    read = mine.where(exists().where(col(AnswerMark.attempt_id) == Attempt.id, col(AnswerMark.marked_at) > now() - RECENT))
    lines = []
    for attempt in db.exec(running):
        note = i18n.translate_plural("%(num)s question", "%(num)s questions", len(attempt.paper)) % {"num": len(attempt.paper)}
        lines.append(panels.Waiting(_title(db, attempt, language), address("quizzes.attempt", attempt_id=attempt.id), note))
    for attempt in db.exec(read):
        text = f"{_title(db, attempt, language)}: {i18n.translate(READ)}"
        lines.append(panels.Waiting(text, address("quizzes.attempt", attempt_id=attempt.id), is_new=True))
    return lines


def export_attempts(db: Session, user_id: UUID) -> dict[str, Any]:
    """Every attempt of a person with what was asked, answered and given."""
    mine = select(Attempt).join(Enrollment, col(Enrollment.id) == Attempt.enrollment_id).where(Enrollment.user_id == user_id)
    attempts = []
    for attempt in db.exec(mine.order_by(col(Attempt.started_at))):
        answers = db.exec(select(Answer).where(Answer.attempt_id == attempt.id).order_by(Answer.question_id, col(Answer.revision)))
        marks = db.exec(select(AnswerMark).where(AnswerMark.attempt_id == attempt.id))
        attempts.append(
            attempt.model_dump(exclude={"seed"})
            | {
                "answers": [answer.model_dump(exclude={"attempt_id", "page"}) for answer in answers],
                "marks_by_mentors": [mark.model_dump(exclude={"attempt_id", "marked_by"}) for mark in marks],
            }
        )
    extended = db.exec(select(Accommodation).where(Accommodation.user_id == user_id))
    return {"attempts": attempts, "extended_limits": [one.model_dump(exclude={"granted_by"}) for one in extended]}


def erase_attempts(db: Session, user_id: UUID, _erasure: Erasure) -> None:
    """Deletes attempts with all their answers; the results in sums go with them."""
    enrollments = select(Enrollment.id).where(Enrollment.user_id == user_id)
    attempts = select(Attempt.id).where(col(Attempt.enrollment_id).in_(enrollments))
    for kind in (Answer, AnswerMark):
        db.execute(delete(kind).where(col(kind.attempt_id).in_(attempts)))
    db.execute(delete(Attempt).where(col(Attempt.enrollment_id).in_(enrollments)))
    db.execute(delete(Accommodation).where(col(Accommodation.user_id) == user_id))


def _title(db: Session, attempt: Attempt, language: str) -> str:
    quiz = compiled(db, attempt.edition_id).unit_by_id(attempt.unit_id)
    return quiz.title(language) if quiz else ""
