"""Grading anew after a key was corrected: who changes and by how much, then the change itself.

Each attempt is graded with its own questions, numbers and points; only the key is the newest edition's.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from sqlmodel import Session, col, select

from app.accounts.models import User
from app.catalog.courses import compiled, head_edition_id
from app.content.tree import Quiz
from app.kernel import audit
from app.learning.models import Enrollment
from app.quizzes.actions import enter, quiz_of, report
from app.quizzes.answers import kept_answers
from app.quizzes.marking import Sheet, mark_paper
from app.quizzes.models import Attempt
from app.quizzes.paper import Item, items_of, key_version
from app.quizzes.queries import marks_of

BATCH = 200


class Standing(NamedTuple):
    """What an attempt stands at."""

    score: float
    passed: bool


@dataclass(frozen=True)
class Change:
    """What grading anew does to one attempt. `is_lower` changes wait for a flag."""

    attempt_id: UUID
    learner: str
    unit_id: str
    number: int
    before: Standing
    after: Standing
    maximum: float
    questions: tuple[str, ...]

    @property
    def is_lower(self) -> bool:
        return self.after.score < self.before.score or (self.before.passed and not self.after.passed)


class NoCourse(LookupError):
    """There is no such course, or no such quiz in it."""


def quizzes_to_regrade(db: Session, course_slug: str, quiz_name: str = "") -> list[Quiz]:
    """The quizzes of the newest edition, or the one whose slug or id is given. Raises NoCourse."""
    edition_id = head_edition_id(db, course_slug)
    if edition_id is None:
        raise NoCourse(course_slug)
    quizzes = [unit for unit in compiled(db, edition_id).units if isinstance(unit, Quiz) and quiz_name in ("", unit.slug, unit.id)]
    if not quizzes:
        raise NoCourse(quiz_name or course_slug)
    return quizzes


def attempts_at(db: Session, course_slug: str, unit_id: str) -> list[UUID]:
    """Every attempt at a quiz that was handed in, the oldest first."""
    handed_in = select(Attempt.id).where(
        Attempt.course_slug == course_slug, Attempt.unit_id == unit_id, col(Attempt.submitted_at).is_not(None)
    )
    return list(db.exec(handed_in.order_by(col(Attempt.submitted_at), col(Attempt.id))))


def changes(db: Session, quiz: Quiz, attempt_ids: list[UUID]) -> list[Change]:
    """What would change in these attempts."""
    found = []
    for attempt, learner in _loaded(db, attempt_ids, to_change=False):
        change, _ = _regraded(db, attempt, learner, quiz)
        if change is not None:
            found.append(change)
    return found


def apply(db: Session, quiz: Quiz, attempt_ids: list[UUID], *, allow_lower: bool = False) -> list[Change]:
    """Grades these attempts anew and returns what was changed. Nothing is lowered unless that is allowed."""
    done = []
    for attempt, learner in _loaded(db, attempt_ids, to_change=True):
        change, sheet = _regraded(db, attempt, learner, quiz)
        if change is None or (change.is_lower and not allow_lower):
            continue
        keys = {question.id: key_version(question) for question in quiz.questions}
        attempt.paper = [stored | {"key": keys.get(stored["id"], stored["key"])} for stored in attempt.paper]
        enter(attempt, sheet, quiz_of(db, attempt))
        db.add(attempt)
        db.flush()
        report(db, attempt, quiz_of(db, attempt))
        details = {"before": change.before.score, "after": change.after.score, "questions": list(change.questions)}
        audit.record(db, None, "quizzes.regrade", f"attempt:{attempt.id}", **details)
        done.append(change)
    return done


def _regraded(db: Session, attempt: Attempt, learner: str, newest: Quiz) -> tuple[Change | None, Sheet]:
    met = quiz_of(db, attempt)
    items = [_known_to_both(item, newest) for item in items_of(attempt.paper)]
    answers = {question_id: kept.value for question_id, kept in kept_answers(db, attempt.id).items()}
    by_hand = {question_id: mark.points for question_id, mark in marks_of(db, attempt.id).items()}
    old = Sheet.of(attempt.graded)
    changed = [item for item in items if item is not None and newest.question(item.id)]
    new = mark_paper(newest, changed, answers, by_hand)
    sheet = Sheet({**old.marks, **new.marks})
    different = tuple(one for one in new.marks if new.marks[one].points != old.marks[one].points)
    passed = sheet.reaches(met.rules.passing)
    if not different and passed == attempt.passed:
        return None, sheet
    before, after = Standing(attempt.score, attempt.passed), Standing(sheet.score, passed)
    return Change(attempt.id, learner, attempt.unit_id, attempt.number, before, after, sheet.maximum, different), sheet


def _known_to_both(item: Item, newest: Quiz) -> Item | None:
    """The item, if the newest edition asks the same question under another key; else it stays as it was graded."""
    question = newest.question(item.id)
    if question is None or question.type == "open" or key_version(question) == item.key:
        return None
    return item


def _loaded(db: Session, attempt_ids: list[UUID], *, to_change: bool) -> list[tuple[Attempt, str]]:
    found: Any = (
        select(Attempt, User.name)
        .join(Enrollment, col(Enrollment.id) == Attempt.enrollment_id)
        .join(User, col(User.id) == Enrollment.user_id)
        .where(col(Attempt.id).in_(attempt_ids))
        .order_by(col(Attempt.submitted_at), col(Attempt.id))
    )
    if to_change:
        found = found.with_for_update(of=Attempt.__table__)  # type: ignore[attr-defined]
    return [(attempt, name) for attempt, name in db.exec(found)]
