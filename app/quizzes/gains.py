"""What somebody gained between the questions at the start and those at the end; for coordinators, in sums."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from app.content.tree import Course, Quiz
from app.quizzes.models import Attempt

FEWEST = 5  # people: fewer would show single persons

_finished = (
    select(Attempt.enrollment_id, Attempt.unit_id, Attempt.number, Attempt.score, Attempt.maximum)  # type: ignore[call-overload]
    .where(col(Attempt.unit_id).in_(bindparam("unit_ids", expanding=True)), col(Attempt.submitted_at).is_not(None), Attempt.pending == 0)
    .order_by(Attempt.enrollment_id, Attempt.unit_id, Attempt.number)
)
_of_course = _finished.where(Attempt.course_slug == bindparam("course_slug"))
_of_person = _finished.where(Attempt.enrollment_id == bindparam("enrollment_id"))


@dataclass(frozen=True)
class Gain:
    """Percent reached before and after."""

    before: float
    after: float

    @property
    def points(self) -> float:
        return self.after - self.before


@dataclass(frozen=True)
class GainSum:
    """A pair of quizzes in sums: of how many people, their average before and after, and how many gained."""

    pretest: Quiz
    posttest: Quiz
    people: int
    before: float | None
    after: float | None
    gained: int

    @property
    def is_shown(self) -> bool:
        return self.people >= FEWEST


def pairs_of(course: Course) -> list[tuple[Quiz, Quiz]]:
    """The (pretest, posttest) pairs of a course."""
    found = []
    for unit in course.units:
        if isinstance(unit, Quiz) and unit.rules.purpose == "posttest":
            before = course.unit_by_id(unit.rules.pair)
            if isinstance(before, Quiz):
                found.append((before, unit))
    return found


def gain_of(db: Session, course: Course, enrollment_id: UUID, unit_id: str) -> Gain | None:
    """What one person gained in the pair that a quiz belongs to; None until both are handed in."""
    pair = next((pair for pair in pairs_of(course) if unit_id in (pair[0].id, pair[1].id)), None)
    if pair is None:
        return None
    ids = [pair[0].id, pair[1].id]
    rows = db.connection().execute(_of_person, {"unit_ids": ids, "enrollment_id": enrollment_id})
    return _gains(rows, pair).get(enrollment_id)


def gains(db: Session, course: Course) -> list[GainSum]:
    """What the people of a course gained, in sums, a line for each pair."""
    return [_sum(db, course, pair) for pair in pairs_of(course)]


def _sum(db: Session, course: Course, pair: tuple[Quiz, Quiz]) -> GainSum:
    rows = db.connection().execute(_of_course, {"unit_ids": [pair[0].id, pair[1].id], "course_slug": course.slug})
    people = list(_gains(rows, pair).values())
    count = len(people)
    before = sum(gain.before for gain in people) / count if count else None
    after = sum(gain.after for gain in people) / count if count else None
    return GainSum(pair[0], pair[1], count, before, after, sum(gain.points > 0 for gain in people))


def _gains(rows: Any, pair: tuple[Quiz, Quiz]) -> dict[UUID, Gain]:
    """The first attempt before, since later ones have been helped by the answers; the best one after."""
    before: dict[UUID, float] = {}
    after: dict[UUID, float] = {}
    for enrollment_id, unit_id, _number, score, maximum in rows:
        share = 100 * score / maximum if maximum else 0.0
        if unit_id == pair[0].id:
            before.setdefault(enrollment_id, share)
        else:
            after[enrollment_id] = max(share, after.get(enrollment_id, 0.0))
    return {one: Gain(before[one], after[one]) for one in before.keys() & after.keys()}
