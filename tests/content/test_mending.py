"""`content check`: missing ids written into both twins, refusals, exit status, the closing line."""

import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.content import commands
from app.content.__main__ import shell
from app.content.commands import check
from app.content.folder import open_content
from app.content.reading_ease import score_of
from tests.content.miniature import FILLER, FOLDER, TODAY

NAMES = re.compile(r" ?\{#[a-z0-9-]+\}")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the miniature content, without warnings."""
    folder = tmp_path / "content"
    shutil.copytree(FOLDER, folder)
    for path in folder.glob("market-stall/01-costs/01-*.md"):
        path.write_text(path.read_text() + FILLER)
    return folder


def without_ids(folder: Path, pattern: str, keep: str = "") -> None:
    for path in sorted(folder.glob(pattern)):
        lines = [line if keep and keep in line else NAMES.sub("", line) for line in path.read_text().split("\n")]
        path.write_text("\n".join(line for line in lines if not line.startswith("id: market-stall-")))


def test_a_clean_folder_says_so(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check([content], language="en", today=TODAY) == 0
    printed = capsys.readouterr()
    assert re.fullmatch(r"Checked 1 courses, 3 units: 0 errors, 0 warnings \(\d+\.\d s\)\.\n", printed.out)
    assert printed.err == ""


def test_errors_have_an_exit_status_and_places(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    quiz = content / "market-stall/01-costs/02-questions.es.md"
    quiz.write_text(quiz.read_text().replace("type: open", "type: abierta"))
    assert check([content], today=TODAY) == 1
    lines = capsys.readouterr().out.strip().split("\n")
    assert any(
        re.match(re.escape(str(quiz)) + r":\d+: error: La clave «question.type» no puede valer «abierta»\. Usa", line) for line in lines
    )
    assert lines[-1].startswith("Se revisaron 1 cursos, 3 unidades: ")


def test_a_missing_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check([tmp_path / "nada"]) == 1
    assert "No existe la carpeta" in capsys.readouterr().out


@pytest.mark.parametrize("pattern", ["market-stall/01-costs/02-*.md", "market-stall/01-costs/03-*.md", "market-stall/01-costs/module.*.md"])
def test_fix_writes_missing_ids_into_both_twins(content: Path, pattern: str, capsys: pytest.CaptureFixture[str]) -> None:
    without_ids(content, pattern, keep="> ")
    assert check([content], today=TODAY) == 1
    check([content], fix=True, today=TODAY)
    capsys.readouterr()
    reading = open_content(content).read("market-stall")
    codes = {fault.code for fault in reading.faults.items}
    assert not codes & {"id-missing", "twin-id", "twin-structure", "id-reused", "fix-refused"}, codes
    spanish, english = sorted(path.read_text() for path in content.glob(pattern))
    assert NAMES.findall(spanish) == NAMES.findall(english)
    assert check([content], fix=True, today=TODAY) in (0, 1)
    assert sorted(path.read_text() for path in content.glob(pattern)) == [spanish, english]


def test_fix_takes_the_id_that_one_twin_has(content: Path) -> None:
    english = content / "market-stall/01-costs/02-questions.en.md"
    before = english.read_text()
    english.write_text(before.replace(" {#q-rain}", "").replace(" {#loan}", ""))
    assert check([content], fix=True, today=TODAY) == 0
    assert english.read_text() == before


def test_fix_keeps_line_ends(content: Path) -> None:
    english = content / "market-stall/01-costs/02-questions.en.md"
    before = english.read_text().replace("\n", "\r\n")
    english.write_bytes(before.replace(" {#q-rain}", "").encode())
    check([content], fix=True, today=TODAY)
    assert english.read_bytes() == before.encode()


def test_fix_refuses_where_the_twins_differ_and_touches_nothing(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spanish, english = (content / f"market-stall/01-costs/02-questions.{language}.md" for language in ("es", "en"))
    spanish.write_text(spanish.read_text().replace(" {#q-rain}", ""))
    text = english.read_text().replace(" {#q-rain}", "")
    english.write_text(text.replace("## Complete Sunday's sum.", "### Complete Sunday's sum."))
    before = spanish.read_text(), english.read_text()
    assert check([content], fix=True, language="en", today=TODAY) == 1
    assert "Ids were not written" in capsys.readouterr().out
    assert (spanish.read_text(), english.read_text()) == before


def test_reading_report_names_long_sentences(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lesson = content / "market-stall/01-costs/01-break-even.es.md"
    hard = "La institucionalización de procedimientos administrativos extraordinariamente burocratizados " * 60
    lesson.write_text(lesson.read_text() + "\n" + hard + ".\n")
    assert check([content], reading=True, today=TODAY) == 0
    printed = capsys.readouterr().out
    assert "La frase tiene" in printed and "Lectura difícil" in printed


def test_an_interrupt_ends_cleanly(content: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "_check_one", interrupted)
    assert check([content]) == 130
    assert "Interrumpido" in capsys.readouterr().err


def test_the_shell_command(content: Path) -> None:
    result = CliRunner().invoke(shell, ["check", str(content), "--language", "en"])
    assert result.exit_code == 0 and result.output.startswith("Checked 1 courses")


def test_reading_ease_tells_easy_from_hard() -> None:
    easy = {"es": "La caja es de los dos. El lunes la abro y la cuento. ", "en": "The box is ours. On Monday I open it and count it. "}
    hard = {
        "es": "La institucionalización administrativa extraordinaria complica considerablemente la planificación. ",
        "en": "The administrative institutionalization considerably complicates organizational responsibilities. ",
    }
    for language in ("es", "en"):
        assert score_of(easy[language] * 20, language) > 70
        assert score_of(hard[language] * 20, language) < 30
