"""What the pages of learning show. `frame_of` serves every kind of unit: quizzes and exercises use it too."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from app.accounts.policies import Viewer
from app.catalog.marks import Mark
from app.catalog.weights import unit_weight
from app.content.tree import Unit
from app.kernel.i18n import kilobytes
from app.learning.mistakes import MyReport, my_reports
from app.learning.outline import Standing, continue_at, lessons_of, module_numbers, standing_of
from app.learning.queries import Met, Progress, Study, progress_of, studies_of


@dataclass(frozen=True, slots=True)
class UnitFrame:
    """What stands around a unit: where it is in the course, what comes next, how far the learner is.

    `number` counts lessons for a lesson, and is 0 for the other kinds. Paths are addresses of this site.
    """

    course_path: str
    path: str
    module_number: int
    number: int
    lessons: int
    kilobytes: int
    before: Unit | None
    before_path: str
    after: Unit | None
    after_path: str
    is_enrolled: bool
    is_done: bool
    standing: Standing | None
    reports: Sequence[MyReport]


def unit_path(lang: str, course: str, unit: Unit | None) -> str:
    """The address of a unit; the course's for None."""
    return f"/{lang}/courses/{course}/{unit.module}/{unit.slug}" if unit else f"/{lang}/courses/{course}"


def frame_of(db: Session, viewer: Viewer | None, met: Met, unit: Unit, lang: str, progress: Progress | None = None) -> UnitFrame:
    """The frame of a unit for whoever asks: two statements for the enrolled, one for the signed in, none for visitors."""
    course = met.course
    lessons = lessons_of(course)
    before, after = course.neighbours(unit)
    known = progress if progress is not None else progress_of(db, met.enrollment)
    return UnitFrame(
        course_path=unit_path(lang, course.slug, None),
        path=unit_path(lang, course.slug, unit),
        module_number=module_numbers(course).get(unit.module, 0),
        number=next((number for number, lesson in enumerate(lessons, 1) if lesson.id == unit.id), 0),
        lessons=len(lessons),
        kilobytes=kilobytes(unit_weight(unit, lang)),
        before=before,
        before_path=unit_path(lang, course.slug, before),
        after=after,
        after_path=unit_path(lang, course.slug, after),
        is_enrolled=met.enrollment is not None,
        is_done=unit.id in known.done,
        # The lesson that is being read counts as read: the note of it is on its way.
        standing=standing_of(course, lang, known.opened | {unit.id}) if met.enrollment else None,
        reports=my_reports(db, viewer.id, course.slug, unit.id) if viewer else (),
    )


@dataclass(frozen=True, slots=True)
class Going:
    """A course that somebody takes, as /me shows it. `at` is where to go on; None when nothing is left."""

    study: Study
    at: Unit | None
    path: str
    course_path: str
    module_number: int
    standing: Standing
    kilobytes_left: int


def going_of(study: Study, lang: str) -> Going:
    course = study.met.course
    at = continue_at(course, study.enrollment.last_unit_id, study.progress, study.passed)
    standing = standing_of(course, lang, study.progress.opened)
    return Going(
        study=study,
        at=at,
        path=unit_path(lang, course.slug, at),
        course_path=unit_path(lang, course.slug, None),
        module_number=module_numbers(course).get(at.module, 0) if at else 0,
        standing=standing,
        kilobytes_left=kilobytes(standing.weight_left),
    )


def course_marks(db: Session, viewer: Viewer, lang: str) -> dict[str, Mark]:
    """How far the viewer is in each course they take, for the cards of the catalogue."""
    marks = {}
    for study in studies_of(db, viewer.id):
        standing = standing_of(study.met.course, lang, study.progress.opened)
        marks[study.met.course.slug] = Mark(standing.read, standing.lessons, study.enrollment.completed_at is not None)
    return marks
