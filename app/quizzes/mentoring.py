"""Open answers that wait for a mentor: finding them, giving them points, totalling anew."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from app.accounts.models import User
from app.accounts.policies import SITE, Scope, Viewer
from app.kernel import audit
from app.kernel.clock import now
from app.kernel.errors import N_, Conflict, NotFound
from app.learning.models import Enrollment
from app.quizzes.actions import enter, quiz_of, report
from app.quizzes.marking import Mark, Sheet, marked_by_hand
from app.quizzes.models import AnswerMark, Attempt
from app.quizzes.queries import marks_of

MOST = 200  # lines of the waiting list


@dataclass(frozen=True)
class WaitingAnswer:
    """An open answer nobody has read yet."""

    attempt: Attempt
    question_id: str
    learner: str


def waiting_answers(db: Session, scopes: Collection[Scope], but: UUID) -> list[WaitingAnswer]:
    """Open answers of the courses in `scopes`, the oldest first; a person's own (`but`) are for somebody else."""
    found = (
        select(Attempt, User.name)
        .join(Enrollment, col(Enrollment.id) == Attempt.enrollment_id)
        .join(User, col(User.id) == Enrollment.user_id)
        .where(Attempt.pending > 0, col(Attempt.submitted_at).is_not(None), User.id != but)
        .order_by(col(Attempt.submitted_at))
        .limit(MOST)
    )
    if SITE not in scopes:
        found = found.where(col(Attempt.course_slug).in_([scope_id for kind, scope_id in scopes if kind == "course"]))
    lines = []
    for attempt, name in db.exec(found):
        waiting = [question_id for question_id, mark in attempt.graded.items() if mark["state"] == "pending"]
        lines += [WaitingAnswer(attempt, question_id, name) for question_id in waiting]
    return lines


def answer_to_read(db: Session, viewer: Viewer, attempt_id: UUID, question_id: str, *, to_change: bool = False) -> Attempt:
    """A handed-in attempt with an open answer. Raises NotFound for every other, and for the viewer's own."""
    found = select(Attempt, Enrollment.user_id).join(Enrollment, col(Enrollment.id) == Attempt.enrollment_id)
    found = found.where(Attempt.id == attempt_id)
    row = db.exec(found.with_for_update(of=Attempt.__table__) if to_change else found).first()  # type: ignore[attr-defined]
    if row is None or row[1] == viewer.id:
        raise NotFound
    attempt: Attempt = row[0]
    question = quiz_of(db, attempt).question(question_id)
    if attempt.is_open or question is None or question.type != "open" or question_id not in attempt.graded:
        raise NotFound
    return attempt


def mark_answer(db: Session, attempt: Attempt, question_id: str, *, points: float, words: str, mentor: Viewer, base: int) -> None:
    """Gives an open answer its points and words, and totals the attempt anew. Raises Conflict when somebody was faster."""
    mark = marks_of(db, attempt.id).get(question_id)
    if (mark.revision if mark else 0) != base:
        raise Conflict(N_("Somebody else has marked this answer in the meantime. Open it again to see what they gave."))
    if mark is None:
        mark = AnswerMark(attempt_id=attempt.id, question_id=question_id, points=0, marked_by=mentor.id, revision=0)
    mark.points, mark.words, mark.marked_by, mark.marked_at = points, words, mentor.id, now()
    mark.revision += 1
    db.add(mark)
    sheet = Sheet.of(attempt.graded)
    marks = dict(sheet.marks)
    marks[question_id] = marked_by_hand(Mark(0.0, marks[question_id].maximum, "pending"), points)
    quiz = quiz_of(db, attempt)
    enter(attempt, Sheet(marks), quiz)
    db.add(attempt)
    db.flush()
    report(db, attempt, quiz)
    audit.record(db, mentor.id, "quizzes.mark_answer", f"attempt:{attempt.id}", question=question_id, points=points)
