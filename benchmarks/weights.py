"""Bytes on the wire, headers included: every kind of page, first and next view, per compression."""

import re
import socket

import httptools

from benchmarks.requests import get
from benchmarks.servers import Server, serving
from benchmarks.stage import QUIZ, Stage
from benchmarks.table import Line, Report

FIRST, NEXT = 14_600.0, 6_000.0
CODINGS = {"zstd": "zstd", "br": "br", "gzip": "gzip"}
OWN = re.compile(r"""<(?:link[^>]*?\brel="?(?:stylesheet|icon|preload)"?[^>]*?\bhref|script[^>]*?\bsrc)="?(/[^"\s>]+)""")


def addresses(stage: Stage) -> dict[str, tuple[str, bool]]:
    """Kind of page -> an address of it, and whether somebody has signed in."""
    attempt = f"/es/attempts/{stage.walker.attempt(1, stage.url)}"
    return {
        "home": ("/es", False),
        "catalogue": ("/es/courses", False),
        "search": ("/es/courses?q=ahorro", False),
        "course page": ("/es/courses/finance", False),
        "lesson": ("/es/courses/finance/costs-and-break-even/break-even", False),
        "sign-up": ("/es/sign-up", False),
        "sign-in": ("/es/sign-in", False),
        "certificate look-up": ("/certificates?language=es", False),
        "certificate check": (stage.walker.certificate, False),
        "my page": ("/es/me", True),
        "signed-in course page": ("/es/courses/finance", True),
        "signed-in lesson": ("/es/courses/finance/costs-and-break-even/break-even", True),
        "quiz": (f"/es/courses/{QUIZ}", True),
        "question": (attempt, True),
        "all questions of a quiz": (f"{attempt}?view=all", True),
        "check before handing in": (f"{attempt}?view=review", True),
        "exercise": ("/es/courses/finance/two-boxes/fourteen-days", True),
    }


def measure(stage: Stage, report: Report) -> None:
    """The heaviest of the compressions is held to the budget. Pictures are left out: lessons load them when they come into view."""
    own = stage.copy(1)
    with serving(own.environment) as server:
        for name, (path, signed_in) in addresses(own).items():
            report.progress(f"bytes: {name}")
            cookie = own.walker.secret(1) if signed_in else ""
            assets = _assets(_fetch(server, path, cookie, "identity")[1].decode())
            following = {name: _fetch(server, path, cookie, coding)[0] for name, coding in CODINGS.items()}
            first = {name: size + sum(_fetch(server, one, "", CODINGS[name])[0] for one in assets) for name, size in following.items()}
            report.add(Line(f"{name}, first view", max(first.values()), "B", FIRST, detail=_each(first)))
            report.add(Line(f"{name}, next view", max(following.values()), "B", NEXT, detail=_each(following)))
    vendored = {**own.environment, "TEQUIO_HTMX_URL": "vendored"}
    with serving(vendored) as server:
        page = _fetch(server, f"/es/attempts/{own.walker.attempt(1, own.url)}", own.walker.secret(1), "identity")[1].decode()
        found = [one for one in _assets(page) if "htmx" in one]
        sizes = {name: sum(_fetch(server, one, "", coding)[0] for one in found) for name, coding in CODINGS.items()}
        report.add(Line("htmx, when self-hosted", max(sizes.values()), "B", detail=_each(sizes)))


def _assets(html: str) -> list[str]:
    return list(dict.fromkeys(OWN.findall(html)))


def _each(sizes: dict[str, int]) -> str:
    return " · ".join(f"{name} {size:,}" for name, size in sizes.items())


class _Answer:
    def __init__(self) -> None:
        self.body, self.is_complete = bytearray(), False

    def on_body(self, body: bytes) -> None:
        self.body += body

    def on_message_complete(self) -> None:
        self.is_complete = True


def _fetch(server: Server, path: str, cookie: str, coding: str) -> tuple[int, bytes]:
    """Bytes of an answer as they came in, and its body. Raises SystemExit unless the page is there."""
    request = re.sub(r"accept-encoding: [^\r]*", f"accept-encoding: {coding}", get(path, cookie))
    answer, size = _Answer(), 0
    parser = httptools.HttpResponseParser(answer)
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
        connection.sendall(request.encode())
        while not answer.is_complete and (data := connection.recv(65536)):
            size += len(data)
            parser.feed_data(data)
    if parser.get_status_code() != 200:
        raise SystemExit(f"{path} answered {parser.get_status_code()}: its bytes cannot be measured.")
    return size, bytes(answer.body)
