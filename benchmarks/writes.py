"""Saved answers per second at 16 connections, against a bare loop of durable inserts on the same disk."""

import sqlite3
import time
from collections.abc import Callable
from statistics import median
from uuid import uuid4

import psycopg

from benchmarks.pages import Runs, plural
from benchmarks.requests import saves
from benchmarks.servers import serving
from benchmarks.stage import Stage
from benchmarks.table import Line, Report

LEAST = 1 / 3
VALUE = '{"choice": "b"}'


def measure(stage: Stage, report: Report, rounds: int, seconds: float) -> None:
    """The loop and the saves take turns; each ratio is of one round."""
    bare = bare_sqlite if stage.kind == "SQLite" else bare_postgresql
    for workers in (1, 2):
        own = stage.copy()
        with serving(own.environment, workers) as server:
            runs = Runs(server, {"quiz save": saves(own)})
            runs.warm_up()
            loops, saved = [], []
            for turn in range(rounds):
                report.progress(f"{stage.kind}, {plural(workers)}: writes, round {turn + 1} of {rounds}")
                loops.append(bare(own, seconds))
                saved.append(runs.run("quiz save", 16, seconds).outcome.per_second)
        ratio = median(one / loop for one, loop in zip(saved, loops, strict=True))
        detail = f"{median(saved):,.0f} answers/s at 16 connections, {median(loops):,.0f} bare commits/s"
        report.add(Line(f"writes per second, {stage.kind}, {plural(workers)}", ratio, "of bare", LEAST, at_least=True, detail=detail))


def bare_sqlite(stage: Stage, seconds: float) -> float:
    """Commits per second of one connection that does nothing else: write-ahead log, synchronous=FULL."""
    path = stage.folder / f"{uuid4().hex}.db"
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "CREATE TABLE answers (id TEXT PRIMARY KEY, value TEXT)"):
        connection.execute(statement)

    def insert() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO answers VALUES (?, ?)", (uuid4().hex, VALUE))
        connection.execute("COMMIT")

    rate = _rate(insert, seconds)
    connection.close()
    return rate


def bare_postgresql(stage: Stage, seconds: float) -> float:
    """Commits per second of one connection, with the server's synchronous_commit as the application has it."""
    with psycopg.connect(stage.url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS bare (id uuid PRIMARY KEY, value text)")
        connection.commit()

        def insert() -> None:
            connection.execute("INSERT INTO bare VALUES (%s, %s)", (uuid4(), VALUE))
            connection.commit()

        return _rate(insert, seconds)


def _rate(act: Callable[[], None], seconds: float) -> float:
    count, started = 0, time.perf_counter()
    while time.perf_counter() - started < seconds:
        act()
        count += 1
    return count / (time.perf_counter() - started)
