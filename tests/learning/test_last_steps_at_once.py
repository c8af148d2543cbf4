"""The last lesson and the last result, written at the same moment by two workers."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from uuid import uuid4

from sqlmodel import Session

from app.kernel.clock import now
from app.learning.actions import open_unit
from app.learning.completion import complete_if_met
from app.learning.models import Result
from tests.learning.test_learning import enrollment
from tests.support.site import Site


def test_both_are_kept_and_the_course_is_completed_once(site: Site) -> None:
    site.publish()
    lina = site.person("Lina")
    assert lina.post("/es/courses/seeds/enrollment").status_code == 303
    taken = enrollment(site, lina)

    def passed(db: Session, unit_id: str, activity: str) -> None:
        db.add(
            Result(
                enrollment_id=taken.id,
                unit_id=unit_id,
                activity=activity,
                score=1,
                maximum=1,
                passed=True,
                source_kind="test",
                source_id=uuid4(),
            )
        )
        db.flush()

    def before(db: Session) -> None:
        passed(db, "seeds-questions", "quiz")
        open_unit(db, taken.id, "seeds-first-seed", now())

    site.write(before)
    # Where two can write at once, each has written its step before either looks whether the course is complete.
    together = Barrier(2)

    def last_step(step: Callable[[Session], object]) -> bool:
        def work(db: Session) -> bool:
            step(db)
            with suppress(BrokenBarrierError):
                together.wait(2)
            return complete_if_met(db, taken.id)

        return site.write(work)

    def lesson(db: Session) -> None:
        open_unit(db, taken.id, "seeds-talking-price", now())

    def exercise(db: Session) -> None:
        passed(db, "seeds-sowing-plan", "exercise")

    with ThreadPoolExecutor(2) as crowd:
        completed = list(crowd.map(last_step, [lesson, exercise]))
    assert sorted(completed) == [False, True]
    assert enrollment(site, lina).completed_at is not None
