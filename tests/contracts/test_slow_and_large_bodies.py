"""Bodies over a real connection: refused before they are read when too large, given up when too slow."""

import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.support import databases
from tests.support.servers import serving

HEAD = "POST /es/sign-in HTTP/1.1\r\nHost: {host}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("bodies")
    with serving("tests.support.impatient:create_impatient_site", {"TEQUIO_DATABASE_URL": databases.fresh_sqlite(folder)}) as there:
        yield there


def converse(address: str, head: str, pieces: list[bytes], pause: float = 0.0) -> str:
    """Sends a head and pieces of a body, then reads what comes."""
    parts = urlsplit(address)
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=60) as line:
        line.sendall((HEAD.format(host=parts.netloc) + head + "\r\n").encode())
        for piece in pieces:
            time.sleep(pause)
            line.sendall(piece)
        return line.recv(65536).decode("utf-8", "replace")


def test_too_large_a_body_is_refused_before_it_is_sent(address: str) -> None:
    started = time.monotonic()
    assert converse(address, "Content-Length: 2000000\r\n", []).startswith("HTTP/1.1 413")
    assert converse(address, "Content-Length: 2000000\r\nExpect: 100-continue\r\n", []).startswith("HTTP/1.1 413")
    assert time.monotonic() - started < 20  # it answered without waiting for a body


def test_a_chunked_body_is_refused_as_soon_as_it_is_too_large(address: str) -> None:
    piece = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    assert converse(address, "Transfer-Encoding: chunked\r\n", [piece] * 16).startswith("HTTP/1.1 413")


def test_a_body_that_comes_too_slowly_is_given_up_in_words(address: str) -> None:
    answer = converse(address, "Content-Length: 100\r\n", [b"identifier="])
    assert answer.startswith("HTTP/1.1 408")
    assert "no-store" in answer


def test_a_slow_body_within_the_time_is_read(address: str) -> None:
    body = b"identifier=lina&passphrase=x"
    pieces = [body[:8], body[8:16], body[16:]]
    assert converse(address, f"Content-Length: {len(body)}\r\n", pieces, pause=0.05).startswith("HTTP/1.1 422")


def test_nonsense_instead_of_http_does_not_stop_the_server(address: str) -> None:
    for head in ("Content-Length: -1\r\n", "Content-Length: a\r\n", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"):
        assert not converse(address, head, [b"0\r\n\r\n"]).startswith("HTTP/1.1 5")
    assert converse(address, "Content-Length: 0\r\n", []).startswith("HTTP/1.1 422")
