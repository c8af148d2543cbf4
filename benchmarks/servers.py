"""Servers under load, and what they cost: CPU seconds and memory of their processes, PostgreSQL's apart."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import psutil
import psycopg

from benchmarks.load import MANY, Load, Outcome, send
from tests.support.servers import ROOT, free_port, wait_until_ready

FACTORY = "benchmarks.application:create_app"


@dataclass(frozen=True)
class Cost:
    """One load with its price: milliseconds of CPU per request, the application's and the database's own."""

    outcome: Outcome
    application: float
    database: float


@dataclass(frozen=True)
class Server:
    port: int
    process: psutil.Process
    database: psutil.Process | None

    def load(
        self, requests: list[str], connections: int, seconds: float, *, start: int = 0, count: int = MANY, expected: int = 200
    ) -> Cost:
        """Sends a load and measures what it cost."""
        application, database = cpu_seconds(self.process), cpu_seconds(self.database)
        outcome = send(Load(self.port, connections, seconds, requests, count, start, [expected]))
        each = 1000 / max(outcome.requests, 1)
        return Cost(outcome, (cpu_seconds(self.process) - application) * each, (cpu_seconds(self.database) - database) * each)

    def settle(self, seconds: float = 90.0) -> None:
        """Waits until the server rests: until it used less than a twentieth of a core for three seconds running.

        A worker looks what is published a second after its first request, and compiles its courses then.
        """
        until, rests = time.monotonic() + seconds, 0
        before = cpu_seconds(self.process)
        while rests < 3 and time.monotonic() < until:
            time.sleep(1.0)
            after = cpu_seconds(self.process)
            rests, before = (rests + 1 if after - before < 0.05 else 0), after


def cpu_seconds(process: psutil.Process | None) -> float:
    """User and system time of a process tree so far, ended children included; 0 for none."""
    if process is None:
        return 0.0
    total = 0.0
    for one in [process, *process.children(recursive=True)]:
        with suppress(psutil.NoSuchProcess):
            spent = one.cpu_times()
            total += spent.user + spent.system
            if one == process:
                total += spent.children_user + spent.children_system
    return total


def postmaster(url: str) -> psutil.Process | None:
    """PostgreSQL's first process; None for SQLite, and for a server on another machine."""
    if not url.startswith("postgresql"):
        return None
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT pg_backend_pid()").fetchone()
        with suppress(psutil.NoSuchProcess, TypeError):
            backend = psutil.Process(row[0])  # type: ignore[index]
            return backend.parent() if "postgres" in backend.name() else None
    return None


@contextmanager
def serving(environment: dict[str, str], workers: int = 1) -> Iterator[Server]:
    """Serves the application as `tequio serve` does, log included, on a free port of the loopback."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", FACTORY, "--factory", "--port", str(port), "--workers", str(workers), "--no-access-log"]
    command += ["--loop", "uvloop", "--http", "httptools", "--log-level", "critical"]
    variables = {**os.environ, "TEQUIO_BASE_URL": f"http://127.0.0.1:{port}", "TEQUIO_LOG_LEVEL": "INFO", **environment}
    process = subprocess.Popen(command, cwd=ROOT, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until_ready(f"http://127.0.0.1:{port}", process)
        yield Server(port, psutil.Process(process.pid), postmaster(environment["TEQUIO_DATABASE_URL"]))
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
