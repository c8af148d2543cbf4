"""The courses of this repository keep what they promise: no fault, enough questions, fair ones, figures that prove themselves."""

import re
from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from app.content.checker import check_reading
from app.content.faults import Fault
from app.content.folder import Content, open_content
from app.content.questions import Question
from app.content.reader import Reading
from app.content.reading_ease import check_reading_ease
from app.content.tree import Course, Exercise, Lesson, Quiz

CONTENT = Path(__file__).parents[2] / "content"
COURSES = sorted(path.parent.name for path in CONTENT.glob("*/course.es.md"))
LESSONS = sorted(path.relative_to(CONTENT).as_posix() for path in CONTENT.glob("*/*/*.es.md") if "\nkind: lesson\n" in path.read_text())
WITH_NUMBERS = {"business", "finance", "markets"}
LANGUAGES = ("es", "en")
PICTURE = 4_000  # bytes on the wire


@cache
def shipped() -> Content:
    return open_content(CONTENT)


@cache
def read(slug: str) -> Reading:
    content = shipped()
    reading = content.read(slug)
    check_reading(reading, datetime.now(UTC).date())
    check_reading_ease(reading)
    content.check_wording(slug, reading.faults)
    return reading


def course_of(slug: str) -> Course:
    course = read(slug).course
    assert course is not None
    return course


def quizzes(slug: str, purpose: str) -> list[Quiz]:
    return [unit for unit in course_of(slug).units if isinstance(unit, Quiz) and unit.rules.purpose == purpose]


def stem(question: Question) -> str:
    """The question without its numbers: variants of one sum are one stem."""
    return re.sub(r"[\d.,{}]+", "#", question.text("es").plain or question.prompt("es"))


@pytest.mark.parametrize("slug", COURSES)
def test_a_course_has_neither_errors_nor_warnings(slug: str) -> None:
    ours = [fault for fault in read(slug).faults.items if fault.code != "fact-old"]  # time passes; the check says it, the tests do not fail
    assert [(fault.file, fault.line, fault.sentence("en")) for fault in ours] == []


@pytest.mark.parametrize("slug", COURSES)
def test_a_course_is_whole(slug: str) -> None:
    course = course_of(slug)
    assert course.languages == LANGUAGES
    pretest, posttest, final = (quizzes(slug, purpose) for purpose in ("pretest", "posttest", "final"))
    assert [len(quiz.questions) for quiz in (*pretest, *posttest)] == [10, 10]
    assert posttest[0].rules.pair == pretest[0].id
    assert len(final) == 1 and final[0].rules.draw == 15 and len(final[0].questions) >= 25
    modules = [module for module in course.modules if any(isinstance(unit, Lesson) for unit in module.units)]
    assert len(modules) == 5
    for module in modules:
        kinds = Counter(unit.kind for unit in module.units)
        assert kinds["lesson"] >= 3 and kinds["quiz"] == 1 and kinds["exercise"] == 1, module.slug
        assert any(picture for unit in module.units for picture in unit.text("es").pictures), f"{module.slug} has no picture"


@pytest.mark.parametrize("slug", COURSES)
def test_a_module_has_questions_enough_for_several_tries(slug: str) -> None:
    for quiz in quizzes(slug, "module"):
        assert quiz.rules.draw == 6 and quiz.rules.passing == 70, quiz.id
        stems = Counter(stem(question) for question in quiz.questions)
        assert len(quiz.questions) >= 12, quiz.id
        assert max(stems.values()) <= 2, stems.most_common(1)
        assert not [question.id for question in quiz.questions if question.type == "open"]


@pytest.mark.parametrize("slug", sorted(WITH_NUMBERS & set(COURSES)))
def test_a_third_of_the_sums_draw_their_own_numbers(slug: str) -> None:
    sums = [q for unit in course_of(slug).units if isinstance(unit, Quiz) for q in unit.questions if q.type == "numeric"]
    assert len([q for q in sums if q.parameters]) * 3 >= len(sums), f"{len(sums)} sums"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", COURSES)
def test_nobody_passes_by_the_length_of_the_choices(slug: str, language: str) -> None:
    """Always ticking the longest or the shortest choice, or always "true", wins less than half."""
    ranks, truths = Counter[str](), Counter[bool]()
    for unit in course_of(slug).units:
        for question in unit.questions if isinstance(unit, Quiz) else ():
            if question.type == "true-false":
                truths[question.choices[0].right] += 1
            elif question.type == "single":
                lengths = {choice.id: len(question.text(language).choices[choice.id].html()) for choice in question.choices}
                right = next(lengths[choice.id] for choice in question.choices if choice.right)
                ranks["longest"] += right == max(lengths.values())
                ranks["shortest"] += right == min(lengths.values())
                ranks["all"] += 1
    assert ranks["all"] >= 20
    assert ranks["longest"] * 2 < ranks["all"] and ranks["shortest"] * 2 < ranks["all"], ranks
    assert not truths or 0.3 <= truths[True] / truths.total() <= 0.7, truths


@pytest.mark.parametrize("slug", COURSES)
def test_an_exercise_says_what_it_fills_and_when_it_is_accepted(slug: str) -> None:
    for unit in course_of(slug).units:
        if isinstance(unit, Exercise):
            assert unit.document and all(unit.text(language).fills for language in LANGUAGES), unit.id
            assert (unit.acceptance.points, unit.acceptance.no_level) == (10, 1), unit.id
            assert [criterion.levels for criterion in unit.criteria] == [(4, 3, 2, 1)] * 4, unit.id
            for language, word in (("es", "grupo"), ("en", "group")):
                assert re.search(rf"<h[^>]*>[^<]*\b{word}", unit.html(language), re.IGNORECASE), f"{unit.id} has no form for a group"


@pytest.mark.parametrize("slug", COURSES)
def test_a_lesson_has_its_parts(slug: str) -> None:
    for unit in course_of(slug).units:
        if isinstance(unit, Lesson):
            for language in LANGUAGES:
                text = unit.text(language)
                assert text.rule and text.remember and text.step, unit.id
                assert text.html.count("<details") >= 3, f"{unit.id} ({language}) has too few self-checks"


def test_pictures_are_light() -> None:
    for slug in COURSES:
        heavy = {path: picture.weight for path, picture in read(slug).site.pictures.items() if picture.weight > PICTURE}
        assert heavy == {}


def test_the_glossary_is_large_enough_and_every_lesson_uses_it() -> None:
    glossary = shipped().glossary
    assert glossary["es"].keys() == glossary["en"].keys()
    assert len(glossary["es"]) >= 110
    for path in LESSONS:
        assert "](glossary:" in (CONTENT / path).read_text(), path


@pytest.mark.parametrize("path", LESSONS)
def test_one_wrong_figure_in_a_lesson_is_caught(path: str) -> None:
    """The same wrong number in both languages: nothing but the derivation can notice."""
    slug, module, _ = path.split("/")
    stem_of = path.removesuffix(".es.md")
    wanted = [CONTENT / slug / f"course.{language}.md" for language in LANGUAGES]
    wanted += [CONTENT / slug / module / f"module.{language}.md" for language in LANGUAGES]
    wanted += [CONTENT / f"{stem_of}.{language}.md" for language in LANGUAGES]
    wanted += list((CONTENT / slug / module).glob("*.svg")) + [
        figures for figures in [CONTENT / f"{stem_of}.figures.yaml"] if figures.is_file()
    ]
    files = {place.relative_to(CONTENT / slug).as_posix(): place.read_bytes() for place in wanted}
    own = [f"{stem_of.split('/', 1)[1]}.{language}.md" for language in LANGUAGES]
    number = max(re.findall(r"(?<=[ $(])\d[\d,]*(?:\.\d+)?(?=[ ,;)]|\.\s)", body_of(files[own[0]])), key=len).rstrip(",")
    wrong = str(Decimal(number.replace(",", "")) + 7_919)
    assert figure_faults(slug, files) == []
    for name in own:
        files[name] = re.sub(rf"(?<![\d,.]){re.escape(number)}(?!\d|[.,]\d)", wrong, files[name].decode()).encode()
    assert own[0] in {fault.file for fault in figure_faults(slug, files)}, f"{number} became {wrong}"


def body_of(data: bytes) -> str:
    return data.decode().split("\n---\n", 1)[1]


def figure_faults(slug: str, files: dict[str, bytes]) -> list[Fault]:
    reading = Reading(slug, files, glossary=shipped().glossary)
    check_reading(reading, datetime.now(UTC).date())
    return [fault for fault in reading.faults.items if fault.code.startswith(("figure", "twin-number"))]
