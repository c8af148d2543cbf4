"""Backup and restore, the same for both databases: every row as JSON, every stored file, and the hash of each part.

A backup is a ZIP that any tool opens. It is made in one read transaction, so it is consistent while the site runs; files are
named by their content and stored before the rows that name them, so copying them afterwards misses none. It can be restored into the
other kind of database: this is also how a site moves from SQLite to PostgreSQL.
"""

import base64
import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, Connection, Engine, MetaData, Table, create_engine, func, select, text, types
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

from app.kernel.database import driver_url, is_sqlite
from app.kernel.errors import NotFound
from app.kernel.migrations import upgrade
from app.kernel.storage import Storage

FORMAT = 1
CHUNK = 500  # rows written at once
Progress = Callable[[str, int], None]

KINDS: dict[str, Callable[[], types.TypeEngine[Any]]] = {
    "uuid": types.Uuid,
    "moment": UTCDateTime,
    "bytes": types.LargeBinary,
    "json": JSON,
    "true or false": types.Boolean,
    "integer": types.Integer,
    "number": types.Float,
    "text": types.Text,
}


class BackupFault(Exception):
    """A backup that cannot be trusted or restored here; the message says why and what to do."""


@dataclass(frozen=True)
class Contents:
    """What a backup holds."""

    rows: int
    files: int
    revision: str


def kind_of(column_type: Any) -> str:
    """The name under which values of a column type are written."""
    pairs: tuple[tuple[type, str], ...] = (
        (types.Uuid, "uuid"),
        (UTCDateTime, "moment"),
        (types.DateTime, "moment"),
        (types.LargeBinary, "bytes"),
        (JSON, "json"),
        (types.Boolean, "true or false"),
        (types.Integer, "integer"),
        (types.Float, "number"),
    )
    return next((kind for base, kind in pairs if isinstance(column_type, base)), "text")


def _write(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value


def _read(value: Any, kind: str) -> Any:
    if value is None:
        return None
    if kind == "uuid":
        return UUID(value)
    if kind == "moment":
        return datetime.fromisoformat(value)
    if kind == "bytes":
        return base64.b64decode(value)
    return value


def back_up(url: str, storage: Storage, target: Path, progress: Progress) -> Contents:
    """Writes a backup to `target`, which appears only when it is whole. `progress` gets (what, how many so far)."""
    engine = create_engine(driver_url(url))
    unfinished = target.with_suffix(target.suffix + ".unfinished")
    manifest: dict[str, Any] = {"format": FORMAT, "made_at": datetime.now(UTC).isoformat(), "tables": {}, "files": {}}
    try:
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
            with _snapshot(engine) as connection:
                manifest["revision"] = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
                for table in SQLModel.metadata.sorted_tables:
                    manifest["tables"][table.name] = _write_table(connection, table, archive, progress)
            for name in storage.names():
                _write_file(storage, name, archive, manifest["files"])
                progress("files", len(manifest["files"]))
            archive.writestr("manifest.json", json.dumps(manifest, indent=1))
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
        engine.dispose()
    return _contents(manifest)


def _snapshot(engine: Engine) -> Connection:
    connection = engine.connect()
    if engine.dialect.name == "postgresql":
        return connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    connection.execute(text("BEGIN"))
    return connection


def _write_table(connection: Connection, table: Table, archive: zipfile.ZipFile, progress: Progress) -> dict[str, Any]:
    digest, count = hashlib.sha256(), 0
    with archive.open(f"tables/{table.name}.jsonl", "w", force_zip64=True) as file:
        statement = select(table).execution_options(yield_per=CHUNK)
        for row in connection.execute(statement):
            line = (json.dumps([_write(value) for value in row], ensure_ascii=False) + "\n").encode()
            digest.update(line)
            file.write(line)
            count += 1
            if count % CHUNK == 0:
                progress(table.name, count)
    progress(table.name, count)
    columns = {column.name: kind_of(column.type) for column in table.columns}
    own = [column.name for column in table.columns if any(key.column.table is table for key in column.foreign_keys)]
    return {"columns": columns, "own_keys": own, "key": [c.name for c in table.primary_key], "rows": count, "sha256": digest.hexdigest()}


def _write_file(storage: Storage, name: str, archive: zipfile.ZipFile, files: dict[str, int]) -> None:
    try:
        content = storage.get(name)
    except NotFound:  # erased at its holder's request while the backup ran
        return
    archive.writestr(f"files/{name}", content)
    files[name] = len(content)


def verify(source: Path) -> dict[str, Any]:
    """Reads a backup whole and returns its manifest. Raises BackupFault for anything missing or changed."""
    try:
        with zipfile.ZipFile(source) as archive:
            manifest: dict[str, Any] = json.loads(archive.read("manifest.json"))
            if manifest["format"] != FORMAT:
                raise BackupFault(f"{source} was made by another version of the program (format {manifest['format']}).")
            for name, table in manifest["tables"].items():
                digest = hashlib.sha256()
                with archive.open(f"tables/{name}.jsonl") as file:
                    while chunk := file.read(1 << 20):
                        digest.update(chunk)
                if digest.hexdigest() != table["sha256"]:
                    raise BackupFault(f"{source} is damaged: the rows of {name} are not as they were written. Use another backup.")
            for name in manifest["files"]:
                if hashlib.sha256(archive.read(f"files/{name}")).hexdigest() != name:
                    raise BackupFault(f"{source} is damaged: the file {name} is not as it was written. Use another backup.")
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise BackupFault(f"{source} is not a whole backup of Tequio ({error}). Use another backup.") from error
    return manifest


def restore(url: str, storage: Storage, source: Path, progress: Progress) -> Contents:
    """Restores a verified backup into an empty database, all or nothing, and brings it to the newest revision.

    Raises BackupFault for a damaged backup, and for a database that already has rows in it.
    """
    manifest = verify(source)
    upgrade(url, manifest["revision"])
    engine = create_engine(driver_url(url))
    try:
        with zipfile.ZipFile(source) as archive:
            for number, name in enumerate(manifest["files"], 1):
                storage.put(archive.read(f"files/{name}"))
                progress("files", number)
            with engine.begin() as connection:
                for name, described in manifest["tables"].items():
                    _restore_table(connection, name, described, archive, progress)
                if is_sqlite(url) and (faults := connection.execute(text("PRAGMA foreign_key_check")).all()):
                    raise BackupFault(f"The backup leaves rows without their parents: {faults[:3]}")
    finally:
        engine.dispose()
    upgrade(url)
    return _contents(manifest)


def _restore_table(connection: Connection, name: str, described: dict[str, Any], archive: zipfile.ZipFile, progress: Progress) -> None:
    kinds: dict[str, str] = described["columns"]
    table = Table(name, MetaData(), *(Column(column, KINDS[kind]()) for column, kind in kinds.items()))
    if connection.execute(select(func.count()).select_from(table)).scalar_one():
        raise BackupFault("This database is not empty. Restore into a new one, so that nothing is overwritten.")
    own: list[str] = described["own_keys"]
    later: list[dict[str, Any]] = []
    count = 0
    for rows in _chunks(archive, name, kinds):
        later += [row for row in rows if any(row[column] for column in own)]
        # A row may name a later one of its own table: inserted first, joined afterwards.
        connection.execute(table.insert(), [row | dict.fromkeys(own) for row in rows])
        count += len(rows)
        progress(name, count)
    for row in later:
        keys = [table.c[column] == row[column] for column in described["key"]]
        connection.execute(table.update().where(*keys).values({column: row[column] for column in own}))
    if count != described["rows"]:
        raise BackupFault(f"The backup says {described['rows']} rows of {name}, and holds {count}. Use another backup.")


def _chunks(archive: zipfile.ZipFile, name: str, kinds: dict[str, str]) -> Iterator[list[dict[str, Any]]]:
    rows: list[dict[str, Any]] = []
    with archive.open(f"tables/{name}.jsonl") as file:
        for line in file:
            values = json.loads(line)
            rows.append({column: _read(value, kind) for (column, kind), value in zip(kinds.items(), values, strict=True)})
            if len(rows) == CHUNK:
                yield rows
                rows = []
    if rows:
        yield rows


def _contents(manifest: dict[str, Any]) -> Contents:
    return Contents(sum(table["rows"] for table in manifest["tables"].values()), len(manifest["files"]), manifest["revision"])
