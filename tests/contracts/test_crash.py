"""A worker that is killed in the middle of saving loses nothing that was acknowledged, and doubles nothing."""

import asyncio
import os
import random
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import httpx2
import psutil
import pytest
from sqlmodel import Session, col, select

from app.kernel.database import is_sqlite
from app.kernel.settings import settings
from app.learning.models import Result
from app.quizzes.models import Answer
from tests.contracts.world import COURSE, QUIZ, publish_courses
from tests.support.asynchronous import finished
from tests.support.servers import serving
from tests.support.site import Browser, Site

KILLS = 200 if os.environ.get("TEQUIO_TEST_LONG") else 20
CLIENTS = 4
QUESTION = "q-higher"


@dataclass
class Writer:
    """Somebody who gives one answer after the other, and sends each again until it is acknowledged."""

    attempt: str
    cookies: dict[str, str]
    page: str = field(default_factory=lambda: str(uuid4()))
    acknowledged: list[int] = field(default_factory=list)
    sent_again: int = 0
    refused: list[int] = field(default_factory=list)

    @property
    def attempt_id(self) -> UUID:
        return UUID(self.attempt.rsplit("/", 1)[1])

    def body(self, number: int, key: str) -> dict[str, str]:
        return {"key": key, "page": self.page, "only": QUESTION, f"a.{QUESTION}": str(number), f"r.{QUESTION}": "0"}

    def client(self, address: str) -> httpx2.Client:
        return httpx2.Client(base_url=address, cookies=self.cookies, headers=FROM_A_PAGE, timeout=30)

    def write(self, address: str, stop: threading.Event) -> None:
        number = 1000
        with self.client(address) as client:
            while not stop.is_set():
                number += 1
                self.save(client, number)

    def save(self, client: httpx2.Client, number: int) -> None:
        body = self.body(number, str(uuid4()))
        while True:
            try:
                answer = client.post(f"{self.attempt}/answers", data=body)
            except httpx2.TransportError:
                self.sent_again += 1
                time.sleep(0.05)
                continue
            if answer.status_code == 503:
                time.sleep(0.2)
                continue
            if answer.status_code == 200:
                self.acknowledged.append(number)
            else:
                self.refused.append(answer.status_code)
            return


FROM_A_PAGE = {"sec-fetch-site": "same-origin", "hx-request": "true", "hx-request-type": "partial"}


def writer(site: Site, name: str) -> Writer:
    """A learner with an open attempt."""
    learner: Browser = site.person(name)
    assert learner.post(f"/es/courses/{COURSE}/enrollment").status_code == 303
    begun = learner.fill(QUIZ, "/attempts")
    return Writer(str(begun.headers["location"]), {settings().session_cookie: learner.cookies[settings().session_cookie]})


@pytest.fixture
def quiz_site(site: Site) -> Iterator[Site]:
    publish_courses(site)
    yield site


def environment_of(site: Site) -> dict[str, str]:
    return {"TEQUIO_DATABASE_URL": site.url}


def workers_of(address: str) -> list[psutil.Process]:
    """The processes that serve; the one that watches over them stays."""
    port = address.rsplit(":", 1)[1]
    server = next(child for child in psutil.Process().children() if port in child.cmdline())
    return [child for child in server.children() if child.status() != psutil.STATUS_ZOMBIE and "spawn_main" in " ".join(child.cmdline())]


def kill_at_random_moments(address: str, times: int, writers: list[Writer], chance: random.Random) -> None:
    """Each time after a random number of saves, and a moment more: so the kills fall into writing, never into idling."""
    for _ in range(times):
        enough = sum(len(one.acknowledged) for one in writers) + chance.randint(4, 40)
        patience = time.monotonic() + 60
        while sum(len(one.acknowledged) for one in writers) < enough:
            assert time.monotonic() < patience, "the server did not come back"
            time.sleep(0.005)
        time.sleep(chance.uniform(0, 0.02))
        max(workers_of(address), key=lambda worker: time.time() - worker.create_time()).kill()


def kept(site: Site, attempt_id: UUID) -> list[Answer]:
    def rows(db: Session) -> list[Answer]:
        mine = select(Answer).where(Answer.attempt_id == attempt_id, Answer.question_id == QUESTION)
        return list(db.exec(mine.order_by(col(Answer.revision))))

    return site.read(rows)


def check_integrity(url: str) -> None:
    if is_sqlite(url):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.long
@pytest.mark.timeout(2400)
def test_killed_workers_lose_and_double_nothing(quiz_site: Site) -> None:
    kills = KILLS if is_sqlite(quiz_site.url) else KILLS // 4
    seed = random.randrange(2**32)
    writers = [writer(quiz_site, f"Writer{number}") for number in range(CLIENTS)]
    stop = threading.Event()
    with serving("app.main:create_app", environment_of(quiz_site), workers=2) as address:
        threads = [threading.Thread(target=one.write, args=(address, stop)) for one in writers]
        for thread in threads:
            thread.start()
        try:
            kill_at_random_moments(address, kills, writers, random.Random(seed))
        finally:
            stop.set()
            for thread in threads:
                thread.join()
    for one in writers:
        rows = kept(quiz_site, one.attempt_id)
        numbers = [int(row.value["number"]) for row in rows]
        assert one.refused == [], f"seed {seed}"
        assert sorted(set(one.acknowledged) - set(numbers)) == [], f"acknowledged and lost, seed {seed}"
        assert [number for number, times in Counter(numbers).items() if times > 1] == [], f"doubled, seed {seed}"
        assert [row.revision for row in rows] == list(range(1, len(rows) + 1))
        assert {row.standing for row in rows} == {"counts"}
        assert numbers == sorted(numbers)
    assert sum(one.sent_again for one in writers) > 0, "no request was cut off: the kills hit nothing"
    check_integrity(quiz_site.url)


async def five_times(address: str, one: Writer, bodies: list[dict[str, str]]) -> list[httpx2.Response]:
    async with httpx2.AsyncClient(base_url=address, cookies=one.cookies, headers=FROM_A_PAGE, timeout=30) as client:
        return list(await asyncio.gather(*(client.post(f"{one.attempt}/answers", data=body) for body in bodies)))


def test_what_is_sent_several_times_at_once_has_one_effect(quiz_site: Site) -> None:
    one = writer(quiz_site, "Lina")
    with serving("app.main:create_app", environment_of(quiz_site), workers=2) as address:
        for number in range(2000, 2005):
            answers = finished(five_times(address, one, [one.body(number, str(uuid4()))] * 5))
            assert {answer.status_code for answer in answers} == {200}
            assert len({answer.text for answer in answers}) == 1
        assert [int(row.value["number"]) for row in kept(quiz_site, one.attempt_id)] == list(range(2000, 2005))

        key = str(uuid4())
        for number in (3001, 3002, 3003):
            (answer,) = finished(five_times(address, one, [one.body(number, key)]))
            assert answer.status_code == 200
        numbers = [int(row.value["number"]) for row in kept(quiz_site, one.attempt_id)]
        assert numbers[-3:] == [3001, 3002, 3003], "the same key with another body is a new save"

        one.save(client := one.client(address), 13)
        client.close()

        async def submit_all() -> list[httpx2.Response]:
            headers = {"sec-fetch-site": "same-origin"}
            async with httpx2.AsyncClient(base_url=address, cookies=one.cookies, headers=headers, timeout=30) as client:
                return list(await asyncio.gather(*(client.post(f"{one.attempt}/submission") for _ in range(20))))

        answers = finished(submit_all())
    assert Counter(answer.status_code for answer in answers) == {303: 20}, "twenty hand-ins at once"
    results = quiz_site.read(lambda db: list(db.exec(select(Result))))
    assert len(results) == 1
