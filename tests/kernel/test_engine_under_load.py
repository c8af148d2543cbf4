"""The engine with real servers, several processes, and a lock that somebody else holds."""

import asyncio
import sqlite3
import statistics
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import httpx2
import pytest

from tests.support import databases
from tests.support.asynchronous import finished
from tests.support.servers import serving

PROBE = "tests.support.probe:create_probe"


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return databases.fresh_sqlite(tmp_path)


async def many(address: str, path: str, number: int, **options: object) -> list[httpx2.Response]:
    limits = httpx2.Limits(max_connections=number)
    async with httpx2.AsyncClient(base_url=address, timeout=60, limits=limits) as client:
        return list(await asyncio.gather(*(client.post(path, **options) for _ in range(number))))  # type: ignore[arg-type]


def hold_lock(url: str, seconds: float, held: threading.Event) -> threading.Thread:
    def hold() -> None:
        connection = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        held.set()
        time.sleep(seconds)
        connection.execute("COMMIT")
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    return thread


@pytest.mark.parametrize("workers", [1, 2])
def test_posts_wait_for_a_foreign_lock_and_health_answers_meanwhile(sqlite_url: str, workers: int) -> None:
    with serving(PROBE, {"TEQUIO_DATABASE_URL": sqlite_url}, workers) as address:
        held = threading.Event()
        holder = hold_lock(sqlite_url, 3.0, held)
        held.wait()
        waits: list[float] = []

        def watch() -> None:
            while holder.is_alive():
                started = time.perf_counter()
                assert httpx2.get(f"{address}/healthz", timeout=10).status_code == 200
                waits.append(time.perf_counter() - started)
                time.sleep(0.02)

        watcher = threading.Thread(target=watch)
        watcher.start()
        answers = finished(many(address, "/save", 200))
        watcher.join()
        assert Counter(answer.status_code for answer in answers) == {200: 200}
        assert httpx2.get(f"{address}/count").json() == {"save": 200}
        assert statistics.median(waits) < 0.25


def test_posts_are_refused_in_time_when_the_lock_is_held_too_long(sqlite_url: str) -> None:
    with serving("tests.support.impatient:create_impatient_probe", {"TEQUIO_DATABASE_URL": sqlite_url}) as address:
        held = threading.Event()
        holder = hold_lock(sqlite_url, 4.0, held)
        held.wait()
        started = time.perf_counter()
        answers = finished(many(address, "/save", 50))
        spent = time.perf_counter() - started
        assert Counter(answer.status_code for answer in answers) == {503: 50}
        assert all(answer.headers["retry-after"] for answer in answers)
        assert spent < 4.0
        holder.join()
        assert httpx2.post(f"{address}/save", timeout=30).status_code == 200
        assert httpx2.get(f"{address}/count").json() == {"save": 1}


@pytest.fixture(params=["sqlite", "postgresql"])
def shared_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield databases.fresh_sqlite(tmp_path)
        return
    url = databases.fresh_postgresql()
    yield url
    databases.drop_postgresql(url)


def test_one_effect_in_two_processes(shared_url: str) -> None:
    with serving(PROBE, {"TEQUIO_DATABASE_URL": shared_url}, workers=2) as address:
        for _ in range(10):
            answers = finished(many(address, "/keyed", 5, data={"key": str(uuid4()), "what": "same"}))
            assert {answer.status_code for answer in answers} == {200}
            assert len({answer.json()["answer"] for answer in answers}) == 1
        assert httpx2.get(f"{address}/count").json() == {"keyed": 10}


def test_several_workers_write_without_an_error(shared_url: str) -> None:
    with serving(PROBE, {"TEQUIO_DATABASE_URL": shared_url}, workers=2) as address:
        answers = finished(many(address, "/save", 300))
        assert Counter(answer.status_code for answer in answers) == {200: 300}
        assert httpx2.get(f"{address}/count").json() == {"save": 300}


def test_a_slow_page_does_not_hold_up_health(shared_url: str) -> None:
    with serving(PROBE, {"TEQUIO_DATABASE_URL": shared_url}) as address:
        done = threading.Event()

        def dawdle() -> None:
            for _ in range(4):
                assert httpx2.get(f"{address}/slow", timeout=10).status_code == 200
            done.set()

        thread = threading.Thread(target=dawdle)
        thread.start()
        waits = []
        while not done.is_set():
            started = time.perf_counter()
            httpx2.get(f"{address}/healthz", timeout=10)
            waits.append(time.perf_counter() - started)
            time.sleep(0.02)
        thread.join()
        assert statistics.median(waits) < 0.4  # a page that blocks the loop would make most of them wait for its end, a second away
