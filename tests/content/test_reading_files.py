"""Folders as they come: links that lead out, circles, pipes, giants; and the content of finance."""

import os
import shutil
import time
from pathlib import Path

import pytest

from app.content import source
from app.content.checker import check_course
from app.content.faults import Faults
from app.content.folder import open_content
from app.content.source import read_folder
from tests.content.miniature import FOLDER

ROOT = Path(__file__).parents[2]


def codes(folder: Path) -> set[tuple[str, str]]:
    faults = Faults()
    read_folder(folder, faults)
    return {(fault.code, fault.file) for fault in faults.items}


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    missing = tmp_path / "nada"
    assert codes(missing) == {("folder-missing", str(missing))}


def test_a_link_that_leads_out_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("secreto")
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "course.es.md").symlink_to(secret)
    faults = Faults()
    assert read_folder(folder, faults) == {}
    assert [fault.code for fault in faults.items] == ["link-outside"]


def test_linked_folders_that_go_in_circles_end(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "again").symlink_to(tmp_path)
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "a" / "x.md").write_text("hola")
    faults = Faults()
    assert set(read_folder(tmp_path, faults)) == {"a/x.md"}
    assert {fault.file for fault in faults.items} == {"a/again", "loop"}


def test_a_link_inside_the_folder_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("hola")
    (tmp_path / "y.md").symlink_to(tmp_path / "x.md")
    assert read_folder(tmp_path, Faults()) == {"x.md": b"hola", "y.md": b"hola"}


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "course.es.md")
    assert codes(tmp_path) == {("file-unknown", "course.es.md")}


def test_a_file_of_ten_megabytes_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "x.es.md").open("wb") as stream:
        stream.truncate(10_000_000)
    assert codes(tmp_path) == {("file-too-large", "x.es.md")}


def test_a_file_that_vanishes_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.md").write_text("hola")

    def gone(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", gone)
    assert codes(tmp_path) == {("file-unreadable", "x.md")}


def test_too_many_files_stop_the_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAXIMUM_FILES", 3)
    for number in range(5):
        (tmp_path / f"{number}.md").write_text("x")
    assert codes(tmp_path) == {("too-many-files", str(tmp_path))}


def test_a_file_name_that_is_no_text(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.md")).write_text("x")
    assert len(read_folder(tmp_path, Faults())) == 1


def test_one_course_is_read_with_the_glossary_beside_it(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "content")
    whole = open_content(tmp_path / "content").read("market-stall")
    alone = open_content(tmp_path / "content" / "market-stall").read("market-stall")
    assert whole.course == alone.course


def test_finance_is_clean() -> None:
    content = open_content(ROOT / "content")
    course, faults = check_course("finance", content.courses["finance"], glossary=content.glossary, neighbours=content.neighbours)
    assert [(fault.file, fault.line, fault.sentence("en")) for fault in faults if fault.severity == "error"] == []
    assert course is not None and len(course.units) >= 30


def test_reading_forty_units_takes_about_a_second() -> None:
    content = open_content(ROOT / "content")
    started = time.process_time()
    reading = content.read("finance")
    taken = time.process_time() - started
    assert reading.course is not None
    assert taken / len(reading.course.units) < 0.15, f"{taken:.2f} s for {len(reading.course.units)} units"
