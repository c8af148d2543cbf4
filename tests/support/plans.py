"""The statements that a request runs, and whether the database would read a whole table for one of them."""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, event
from sqlmodel import SQLModel

from app.kernel.database import is_sqlite
from app.web.routing import current_request

# These grow with what is published and with nothing else: reading them whole is fine.
FIXED = frozenset({"course_heads", "editions", "source_files", "search_entries", "search_terms"})
SPARSE = 50  # rows: below that PostgreSQL reads a table whole whatever its indexes are, and rightly so
EXPLAINED = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")


@dataclass(frozen=True)
class Statement:
    sql: str
    parameters: Any


@contextmanager
def statements() -> Iterator[list[Statement]]:
    """Collects what requests run meanwhile; background threads are left out."""
    found: list[Statement] = []

    def note(_connection: Connection, _cursor: Any, sql: str, parameters: Any, _context: Any, many: bool) -> None:
        if current_request.get(None) is not None:
            found.append(Statement(sql, parameters[0] if many else parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def full_scans(url: str, ran: list[Statement], *, small: bool = False) -> list[str]:
    """Statements that would read a growing table whole, with the tables. `small`: ask what a large table would get."""
    wanted = {statement.sql: statement for statement in ran if statement.sql.lstrip().upper().startswith(EXPLAINED)}
    scanned = _scanned_by_sqlite if is_sqlite(url) else _scanned_by_postgresql
    return [f"{', '.join(tables)}: {sql}" for sql, tables in scanned(url, list(wanted.values()), small) if tables]


def steps(url: str, ran: list[Statement]) -> int:
    """How many steps SQLite takes for the statements that read: an index that is badly chosen shows here, not as a scan."""
    connection, count = sqlite3.connect(url.removeprefix("sqlite:///")), 0

    def step() -> int:
        nonlocal count
        count += 1
        return 0

    connection.set_progress_handler(step, 1)
    for statement in ran:
        if statement.sql.lstrip().upper().startswith(("SELECT", "WITH")):
            connection.execute(statement.sql, statement.parameters).fetchall()
    connection.close()
    return count


def _growing(name: str) -> bool:
    plain = re.sub(r"_\d+$", "", name)  # SQLAlchemy's aliases: results_1
    return plain in SQLModel.metadata.tables and plain not in FIXED


def _scanned_by_sqlite(url: str, ran: list[Statement], _small: bool) -> Iterator[tuple[str, list[str]]]:
    connection = sqlite3.connect(url.removeprefix("sqlite:///"))
    for statement in ran:
        plan = connection.execute(f"EXPLAIN QUERY PLAN {statement.sql}", statement.parameters).fetchall()
        scans = [match[1] for row in plan if (match := re.match(r"SCAN (\w+)", row[3]))]
        yield statement.sql, [name for name in scans if _growing(name)]
    connection.close()


def _scanned_by_postgresql(url: str, ran: list[Statement], small: bool) -> Iterator[tuple[str, list[str]]]:
    with psycopg.connect(url, autocommit=True) as connection:
        if small:  # a table of one page is always read whole; a plan without that shows whether an index would serve
            connection.execute("SET enable_seqscan = off")
        for statement in ran:
            query: Any = f"EXPLAIN (FORMAT JSON) {statement.sql}"
            row = connection.execute(query, statement.parameters).fetchone()
            plan = row[0] if row else []
            plan = json.loads(plan) if isinstance(plan, str) else plan
            whole = {name for name in _whole(plan[0]["Plan"]) if _growing(name)}
            yield statement.sql, sorted(name for name in whole if _rows(connection, name) >= SPARSE)


def _rows(connection: psycopg.Connection[Any], table: str) -> int:
    query: Any = f"SELECT count(*) FROM (SELECT 1 FROM {table} LIMIT {SPARSE}) AS few"
    row = connection.execute(query).fetchone()
    return row[0] if row else 0


def _whole(node: dict[str, Any]) -> Iterator[str]:
    """Tables that a plan reads whole, from the table or from an index without a condition."""
    kind = node["Node Type"]
    unbounded = kind in ("Index Scan", "Index Only Scan") and "Index Cond" not in node
    if kind == "Seq Scan" or unbounded:
        yield node["Relation Name"]
    for child in node.get("Plans", ()):
        if not (kind == "Limit" and child["Node Type"].startswith("Index")):
            yield from _whole(child)
