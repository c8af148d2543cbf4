"""The load: raw sockets, HTTP/1.1 with keep-alive, loopback only, in a process of its own.

`python -m benchmarks.load` reads a Load as JSON from standard input and writes an Outcome as JSON. Every connection sends
its next request as soon as its last was answered; `{KEY}` in a request becomes a fresh UUID, as each form carries one.
"""

import asyncio
import json
import statistics
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field
from itertools import cycle, islice
from typing import cast
from uuid import uuid4

import httptools
import uvloop

LEAST = 10  # requests, however short the time: a median of fewer says nothing, and of none it would read as zero
PATIENCE = 60.0  # seconds for requests that were sent before the time was up
KEY = b"{KEY}"
MANY = 1_000_000  # requests: more than any run sends


@dataclass(frozen=True)
class Load:
    """`count` requests or `seconds`, whichever ends first, but at least LEAST; `start` is the place in `requests` to begin at."""

    port: int
    connections: int
    seconds: float
    requests: list[str]
    count: int = MANY
    start: int = 0
    expected: list[int] = field(default_factory=lambda: [200])


@dataclass(frozen=True)
class Outcome:
    """`p50` and `p99` in milliseconds. `errors` counts other statuses, torn answers and lost connections."""

    requests: int
    errors: int
    seconds: float
    p50: float
    p99: float
    first_error: str = ""

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds if self.seconds else 0.0


class Run:
    """What the connections of one load share."""

    def __init__(self, load: Load) -> None:
        self.load = load
        raw = [request.encode() for request in load.requests]
        self.next = islice(cycle(raw), load.start % len(raw), None)
        self.sent, self.errors, self.first_error = 0, 0, ""
        self.waits: list[float] = []
        self.until = time.perf_counter() + load.seconds

    def take(self) -> bytes | None:
        is_over = time.perf_counter() >= self.until and self.sent >= LEAST
        if is_over or self.sent >= self.load.count:
            return None
        self.sent += 1
        request = next(self.next)
        return request.replace(KEY, str(uuid4()).encode()) if KEY in request else request

    def failed(self, reason: str) -> None:
        self.errors += 1
        self.first_error = self.first_error or reason


class Connection(asyncio.Protocol):
    def __init__(self, run: Run, done: asyncio.Future[None]) -> None:
        self.run, self.done = run, done
        self.waiting = False
        self.body = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's own class
        self.send()

    def send(self) -> None:
        request = self.run.take()
        if request is None:
            self.transport.close()
            return
        self.parser = httptools.HttpResponseParser(self)
        self.body.clear()
        self.waiting = True
        self.started = time.perf_counter()
        self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        self.parser.feed_data(data)

    def on_body(self, body: bytes) -> None:
        if self.parser.get_status_code() not in self.run.load.expected:
            self.body += body[:200]

    def on_message_complete(self) -> None:
        self.run.waits.append(time.perf_counter() - self.started)
        self.waiting = False
        status = self.parser.get_status_code()
        if status not in self.run.load.expected:
            self.run.failed(f"{status}: {bytes(self.body)[:200]!r}")
        if self.parser.should_keep_alive():
            self.send()
        else:
            self.run.failed("the server closed the connection")
            self.transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        if self.waiting:
            self.run.failed(f"connection lost: {error}")
        if not self.done.done():
            self.done.set_result(None)


async def drive(load: Load) -> Outcome:
    """Sends a load and waits for its last answer."""
    loop = asyncio.get_running_loop()
    run = Run(load)
    started = time.perf_counter()
    ends: list[asyncio.Future[None]] = []
    for _ in range(load.connections):
        ends.append(loop.create_future())
        await loop.create_connection(lambda: Connection(run, ends[-1]), "127.0.0.1", load.port)
    _, late = await asyncio.wait(ends, timeout=load.seconds + PATIENCE)
    for _ in late:
        run.failed("no answer in time")
    spent = time.perf_counter() - started
    cuts = statistics.quantiles(run.waits, n=100) if len(run.waits) > 1 else [0.0] * 99
    return Outcome(len(run.waits), run.errors, spent, cuts[49] * 1000, cuts[98] * 1000, run.first_error)


def send(load: Load) -> Outcome:
    """Sends a load from a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.load"], input=json.dumps(asdict(load)), capture_output=True, text=True, check=True
    )
    return Outcome(**json.loads(done.stdout))


if __name__ == "__main__":
    print(json.dumps(asdict(uvloop.run(drive(Load(**json.load(sys.stdin)))))))
