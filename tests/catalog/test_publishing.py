"""Editions: what publishing does, what it refuses, and who waits for whom."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from app.catalog import publishing
from app.catalog.courses import compiled, head_edition
from app.catalog.folder import read_content
from app.catalog.models import CourseHead, Edition, SourceFile
from app.catalog.publishing import publish
from app.learning.models import Enrollment
from tests.support.site import SEEDS, Site

LESSON = "seeds/01-soil/01-first-seed.es.md"
QUIZ = "seeds/01-soil/02-questions"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SEEDS, tmp_path / "content"))


def change(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def editions(site: Site) -> list[Edition]:
    return site.read(lambda db: list(db.exec(select(Edition).order_by(col(Edition.number)))))


def number_of(db: Session) -> int:
    head = head_edition(db, "seeds")
    assert head
    return head[1]


def test_the_first_publish_shows_the_course(site: Site, folder: Path) -> None:
    assert site.visitor().get("/es/courses/seeds").status_code == 404
    assert site.publish(folder) == {"seeds": "first"}
    assert "La primera semilla" in site.visitor().get("/es/courses/seeds").text


def test_publishing_the_same_again_changes_nothing(site: Site, folder: Path) -> None:
    site.publish(folder)
    assert site.publish(folder) == {"seeds": "unchanged"}
    assert len(editions(site)) == 1


def test_a_correction_reaches_enrolled_learners_at_once(site: Site, folder: Path) -> None:
    site.publish(folder)
    lina = site.person("Lina")
    lina.post("/es/courses/seeds/enrollment")
    change(folder, LESSON, "poca agua", "muy poca agua")
    assert site.publish(folder) == {"seeds": "correction"}
    assert "muy poca agua" in lina.get("/es/courses/seeds/soil/first-seed").text
    assert "muy poca agua" in site.visitor().get("/es/courses/seeds/soil/first-seed").text


@pytest.mark.parametrize("what", ["key", "rule", "unit"])
def test_a_revision_leaves_enrolled_learners_where_they_are(site: Site, folder: Path, what: str) -> None:
    site.publish(folder)
    lina, marek = site.person("Lina"), site.person("Marek")
    lina.post("/es/courses/seeds/enrollment")
    if what == "key":
        for language in ("es", "en"):
            change(
                folder,
                f"{QUIZ}.{language}.md",
                "- [x] F" if language == "es" else "- [x] Fa",
                "- [ ] F" if language == "es" else "- [ ] Fa",
            )
            change(
                folder,
                f"{QUIZ}.{language}.md",
                "- [ ] V" if language == "es" else "- [ ] Tr",
                "- [x] V" if language == "es" else "- [x] Tr",
            )
    for language in ("es", "en"):
        if what == "rule":
            change(folder, f"{QUIZ}.{language}.md", "pass: 50", "pass: 100")
        if what == "unit":
            (folder / f"seeds/02-harvest/02-sowing-plan.{language}.md").unlink()
    assert site.publish(folder) == {"seeds": "revision"}
    marek.post("/es/courses/seeds/enrollment")

    def pinned(db: Session) -> list[int]:
        rows = db.exec(select(Edition.number).join(Enrollment, col(Enrollment.edition_id) == Edition.id).order_by(col(Edition.number)))
        return list(rows)

    assert site.read(pinned) == [1, 2]
    if what == "unit":
        assert lina.get("/es/courses/seeds/harvest/sowing-plan").status_code != 302
        assert "Tu plan de siembra" in lina.get("/es/courses/seeds").text
        assert "Tu plan de siembra" not in marek.get("/es/courses/seeds").text


def test_a_faulty_course_changes_nothing_and_says_where(site: Site, folder: Path) -> None:
    site.publish(folder)
    change(folder, f"{QUIZ}.es.md", "- [x] La tierra", "- [ ] La tierra")
    said: list[str] = []
    from app.catalog.commands import publish_folder

    assert publish_folder(site.unit, folder, say=said.append) == {"seeds": "refused"}
    assert any("01-soil/02-questions.es.md:" in line for line in said)
    assert len(editions(site)) == 1
    assert "La primera semilla" in site.visitor().get("/es/courses/seeds").text


def test_a_folder_that_did_not_change_is_not_even_compiled(site: Site, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site.publish(folder)
    compiled_again: list[str] = []

    def note(slug: str, *_: object) -> tuple[None, tuple[()]]:
        compiled_again.append(slug)
        return None, ()

    monkeypatch.setattr(publishing, "check_course", note)
    assert site.publish(folder) == {"seeds": "unchanged"}
    assert compiled_again == []
    change(folder, LESSON, "poca agua", "muy poca agua")
    site.publish(folder)
    assert compiled_again == ["seeds"]


def test_editions_share_what_did_not_change(site: Site, folder: Path) -> None:
    site.publish(folder)

    def files(db: Session) -> int:
        return len(db.exec(select(SourceFile.hash)).all())

    before = site.read(files)
    change(folder, LESSON, "poca agua", "muy poca agua")
    site.publish(folder)
    assert site.read(files) == before + 1
    first, second = editions(site)
    assert second.parent_id == first.id
    assert second.kind == "correction"


def test_an_old_edition_reads_as_it_was(site: Site, folder: Path) -> None:
    site.publish(folder)
    first = editions(site)[0]
    change(folder, LESSON, "title: La primera semilla", "title: La semilla primera")
    site.publish(folder)
    from app.catalog.courses import cache

    cache.courses.clear()
    cache.size = 0
    course = site.read(lambda db: compiled(db, first.id))
    assert course.units[0].title("es") == "La primera semilla"


def test_the_folder_does_not_overwrite_what_the_studio_published(site: Site, folder: Path) -> None:
    site.publish(folder)
    files = dict(read_content(folder).courses[0].files)
    files["01-soil/01-first-seed.es.md"] = files["01-soil/01-first-seed.es.md"].replace(b"poca agua", b"agua de lluvia")
    assert site.write(lambda db: publish(db, "seeds", files, origin="studio")).kind == "correction"
    assert site.publish(folder) == {"seeds": "unchanged"}, "the folder has not changed since its own last publish"
    assert site.read(number_of) == 2
    change(folder, LESSON, "poca agua", "muy poca agua")
    assert site.publish(folder) == {"seeds": "diverged"}
    assert site.read(number_of) == 2
    from app.catalog.commands import publish_folder

    assert publish_folder(site.unit, folder, take_folder=True, say=lambda _line: None) == {"seeds": "correction"}
    assert "muy poca agua" in site.visitor().get("/es/courses/seeds/soil/first-seed").text


def test_two_processes_publish_at_once(site: Site, folder: Path, tmp_path: Path) -> None:
    """Both end well; the editions are numbered one after the other, and each has the other as its parent."""
    site.publish(folder)
    processes = []
    for name in ("one", "two"):
        own = Path(shutil.copytree(folder, tmp_path / name))
        change(own, LESSON, "poca agua", f"poca agua ({name})")
        settings = {"TEQUIO_DATABASE_URL": site.url, "TEQUIO_CONTENT_DIR": str(own), "PATH": os.environ["PATH"]}
        command = [sys.executable, "-m", "app", "content", "publish"]
        processes.append(subprocess.Popen(command, env=settings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True))
    for process in processes:
        output, _ = process.communicate(timeout=120)
        assert process.returncode == 0, output
        assert "1 published" in output
    found = editions(site)
    assert [edition.number for edition in found] == [1, 2, 3]
    assert [edition.parent_id for edition in found] == [None, found[0].id, found[1].id]
    assert site.read(lambda db: db.exec(select(CourseHead.edition_id)).one()) == found[2].id


def test_another_process_sees_a_publish_within_seconds(site: Site, folder: Path) -> None:
    """The state that pages of visitors are kept under follows the database, not only this process."""
    import time

    site.publish(folder)
    visitor = site.visitor()
    assert "poca agua" in visitor.get("/es/courses/seeds/soil/first-seed").text
    change(folder, LESSON, "poca agua", "agua de otro proceso")
    settings = {"TEQUIO_DATABASE_URL": site.url, "TEQUIO_CONTENT_DIR": str(folder), "PATH": os.environ["PATH"]}
    subprocess.run([sys.executable, "-m", "app", "content", "publish"], env=settings, check=True, stdout=subprocess.DEVNULL)
    until = time.monotonic() + 10
    while "agua de otro proceso" not in visitor.get("/es/courses/seeds/soil/first-seed").text:
        assert time.monotonic() < until
        time.sleep(0.1)
