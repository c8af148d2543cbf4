"""A course's outline as pages show it: numbers, minutes, done marks, what comes next."""

from collections.abc import Iterable, Set
from dataclasses import dataclass

from app.catalog.weights import unit_weight
from app.content.tree import Course, Lesson, Unit
from app.kernel.i18n import kilobytes
from app.learning.queries import Progress


@dataclass(frozen=True, slots=True)
class Line:
    """A unit in the outline. `number` such as 1.2, or nothing; `is_done` as completion counts it."""

    number: str
    unit: Unit
    is_done: bool
    kilobytes: int


@dataclass(frozen=True, slots=True)
class Part:
    """A module in the outline; its number is 0 when it carries none."""

    number: int
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a learner is in the lessons of a course; `minutes_left` and `weight_left` (bytes) are of lessons not yet read."""

    read: int
    lessons: int
    minutes_left: int
    weight_left: int


def outline_of(course: Course, language: str, done: Set[str]) -> tuple[Part, ...]:
    """The outline with done marks."""
    parts = []
    numbers = module_numbers(course)
    for module in course.modules:
        number = numbers.get(module.slug, 0)
        lines = tuple(
            Line(f"{number}.{place}" if number else "", unit, unit.id in done, kilobytes(unit_weight(unit, language)))
            for place, unit in enumerate(module.units, 1)
        )
        parts.append(Part(number, module.title(language), lines))
    return tuple(parts)


def module_numbers(course: Course) -> dict[str, int]:
    """Slug -> number. A module without lessons (questions before the course, the final ones) carries none."""
    taught = (module.slug for module in course.modules if any(unit.kind == "lesson" for unit in module.units))
    return {slug: number for number, slug in enumerate(taught, 1)}


def done_units(course: Course, progress: Progress, passed: Iterable[str]) -> frozenset[str]:
    """Units that count as done: lessons that were opened, quizzes and exercises once they are passed."""
    return progress.opened & {lesson.id for lesson in lessons_of(course)} | frozenset(passed)


def standing_of(course: Course, language: str, opened: Set[str]) -> Standing:
    lessons = lessons_of(course)
    left = [lesson for lesson in lessons if lesson.id not in opened]
    return Standing(
        read=len(lessons) - len(left),
        lessons=len(lessons),
        minutes_left=sum(lesson.minutes for lesson in left),
        weight_left=sum(unit_weight(lesson, language) for lesson in left),
    )


def lessons_of(course: Course) -> list[Unit]:
    return [unit for unit in course.units if isinstance(unit, Lesson)]


def continue_at(course: Course, last_unit_id: str, progress: Progress, passed: Set[str]) -> Unit | None:
    """Where a learner goes on: the unit they left unless they finished it, else the next unfinished one, round the course.

    None when nothing is left. A lesson that was opened is behind them, except the last one until they say "done".
    """
    units = course.units
    finished = done_units(course, progress, passed) - ({last_unit_id} - progress.done - passed)
    start = next((place for place, unit in enumerate(units) if unit.id == last_unit_id), 0)
    return next((unit for unit in (*units[start:], *units[:start]) if unit.id not in finished), None)
