"""Where a measurement plays: a database with six courses and as many learners as it takes, on SQLite or PostgreSQL."""

import os
import shutil
import sqlite3
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from uuid import uuid4

import psycopg

from app.kernel.migrations import upgrade
from app.kernel.settings import settings
from benchmarks.courses import SIX, six_courses
from tests.support.crowd import Walker, multiply, walk
from tests.support.postgresql import start_server
from tests.support.site import Site

QUIZ = "finance/start/before-you-begin"
QUIZ_DONE = "finance/two-boxes/questions"
LEARNERS = 200


@dataclass(frozen=True)
class Stage:
    url: str
    walker: Walker
    folder: Path
    learners: int = 0

    @property
    def kind(self) -> str:
        return "SQLite" if self.url.startswith("sqlite") else "PostgreSQL"

    @property
    def environment(self) -> dict[str, str]:
        """What a server on this stage is started with."""
        return environment_of(self.url, self.folder)

    def copy(self, learners: int = LEARNERS) -> "Stage":
        """The same stage in a database of its own, with copies of the first learner."""
        url = _copy_sqlite(self.url, self.folder) if self.kind == "SQLite" else _copy_postgresql(self.url)
        multiply(url, self.walker, learners)
        return replace(self, url=url, learners=learners)

    def empty(self) -> str:
        """The address of a migrated database of the same kind, without courses and people."""
        return _migrated(self.kind, self.folder)

    def site(self) -> Site:
        """The application over this stage, in this process. Whoever asks closes its unit."""
        from app.main import create_app

        os.environ.update(self.environment, TEQUIO_LOG_LEVEL="CRITICAL")
        settings.cache_clear()
        return Site(create_app(), self.url)


def environment_of(url: str, folder: Path) -> dict[str, str]:
    return {
        "TEQUIO_DATABASE_URL": url,
        "TEQUIO_STORAGE_URL": f"file:{folder}/files",
        "TEQUIO_MAIL_URL": f"folder:{folder}/mail",
        "TEQUIO_CONTENT_DIR": str(folder / "content"),
    }


def prepare(kind: str, folder: Path) -> Stage:
    """Migrates a database, publishes six courses, and lets one learner walk through them."""
    from app.catalog.commands import publish_folder

    if not (folder / "content").exists():
        six_courses(folder / "content")
    url = _migrated(kind, folder)
    stage = Stage(url, Walker(uuid4(), uuid4(), "", {}), folder)
    site = stage.site()
    try:
        outcomes = publish_folder(site.unit, folder / "content", say=lambda _line: None)
        if set(outcomes.values()) != {"first"}:
            raise SystemExit(f"The courses could not be published: {outcomes}")
        walker = walk(site, SIX, QUIZ, QUIZ_DONE)
    finally:
        site.unit.close()
    return Stage(url, walker, folder)


def _migrated(kind: str, folder: Path) -> str:
    url = f"sqlite:///{folder}/{uuid4().hex}.db" if kind == "SQLite" else f"{postgresql_server()}/{_new_database()}"
    upgrade(url)
    return url


@lru_cache
def postgresql_server() -> str:
    return start_server(durable=True)


def _new_database(template: str = "template1") -> str:
    name = f"bench_{uuid4().hex}"
    with psycopg.connect(f"{postgresql_server()}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return name


def _copy_postgresql(url: str) -> str:
    server, name = url.rsplit("/", 1)
    return f"{server}/{_new_database(name)}"


def _copy_sqlite(url: str, folder: Path) -> str:
    source = Path(url.removeprefix("sqlite:///"))
    with sqlite3.connect(source) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    target = folder / f"{uuid4().hex}.db"
    shutil.copy(source, target)
    return f"sqlite:///{target}"
