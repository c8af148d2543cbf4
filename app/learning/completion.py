"""When a course is complete: its rules against progress and the ledger, and the same rules in words."""

from collections.abc import Set
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, update
from sqlmodel import Session, col, select

from app.catalog.courses import compiled
from app.content.tree import Course, Exercise, Lesson, Quiz, Unit
from app.kernel.clock import now
from app.kernel.errors import N_
from app.kernel.events import publish
from app.kernel.i18n import translate, translate_plural
from app.learning.events import CourseCompleted, ResultRecorded
from app.learning.models import Enrollment, Result, UnitProgress

# Locked, so that the last lesson and the last result, written at the same moment, see each other; but not against the key
# shares that both hold on the enrollment by then through what they have written, or each would wait for the other.
_enrollment = (
    select(Enrollment.edition_id, Enrollment.completed_at)
    .where(Enrollment.id == bindparam("enrollment_id"))
    .with_for_update(key_share=True)
)
_opened = select(UnitProgress.unit_id).where(UnitProgress.enrollment_id == bindparam("enrollment_id"))
_passed = select(Result.unit_id).where(Result.enrollment_id == bindparam("enrollment_id"), col(Result.passed).is_(True))


@dataclass(frozen=True, slots=True)
class Requirements:
    """Units that a course demands: lessons to open, quizzes to pass, exercises to have accepted."""

    lessons: tuple[Unit, ...]
    quizzes: tuple[Unit, ...]
    exercises: tuple[Unit, ...]

    @property
    def minutes(self) -> int:
        return sum(unit.minutes for unit in (*self.lessons, *self.quizzes, *self.exercises))

    @property
    def is_empty(self) -> bool:
        return not (self.lessons or self.quizzes or self.exercises)


def requirements_of(course: Course) -> Requirements:
    """What the front matter demands, as units."""
    rules = course.completion
    return Requirements(
        tuple(unit for unit in course.units if isinstance(unit, Lesson) and rules.lessons == "opened"),
        tuple(unit for unit in course.units if isinstance(unit, Quiz) and unit.rules.required and rules.quizzes == "passed"),
        tuple(unit for unit in course.units if isinstance(unit, Exercise) and rules.exercises == "required"),
    )


def what_is_missing(course: Course, opened: Set[str], passed: Set[str]) -> Requirements:
    """What is still to do. Empty when the course is complete."""
    wanted = requirements_of(course)
    return Requirements(
        tuple(unit for unit in wanted.lessons if unit.id not in opened),
        tuple(unit for unit in wanted.quizzes if unit.id not in passed),
        tuple(unit for unit in wanted.exercises if unit.id not in passed),
    )


def rules_in_words(course: Course) -> list[str]:
    """What it takes to complete a course, a sentence each, in the reader's language."""
    wanted = requirements_of(course)
    lessons, quizzes, exercises = len(wanted.lessons), len(wanted.quizzes), len(wanted.exercises)
    lines = (
        (lessons, translate_plural("Open the only lesson.", "Open the %(num)d lessons.", lessons)),
        (quizzes, translate_plural("Pass the %(num)d quiz.", "Pass the %(num)d quizzes.", quizzes)),
        (exercises, translate_plural("Have %(num)d exercise accepted.", "Have %(num)d exercises accepted.", exercises)),
    )
    return [text % {"num": number} for number, text in lines if number]


def missing_in_words(missing: Requirements) -> str:
    """What is still to do, in one line: 3 lessons, 1 quiz and 2 exercises. Empty when nothing is."""
    lessons, quizzes, exercises = len(missing.lessons), len(missing.quizzes), len(missing.exercises)
    lines = (
        (lessons, translate_plural("%(num)d lesson", "%(num)d lessons", lessons)),
        (quizzes, translate_plural("%(num)d quiz", "%(num)d quizzes", quizzes)),
        (exercises, translate_plural("%(num)d exercise", "%(num)d exercises", exercises)),
    )
    parts = [text % {"num": number} for number, text in lines if number]
    joint = translate(N_("and"))
    return f" {joint} ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def complete_if_met(db: Session, enrollment_id: UUID) -> bool:
    """Completes the course when every rule is met for the first time, and tells it. Returns whether that was now."""
    of = {"enrollment_id": enrollment_id}
    found: Any = db.execute(_enrollment, of).first()
    if found is None or found[1] is not None:
        return False
    course = compiled(db, found[0])
    opened = frozenset(db.execute(_opened, of).scalars())
    passed = frozenset(db.execute(_passed, of).scalars())
    if not what_is_missing(course, opened, passed).is_empty:
        return False
    not_yet = (col(Enrollment.id) == enrollment_id, col(Enrollment.completed_at).is_(None))
    first = db.execute(update(Enrollment).where(*not_yet).values(completed_at=now()).returning(col(Enrollment.id))).first()
    if first is not None:
        publish(db, CourseCompleted(enrollment_id))
    return first is not None


def after_result(db: Session, recorded: ResultRecorded) -> None:
    """Looks at the rules again whenever the ledger has a passed line."""
    if recorded.passed:
        complete_if_met(db, recorded.enrollment_id)
