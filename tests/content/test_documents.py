"""The guides for authors are true: their examples make one clean course in two languages."""

from datetime import date
from pathlib import Path

import pytest

from app.content.checker import check_reading
from app.content.folder import open_content
from app.content.questions import TYPES
from app.content.tree import Exercise, Quiz
from tests.content.documents import examples


def test_both_guides_make_one_clean_course(tmp_path: Path) -> None:
    for language in ("es", "en"):
        for path, text in examples(language).items():
            file = tmp_path / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    content = open_content(tmp_path)
    reading = content.read("market-stall")
    check_reading(reading, date(2026, 11, 20))
    found = [(fault.file, fault.line, fault.sentence("en")) for fault in reading.faults.items if fault.code != "lesson-length"]
    assert content.faults.items == []
    assert found == []
    assert reading.course is not None
    assert {unit.kind for unit in reading.course.units} == {"lesson", "quiz", "exercise"}


def test_figures_files_are_the_same_in_both_guides() -> None:
    spanish, english = examples("es"), examples("en")
    shared = {path for path in spanish if path.endswith(".yaml")}
    assert shared
    for path in shared:
        assert spanish[path] == english[path]


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_kind_of_question_field_and_block_has_an_example(language: str) -> None:
    text = "\n".join(examples(language).values())
    for kind in TYPES:
        assert f"type: {kind}\n" in text
    for field in ("line", "text", "number", "money", "percent", "date", "choice"):
        assert f"type: {field}\n" in text
    for box in ("example", "check", "yours", "note", "warning", "template", "fields", "rubric", "solution"):
        assert f"::: {box}" in text


def test_the_course_of_the_guides_has_every_type(tmp_path: Path) -> None:
    for path, text in examples("en").items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    course = open_content(tmp_path).read("market-stall").course
    assert course is not None and course.languages == ("en",)
    quiz = next(unit for unit in course.units if isinstance(unit, Quiz))
    assert {question.type for question in quiz.questions} == set(TYPES)
    exercise = next(unit for unit in course.units if isinstance(unit, Exercise))
    assert len(exercise.fields) == 7 and len(exercise.criteria) == 2
