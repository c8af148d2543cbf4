"""A backup of a running site restores whole, into either kind of database; a damaged one is refused."""

import zipfile
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, select
from sqlmodel import SQLModel

from app.kernel.backup import BackupFault, back_up, restore, verify
from app.kernel.database import driver_url
from app.kernel.storage import Storage
from tests.support import databases
from tests.support.site import Site


def quiet(_what: str, _count: int) -> None:
    pass


def rows_of(url: str) -> dict[str, list[tuple[object, ...]]]:
    engine = create_engine(driver_url(url))
    with engine.connect() as connection:
        found = {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in SQLModel.metadata.sorted_tables
        }
    engine.dispose()
    return found


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'restored.db'}"
    return databases.fresh_postgresql()


def test_it_restores_every_row_and_file(site: Site, empty_database: str, tmp_path: Path) -> None:
    site.person("Lina")
    site.person("Señora Ñandú 🌵 محمد", "coordinator")
    files = Storage(f"file:{tmp_path}/files")
    name = files.put(b"a certificate")
    target = tmp_path / "backup.zip"
    made = back_up(site.url, files, target, quiet)

    elsewhere = Storage(f"file:{tmp_path}/restored-files")
    restored = restore(empty_database, elsewhere, target, quiet)

    assert restored == made
    assert made.rows >= 7
    assert made.files == 1
    assert elsewhere.get(name) == b"a certificate"
    assert rows_of(empty_database) == rows_of(site.url)


def test_it_refuses_a_database_with_people_in_it(site: Site, tmp_path: Path) -> None:
    site.person("Lina")
    files = Storage(f"file:{tmp_path}/files")
    back_up(site.url, files, tmp_path / "backup.zip", quiet)
    with pytest.raises(BackupFault, match="not empty"):
        restore(site.url, files, tmp_path / "backup.zip", quiet)


def test_it_refuses_a_damaged_backup(site: Site, tmp_path: Path) -> None:
    site.person("Lina")
    whole, damaged = tmp_path / "backup.zip", tmp_path / "damaged.zip"
    back_up(site.url, Storage(f"file:{tmp_path}/files"), whole, quiet)
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(damaged, "w") as target:
        for entry in source.namelist():
            content = source.read(entry)
            target.writestr(entry, content.replace(b"Lina", b"Lena") if entry == "tables/users.jsonl" else content)
    with pytest.raises(BackupFault, match="users"):
        verify(damaged)
    (tmp_path / "half.zip").write_bytes(whole.read_bytes()[:300])
    with pytest.raises(BackupFault, match="not a whole backup"):
        verify(tmp_path / "half.zip")


def test_an_interrupted_backup_leaves_nothing_that_looks_whole(site: Site, tmp_path: Path) -> None:
    def interrupt(_what: str, _count: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        back_up(site.url, Storage(f"file:{tmp_path}/files"), tmp_path / "backup.zip", interrupt)
    assert list(tmp_path.glob("backup*")) == []


def test_rows_written_meanwhile_do_not_tear_it(site: Site, tmp_path: Path) -> None:
    site.person("Before")
    people: list[str] = []

    def write_once(_what: str, _count: int) -> None:
        if not people:
            people.append("Meanwhile")
            site.person("Meanwhile")

    back_up(site.url, Storage(f"file:{tmp_path}/files"), tmp_path / "backup.zip", write_once)
    with zipfile.ZipFile(tmp_path / "backup.zip") as archive:
        users = archive.read("tables/users.jsonl")
    assert b"Before" in users
    assert b"Meanwhile" not in users
    assert (
        site.read(lambda db: db.connection().execute(select(func.count()).select_from(SQLModel.metadata.tables["users"])).scalar_one()) == 2
    )
