"""How often and how long somebody may try: what the course says, then the cohort, then the person."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.content.tree import QuizRules
from app.quizzes.models import Accommodation

GRACE = timedelta(seconds=60)  # an answer sent in time over a poor line is still in time


@dataclass(frozen=True)
class Limits:
    """`attempts` 0: no limit. `pause` between attempts. `time_limit` None: no clock."""

    attempts: int
    pause: timedelta
    time_limit: timedelta | None

    def left(self, made: int) -> int | None:
        """How many attempts are left after `made`; None without a limit."""
        return max(0, self.attempts - made) if self.attempts else None


@dataclass(frozen=True)
class CohortLimits:
    """What a cohort changes; None leaves the course's rule."""

    attempts: int | None = None
    pause: timedelta | None = None
    time_limit: timedelta | None = None


def effective_limits(course: QuizRules, cohort: CohortLimits | None = None, person: Accommodation | None = None) -> Limits:
    """The limits that hold for one person. A cohort replaces the course's; a person's accommodation only ever adds."""
    limits = Limits(course.attempts, timedelta(minutes=course.pause), timedelta(minutes=course.time_limit) if course.time_limit else None)
    if cohort is not None:
        limits = Limits(
            limits.attempts if cohort.attempts is None else cohort.attempts,
            limits.pause if cohort.pause is None else cohort.pause,
            limits.time_limit if cohort.time_limit is None else cohort.time_limit,
        )
    if person is not None:
        limits = replace(
            limits,
            attempts=limits.attempts + person.extra_attempts if limits.attempts else 0,
            time_limit=limits.time_limit * max(1.0, person.time_factor) if limits.time_limit else None,
        )
    return limits


def is_over(deadline_at: datetime | None, moment: datetime) -> bool:
    """Whether time is up, grace included."""
    return deadline_at is not None and moment > deadline_at + GRACE


def time_left(started_at: datetime, deadline_at: datetime | None, moment: datetime) -> timedelta | None:
    """What is left of the time; never more than was given, should the clock have jumped back. None without a clock."""
    if deadline_at is None:
        return None
    return max(timedelta(), min(deadline_at - moment, deadline_at - started_at))
