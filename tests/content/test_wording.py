"""What courses do not say: each phrase of the site's own list is found where it is planted."""

from pathlib import Path

import pytest

from app.content.commands import check
from app.content.faults import Faults
from app.content.wording import FILE, Phrase, check_wording, read_wording
from tests.content.miniature import LESSON, LESSON_EN, miniature

CONTENT = Path(__file__).parents[2] / "content"
PHRASES = read_wording({FILE: (CONTENT / FILE).read_bytes()}, Faults())
PATHS = {"es": LESSON, "en": LESSON_EN}


def found(text: str, phrases: tuple[Phrase, ...] = PHRASES, language: str = "es") -> list[tuple[int, str]]:
    faults = Faults()
    check_wording({f"x.{language}.md": text.encode()}, phrases, faults)
    return [(fault.line, dict(fault.values)["phrase"]) for fault in faults.items]


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: f"{phrase.language}-{phrase.text}")
def test_every_phrase_is_found_where_it_is_planted(phrase: Phrase) -> None:
    path = PATHS[phrase.language]
    planted = phrase.text.replace("…", "esto otro").upper()
    text = miniature()[path].decode()
    faults = Faults()
    check_wording({path: f"{text}\n\n{planted}.\n".encode()}, PHRASES, faults)
    assert (path, text.count("\n") + 3, phrase.text) in {(one.file, one.line, dict(one.values)["phrase"]) for one in faults.items}
    assert phrase.instead in {dict(one.values)["instead"] for one in faults.items}


def own(yaml: str) -> tuple[Phrase, ...]:
    faults = Faults()
    phrases = read_wording({FILE: yaml.encode()}, faults)
    assert faults.items == []
    return phrases


LIST = "avoid:\n  - {es: [siempre … seguro], en: [], unless: [nunca digas], write_es: Pregunta., write_en: Ask.}\n"


def test_accents_case_and_line_ends_do_not_hide_a_phrase() -> None:
    assert found("Es SIÉMPRE muy,\nmuy *seguro*.", own(LIST)) == [(1, "siempre … seguro")]
    assert found("Siempre que llueve y truena y nieva en la sierra, es seguro.", own(LIST)) == [], "more than six words between"
    assert found("Es inseguro siempre.", own(LIST)) == []


def test_a_sentence_may_deny_it_but_not_the_one_before() -> None:
    assert found("Nunca digas que es siempre seguro.", own(LIST)) == []
    assert found("Nunca digas mentiras. Es siempre seguro.", own(LIST)) == [(1, "siempre … seguro")]


def test_a_phrase_counts_in_its_own_language_only() -> None:
    assert found("siempre seguro", own(LIST), "en") == []


def test_a_faulty_list_says_where() -> None:
    faults = Faults()
    read_wording({FILE: b"avoid:\n  - {es: [x], wrong: y}\n"}, faults)
    assert {(fault.file, fault.code) for fault in faults.items} >= {(FILE, "key-unknown"), (FILE, "key-missing")}


def test_the_check_of_a_folder_reads_its_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path, data in miniature().items():
        place = tmp_path / "market-stall" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    (tmp_path / FILE).write_text("avoid:\n  - {es: [dos tamales], en: [two tamales], write_es: Tres., write_en: Three.}\n")
    lesson = tmp_path / "market-stall" / LESSON
    lesson.write_text(lesson.read_text() + "\nDos tamales.\n")
    for folder in (tmp_path, tmp_path / "market-stall"):
        assert check([folder], language="en") == 1
        assert (
            f"{lesson}:{lesson.read_text().count(chr(10))}: error: We do not write 'dos tamales'. Instead: Tres." in capsys.readouterr().out
        )
