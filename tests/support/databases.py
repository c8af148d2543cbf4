"""A fresh, migrated database for each test: a copy of a template, on SQLite and on PostgreSQL."""

import shutil
import sqlite3
import tempfile
from functools import lru_cache
from pathlib import Path
from uuid import uuid4

import psycopg

from app.kernel.migrations import upgrade
from tests.support.postgresql import start_server

TEMPLATE = "tequio_template"


@lru_cache
def sqlite_template() -> Path:
    path = Path(tempfile.mkdtemp(prefix="tequio-template-")) / "template.db"
    upgrade(f"sqlite:///{path}")
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@lru_cache
def postgresql_server() -> str:
    server = start_server()
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {TEMPLATE}")
        connection.execute(f"CREATE DATABASE {TEMPLATE}")
    upgrade(f"{server}/{TEMPLATE}")
    return server


def fresh_sqlite(folder: Path) -> str:
    """The address of a new SQLite database in `folder`."""
    path = folder / f"{uuid4().hex}.db"
    shutil.copy(sqlite_template(), path)
    return f"sqlite:///{path}"


def fresh_postgresql() -> str:
    """The address of a new PostgreSQL database."""
    server = postgresql_server()
    name = f"tequio_{uuid4().hex}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    return f"{server}/{name}"


def drop_postgresql(url: str) -> None:
    server, name = url.rsplit("/", 1)
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
