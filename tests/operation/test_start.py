"""`tequio start` as `make serve` and a container run it: in an empty folder, with a real server."""

import signal
import socket
import sqlite3
import time
from pathlib import Path

import httpx2
import pytest

from tests.support.servers import wait_until_ready
from tests.support.starting import CONTENT, SECONDS, started

COURSES = len(list(Path(CONTENT).glob("*/course.es.md")))


def test_from_an_empty_folder_to_a_site_that_is_read(tmp_path: Path) -> None:
    with started(tmp_path, TEQUIO_CONTENT_DIR=CONTENT) as (address, process, printed):
        wait_until_ready(address, process, SECONDS)
        for path in ("/es", "/en/courses", "/es/courses/finance", "/api/v1/courses/finance", "/readyz"):
            assert httpx2.get(address + path).status_code == 200, path
        assert "Finanzas" in httpx2.get(f"{address}/es/courses").text
        process.send_signal(signal.SIGINT)
        assert process.wait(SECONDS) == 0
    text = printed.read_text()
    assert f"serving on {address} with 1 process" in text
    assert f"{COURSES} of {COURSES} courses looked at, {COURSES} published" in text
    assert text.rstrip().endswith("nothing was left half done.")
    assert "Traceback" not in text
    roles = [line.split()[0] for line in text.splitlines() if line.startswith("  ")]
    assert roles == ["role", "learner", "author", "mentor", "coordinator", "administrator", "Staff"]
    passphrase = next(line for line in text.splitlines() if line.startswith("  learner")).split(maxsplit=2)[2]
    with started(tmp_path, TEQUIO_CONTENT_DIR=CONTENT) as (address, process, printed):
        wait_until_ready(address, process, SECONDS)
    again = printed.read_text().removeprefix(text)
    assert f"{COURSES} of {COURSES} courses looked at, 0 published" in again
    assert passphrase not in again


def test_production_gets_no_demonstration_accounts_and_no_known_secret(tmp_path: Path) -> None:
    address_of_all = "https://courses.example.org"
    with started(tmp_path, TEQUIO_BASE_URL=address_of_all) as (_, process, printed):
        assert process.wait(SECONDS) == 1
    assert "set TEQUIO_SECRET_KEY" in printed.read_text()
    with started(tmp_path, TEQUIO_BASE_URL=address_of_all, TEQUIO_SECRET_KEY="k" * 40) as (address, process, printed):
        wait_until_ready(address, process, SECONDS)
    assert "passphrase" not in printed.read_text()
    with sqlite3.connect(tmp_path / "var" / "tequio.db") as connection:
        assert connection.execute("SELECT count(*) FROM users").fetchone() == (0,)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_request_that_runs_when_the_end_comes_is_answered(tmp_path: Path, workers: str) -> None:
    with started(tmp_path, TEQUIO_WORKERS=workers) as (address, process, printed):
        wait_until_ready(address, process, SECONDS)
        port = int(address.rsplit(":", 1)[1])
        with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
            head = "POST /es/nowhere HTTP/1.1\r\nhost: 127.0.0.1\r\nsec-fetch-site: same-origin\r\ncontent-length: 9\r\n"
            line.sendall(f"{head}content-type: application/x-www-form-urlencoded\r\n\r\nname=".encode())
            time.sleep(0.5)
            process.send_signal(signal.SIGTERM)
            time.sleep(1)
            assert process.poll() is None
            line.sendall(b"Lina")
            answer = b""
            while part := line.recv(65536):
                answer += part
        assert answer.startswith(b"HTTP/1.1 404 ")
        assert process.wait(SECONDS) == 0
        with pytest.raises(httpx2.TransportError):
            httpx2.get(f"{address}/healthz")
    assert printed.read_text().rstrip().endswith("nothing was left half done.")


def test_several_workers_add_up_their_numbers(tmp_path: Path) -> None:
    with started(tmp_path, "--workers", "2") as (address, process, _):
        wait_until_ready(address, process, SECONDS)
        for _ in range(12):
            httpx2.get(f"{address}/api/v1/courses")  # a connection each: the workers share them
        lines = httpx2.get(f"{address}/metrics").text.splitlines()
    counted = next(line for line in lines if line.startswith("tequio_requests_total") and 'route="/api/v1/courses"' in line)
    assert float(counted.rsplit(" ", 1)[1]) == 12


def test_a_port_that_is_taken_is_said_in_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other, started(tmp_path, port=other.getsockname()[1]) as (_, process, printed):
        assert process.wait(SECONDS) == 1
    assert "make serve PORT=8001" in printed.read_text()
    assert "Traceback" not in printed.read_text()
