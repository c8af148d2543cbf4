"""Everything that must hold before a course may be published, beyond what reading it already noticed."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Files

from app.content.draft import Draft
from app.content.faults import Fault, Faults
from app.content.glossary import Glossary
from app.content.page import MediaUrl, UnitUrl
from app.content.question_checks import check_question
from app.content.reader import Reading
from app.content.tree import Course, Exercise, Lesson, Quiz, Unit

RESERVED = frozenset({"enrollment", "print", "glossary", "review", "offline"})
BUDGET = 9_500
COURSE_BUDGET = 400_000  # bytes of a whole course in one language, compressed, pictures included
LESSON_WORDS = (450, 900)
FACT_MONTHS = 12
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)?")


def check_course(
    slug: str, files: Files[str, bytes], *, glossary: Glossary | None = None, neighbours: frozenset[str] = frozenset(),
    media_url: MediaUrl | None = None, unit_url: UnitUrl | None = None, today: datetime.date | None = None,
) -> tuple[Course | None, list[Fault]]:  # fmt: skip
    """Read a course and check all of it: the tree where there is one, and every fault, sorted by file and line."""
    reading = Reading(slug, files, glossary=glossary, neighbours=neighbours, media_url=media_url, unit_url=unit_url)
    check_reading(reading, today or datetime.datetime.now(datetime.UTC).date())
    return reading.course, sorted(reading.faults.items)


def check_reading(reading: Reading, today: datetime.date) -> None:
    """Note every further fault of a course that was read."""
    course = reading.course
    if course is None:
        return
    if not course.units and reading.modules:
        reading.faults.at("").add("course-empty")
    _check_ids(reading, course)
    _check_slugs(reading, course)
    drafts = {group[0].page.site.pages[group[0].path]: group for group in reading.units if group}
    for unit in course.units:
        group = drafts.get((unit.module, unit.slug), [])
        if not group:
            continue
        _check_weight(unit, group)
        if isinstance(unit, Lesson):
            _check_lesson(unit, group, today)
        elif isinstance(unit, Quiz):
            _check_quiz(unit, group[0].page.faults, course)
        elif isinstance(unit, Exercise):
            highest = sum(max(criterion.levels) for criterion in unit.criteria)
            if unit.criteria and unit.acceptance.points > highest:
                group[0].page.faults.add("pass-too-high", 1, points=unit.acceptance.points, maximum=highest)
    _check_course_weight(reading, course)
    sample = course.unit(*course.sample) if course.sample else None
    if sample and not isinstance(sample, Lesson):
        reading.faults.at("course.es.md").add("sample-unknown", 0, sample=f"{sample.module}/{sample.slug}")


def _holders(reading: Reading) -> Iterator[tuple[str, str, int]]:
    """Every id that is unique in the course: (id, file, line), one language of each file."""
    for _, module_drafts in reading.modules:
        for draft in module_drafts[:1]:
            yield draft.id, draft.path, 2
    for group in reading.units:
        for draft in group[:1]:
            yield draft.id, draft.path, 2
            for slot in draft.slots:
                if slot.kind == "question":
                    yield slot.id, draft.path, slot.line


def _check_ids(reading: Reading, course: Course) -> None:
    seen: dict[str, str] = {course.id: "course"}
    for name, path, line in _holders(reading):
        if not name:
            continue
        if name in seen:
            reading.faults.at(path).add("id-reused", line, id=name, where=f" ({seen[name]})")
        if name in course.retired:
            reading.faults.at(path).add("id-retired", line, id=name)
        seen.setdefault(name, path)
    for group in reading.units:
        for draft in group:
            for slot in draft.slots:
                if slot.kind != "question" and slot.id in course.retired:
                    draft.page.faults.add("id-retired", slot.line, id=slot.id)


def _check_slugs(reading: Reading, course: Course) -> None:
    taken = {f"{unit.module}/{unit.slug}" for unit in course.units} | {module.slug for module in course.modules}
    folders = {module.slug: folder for folder, _ in reading.modules for module in course.modules if folder.endswith(module.slug)}
    for module in course.modules:
        where = reading.faults.at(folders.get(module.slug, module.slug))
        if module.slug in RESERVED:
            where.add("slug-reserved", 0, slug=module.slug)
        for unit in module.units:
            if unit.slug in RESERVED:
                where.add("slug-reserved", 0, slug=unit.slug)
    for group, prefix in _aliases(reading, course):
        for alias in group.aliases:
            full = alias if "/" in alias or not prefix else f"{prefix}/{alias}"
            line = next((value[1] for key, value in group.shared.items() if key == "aliases"), 1)
            if not _SLUG.fullmatch(alias) or alias in RESERVED:
                group.page.faults.add("alias-form", line, alias=alias)
            elif full in taken:
                group.page.faults.add("alias-clash", line, alias=alias)
            taken.add(full)


def _aliases(reading: Reading, course: Course) -> Iterable[tuple[Draft, str]]:
    for _, drafts in reading.modules:
        yield from ((draft, "") for draft in drafts[:1])
    for group in reading.units:
        yield from ((draft, reading.site.pages[draft.path][0]) for draft in group[:1])


def _check_weight(unit: Unit, group: list[Draft]) -> None:
    for draft in group:
        weight = draft.text.weight
        if weight > BUDGET:
            draft.page.faults.add("page-heavy", 0, weight=weight, limit=BUDGET)


def _check_course_weight(reading: Reading, course: Course) -> None:
    for language in course.languages:
        weight = sum(unit.texts[language].weight for unit in course.units if language in unit.texts)
        if weight > COURSE_BUDGET:
            reading.faults.at(f"course.{language}.md").add("course-heavy", 0, weight=weight, limit=COURSE_BUDGET)


def _check_lesson(lesson: Lesson, group: list[Draft], today: datetime.date) -> None:
    low, high = LESSON_WORDS
    for draft in group:
        if not low <= draft.text.words <= high:
            draft.page.faults.add("lesson-length", 0, words=draft.text.words, low=low, high=high)
        for number, fact in enumerate(draft.text.facts, 1):
            line = draft.shared[f"facts.{number}.as_of"][1]
            year, _, month = fact.as_of.partition("-")
            if not (year.isdigit() and month.isdigit()):
                continue
            age = (today.year - int(year)) * 12 + today.month - int(month)
            if age > FACT_MONTHS:
                draft.page.faults.add("fact-old", line, as_of=fact.as_of)
            elif age < 0:
                draft.page.faults.add("fact-future", line, as_of=fact.as_of)


def _check_quiz(quiz: Quiz, faults: Faults, course: Course) -> None:
    if not quiz.questions:
        faults.add("quiz-empty")
    if quiz.rules.draw is not None and quiz.rules.draw > len(quiz.questions):
        faults.add("draw-too-many", 1, draw=quiz.rules.draw, count=len(quiz.questions))
    pair = course.unit_by_id(quiz.rules.pair) if quiz.rules.pair else None
    wanted = quiz.rules.purpose == "posttest"
    if (quiz.rules.pair or wanted) and not (wanted and isinstance(pair, Quiz) and pair.rules.purpose == "pretest"):
        faults.add("pair-unknown", 1)
    for question in quiz.questions:
        check_question(question, faults)
        if question.lesson and not isinstance(course.unit(*question.lesson), Lesson):
            faults.add("lesson-unknown", question.line, lesson="/".join(question.lesson))
