"""Counts the statements of a request, and asks the database how it would run them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, event, text

from tests.support.site import Site

Statement = tuple[str, Any]


@contextmanager
def recorded(site: Site) -> Iterator[list[Statement]]:
    """The statements that the site runs inside the block, with their parameters."""
    statements: list[Statement] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if not statement.startswith(("PRAGMA", "BEGIN", "COMMIT")):
            statements.append((statement, parameters))

    # On PostgreSQL the reading engine is the writing one with an option, and shares its events.
    engines = {site.unit.reads, site.unit.writes} if site.unit.inline else {site.unit.writes}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)


def full_scans(site: Site, statements: list[Statement], *, small: tuple[str, ...] = ()) -> list[str]:
    """Plans that read a whole table; `small` names tables that stay small whatever grows."""
    with site.unit.writes.connect() as connection:
        scans = [line for statement in statements for line in _scans(connection, statement)]
    return [line for line in scans if not any(table in line for table in small)]


def _scans(connection: Connection, statement: Statement) -> list[str]:
    sql, parameters = statement
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", parameters)
        return [row[3] for row in rows if row[3].startswith("SCAN ") and "USING" not in row[3] and "subquery" not in row[3].lower()]
    # A small table is scanned because that is cheapest; what is asked is whether an index could serve a large one.
    connection.execute(text("SET LOCAL enable_seqscan = off"))
    rows = connection.exec_driver_sql(f"EXPLAIN {sql}", parameters)
    return [row[0].strip() for row in rows if "Seq Scan" in row[0]]
