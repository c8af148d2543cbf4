"""Every fault there is, planted alone in a clean course: it is found, in its file, with words in both languages."""

import pytest

from app.content.faults import CATALOGUE, Fault
from tests.content.miniature import EXERCISE, LESSON, LESSON_EN, QUIZ, QUIZ_EN, checked, glossary_files, in_both, miniature, replaced
from tests.content.plants import OWN_TESTS, PLANTS, Plant


def test_the_miniature_course_is_clean() -> None:
    course, faults = checked(miniature())
    assert faults == []
    assert course is not None and len(course.units) == 3


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: f"{plant.code}-{plant.file.rsplit('/', 1)[-1]}")
def test_a_planted_fault_is_found(plant: Plant) -> None:
    files = plant.plant(miniature())
    _, faults = checked(files)
    found = [fault for fault in faults if fault.code == plant.code and fault.file == plant.file]
    assert found, [(fault.file, fault.line, fault.code, fault.sentence("en")) for fault in faults]
    if plant.marker:
        line = files[plant.file].decode("utf-8", "replace").split("\n")[found[0].line - 1]
        assert plant.marker in line, (found[0].line, line)


def test_every_fault_of_the_catalogue_is_planted_somewhere() -> None:
    assert {plant.code for plant in PLANTS} | OWN_TESTS == set(CATALOGUE)


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_every_fault_speaks_both_languages(code: str) -> None:
    fault = Fault("x", 1, code)
    words = [fault.sentence("es"), fault.mend("es"), fault.sentence("en"), fault.mend("en")]
    assert all(word.strip() for word in words)
    assert words[0] != words[2] and words[1] != words[3]
    assert fault.severity in ("error", "warning")


def test_all_faults_come_at_once() -> None:
    files = replaced(miniature(), LESSON, "## Ahora con un puesto más caro", "#### Ahora\n\n<b>hola</b>")
    files = replaced(files, QUIZ, "- [x] $8 {#a}", "- [ ] $8 {#a}")
    files = replaced(files, EXERCISE, "type: money", "type: dinero")
    codes = {fault.code for fault in checked(files)[1]}
    assert {"heading-jump", "raw-html", "right-missing", "value-choice", "twin-right"} <= codes


def test_a_glossary_word_in_one_language_only() -> None:
    words = {**glossary_files(), "glossary.en.md": b"---\nid: glossary\n---\n"}
    faults = checked(miniature(), words)[1]
    assert ("glossary-twin", "glossary.es.md") in {(fault.code, fault.file) for fault in faults}
    assert ("term-unknown", LESSON_EN) in {(fault.code, fault.file) for fault in faults}


def test_a_glossary_entry_without_an_explanation() -> None:
    words = {**glossary_files(), "glossary.es.md": b"---\nid: glossary\n---\nsuelto\n"}
    assert "glossary-form" in {fault.code for fault in checked(miniature(), words)[1]}


def test_one_language_alone_is_a_course() -> None:
    files = {path: data for path, data in miniature().items() if ".en." not in path}
    course, faults = checked(files)
    assert faults == []
    assert course is not None and course.languages == ("es",)


def test_the_same_change_in_both_twins_is_no_fault() -> None:
    files = in_both(miniature(), "01-costs/02-questions", "points: 2", "points: 3")
    assert checked(files)[1] == []
    assert checked(replaced(miniature(), QUIZ_EN, "points: 2", "points: 3"))[1] != []


def test_a_long_value_is_shortened_in_its_sentence() -> None:
    fault = [fault for fault in checked(replaced(miniature(), QUIZ, "type: open", "type: " + "x" * 500))[1] if fault.code == "value-choice"]
    assert len(fault[0].sentence("es")) < 300
