"""How hard a text is to read: long sentences, hard lessons, hard courses; tables and headings make nothing easier."""

import pytest

from app.content import checker
from app.content.faults import Faults
from app.content.glossary import read_glossary
from app.content.reader import Reading
from app.content.reading_ease import check_reading_ease, prose_of, score_of
from tests.content.miniature import LESSON, LESSON_EN, checked, glossary_files, miniature

HARD = {
    LESSON: "La consolidación institucional transnacional requiere responsabilidades administrativas extraordinariamente "
    "diferenciadas, reglamentaciones complementarias, fiscalización especializada y procedimientos interorganizacionales.",
    LESSON_EN: "Transnational institutional consolidation necessitates extraordinarily differentiated administrative "
    "responsibilities, complementary regulations, specialised supervision and interorganisational procedures.",
}
EASY = {LESSON: "La olla de Elvia rinde para todo el día.", LESSON_EN: "The pot is big and it feeds us all day."}
LONG = " ".join(["palabra"] * 26) + "."


def found(files: dict[str, bytes]) -> tuple[set[tuple[str, str]], list[str]]:
    reading = Reading("market-stall", files, glossary=read_glossary(glossary_files(), Faults()))
    lines = check_reading_ease(reading)
    return {(fault.code, fault.file) for fault in reading.faults.items}, lines


def easy() -> dict[str, bytes]:
    return with_text({path: "\n\n".join([text] * 20) for path, text in EASY.items()})


def with_text(text: dict[str, str]) -> dict[str, bytes]:
    files = miniature()
    for path, more in text.items():
        files[path] = files[path].split(b"Cada palabra cuenta")[0] + f"\n\n{more}\n".encode()
    return files


def test_the_miniature_course_is_easy_and_the_report_says_how_much() -> None:
    faults, lines = found(easy())
    assert {code for code, _ in faults} & {"reading-hard", "course-hard", "sentence-long"} == set()
    assert [line.split()[0] for line in lines] == ["INFLESZ", "Flesch"]


def test_a_hard_lesson_makes_a_hard_course() -> None:
    faults, _ = found(with_text({path: "\n\n".join([text] * 20) for path, text in HARD.items()}))
    assert {
        ("reading-hard", LESSON),
        ("reading-hard", LESSON_EN),
        ("course-hard", "course.es.md"),
        ("course-hard", "course.en.md"),
    } <= faults


def test_a_sentence_of_26_words_is_too_long() -> None:
    files = miniature()
    files[LESSON] += f"\n\n{LONG}\n".encode()
    assert ("sentence-long", LESSON) in found(files)[0]


def test_cells_and_headings_do_not_count_as_sentences() -> None:
    cells = "\n".join(["Pan", "Sal", "Agua"] * 40)
    assert prose_of(f"{cells}\n{HARD[LESSON]}\n") == HARD[LESSON]
    assert score_of(prose_of(f"{cells}\n{HARD[LESSON]}"), "es") == score_of(HARD[LESSON], "es") < 0


def test_a_course_has_a_budget_in_each_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checker, "COURSE_BUDGET", 2_000)
    assert {("course-heavy", "course.es.md"), ("course-heavy", "course.en.md")} <= {
        (fault.code, fault.file) for fault in checked(miniature())[1]
    }
