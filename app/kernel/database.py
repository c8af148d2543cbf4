"""Two databases, one code: engines, sessions, and the unit in which the database work of one request runs.

Look-ups, action, rendering and commit of a request run together (architecture.md, decision 5, in docs/decisions.md):
a read on SQLite inline, since readers of a write-ahead log wait for nobody; everything else in one hop to a small
lane of threads. SQLite's writing lane has one thread, so that its queue is the gate and nobody waits inside a pool.
"""

import sqlite3
import time
from asyncio import get_running_loop
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar, copy_context
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any, TypeVar

import structlog
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlmodel import Session, SQLModel

from app.kernel.errors import Busy

PATIENCE = 20.0  # seconds from arrival to "busy, nothing was saved"
STEP = 0.003  # seconds between tries for SQLite's write lock
SLOW_INLINE = 0.05  # seconds after which an inline read is worth a line in the log

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

T = TypeVar("T")

_deadline: ContextVar[float] = ContextVar("deadline")
_log = structlog.get_logger("database")


def is_sqlite(url: str) -> bool:
    return url.startswith("sqlite")


def driver_url(url: str) -> str:
    """The address with the driver that the program is built on: plain postgresql:// becomes psycopg."""
    return url.replace("postgresql://", "postgresql+psycopg://", 1).replace("postgres://", "postgresql+psycopg://", 1)


def sqlite_engine(url: str, begin: str, connections: int, *pragmas: str) -> Engine:
    """An engine whose transactions open with `begin` and wait for the lock in even steps until the deadline.

    SQLite's own growing back-off starves one of two processes; even steps do not (measured: benchmarks/).
    Journal mode WAL is a property of the file and is set once by `prepare_sqlite`.
    """
    engine = create_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        connect_args={"check_same_thread": False, "isolation_level": None, "timeout": 0},
    )

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        for pragma in ("foreign_keys=ON", "synchronous=FULL", *pragmas):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        while True:
            try:
                driver: Any = connection.connection.driver_connection
                driver.execute(begin)
                return
            except sqlite3.OperationalError as error:
                if "locked" not in str(error):
                    raise
                if time.monotonic() > _deadline.get(time.monotonic() + PATIENCE):
                    raise Busy from error
                time.sleep(STEP)

    return engine


def prepare_sqlite(url: str) -> None:
    """Makes the folder and the file of a SQLite database, in WAL mode. Other databases are left alone."""
    path = make_url(url).database
    if not is_sqlite(url) or not path or path == ":memory:":
        return
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    with sqlite3.connect(path, timeout=30) as connection:
        connection.execute("PRAGMA journal_mode=WAL")


class Unit:
    """Runs database work in transactions: return commits, raise rolls back. One per process."""

    def __init__(self, url: str) -> None:
        url = driver_url(url)
        self.closed = Event()  # background threads wait on it
        self.inline, many = (True, 4) if is_sqlite(url) else (False, 8)
        if self.inline:
            prepare_sqlite(url)
            self.reads = sqlite_engine(url, "BEGIN", many + 1, "query_only=ON", "busy_timeout=2000", "cache_size=-6000")
            self.writes = sqlite_engine(url, "BEGIN IMMEDIATE", 1, "cache_size=-6000")
        else:
            self.writes = create_engine(url, pool_size=2 * many, max_overflow=0, pool_pre_ping=True, pool_timeout=PATIENCE)
            self.reads = self.writes.execution_options(postgresql_readonly=True)
        self.readers = ThreadPoolExecutor(many, "read")
        self.writers = ThreadPoolExecutor(1 if self.inline else many, "write")

    async def read(self, work: Callable[[Session], T], slow: bool = False, name: str = "") -> T:
        """Runs work in a read-only transaction. `slow` work never runs on the event loop."""
        run: Callable[[], T] = partial(copy_context().run, self._run, self.reads, work, time.monotonic() + PATIENCE)
        if not self.inline or slow:
            return await get_running_loop().run_in_executor(self.readers, run)
        started = time.perf_counter()
        try:
            return run()
        finally:
            if (spent := time.perf_counter() - started) > SLOW_INLINE:
                _log.warning("slow_inline_read", route=name, milliseconds=round(spent * 1000))

    async def write(self, work: Callable[[Session], T]) -> T:
        """Runs work in a writing transaction. Raises Busy when the lock could not be had within PATIENCE."""
        run = partial(copy_context().run, self._run, self.writes, work, time.monotonic() + PATIENCE)
        return await get_running_loop().run_in_executor(self.writers, run)

    def read_now(self, work: Callable[[Session], T]) -> T:
        """The same for the shell and for background threads, which have no event loop."""
        return self._run(self.reads, work, time.monotonic() + PATIENCE)

    def write_now(self, work: Callable[[Session], T]) -> T:
        """A writing transaction for the shell and for background threads; it queues with the requests' writes."""
        return self.writers.submit(self._run, self.writes, work, time.monotonic() + PATIENCE).result()

    def _run(self, engine: Engine, work: Callable[[Session], T], until: float) -> T:
        if time.monotonic() > until:
            raise Busy
        _deadline.set(until)
        try:
            with Session(engine, expire_on_commit=False) as db, db.begin():
                return work(db)
        except StopIteration as error:  # a future cannot carry it: the request would never end
            raise RuntimeError("StopIteration left a handler") from error
        except PoolTimeout as error:
            raise Busy from error
        except OperationalError as error:
            if is_passing(error):
                _log.warning("busy", reason=type(error.orig).__name__)
                raise Busy from error
            raise

    def close(self) -> None:
        """Ends the background threads, then the lanes after the work they hold, then the connections."""
        self.closed.set()
        for lane in (self.writers, self.readers):
            lane.shutdown(wait=True, cancel_futures=False)
        self.reads.dispose()
        self.writes.dispose()


def is_passing(error: OperationalError) -> bool:
    """Whether a database error is one that goes by itself: a lock, or a connection that was lost."""
    return error.connection_invalidated or "locked" in str(error.orig) or "connection" in str(error.orig).lower()
