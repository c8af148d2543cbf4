"""The requests that are measured, as they stand on the wire."""

from urllib.parse import urlencode

from app.kernel.settings import settings
from benchmarks.application import PATH as CEILING
from benchmarks.stage import LEARNERS, Stage
from tests.support.crowd import Walker

BROWSER = "accept: text/html\r\naccept-encoding: gzip, deflate, br, zstd\r\naccept-language: es\r\nsec-fetch-site: same-origin\r\n"
LESSONS = ["two-boxes/two-boxes", "two-boxes/five-minute-record", "saving/emergency-funds", "costs-and-break-even/break-even"]


def get(path: str, cookie: str = "") -> str:
    """A GET as a browser sends it; `cookie` is the secret of a session."""
    session = f"cookie: {settings().session_cookie}={cookie}\r\n" if cookie else ""
    return f"GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\n{BROWSER}{session}\r\n"


def post(path: str, cookie: str, fields: dict[str, str], more: str = "") -> str:
    """A posted form; `{KEY}` is kept for the load to fill, in its place and length."""
    body = urlencode(fields, safe="{}").replace("{KEY}", "K" * 36)
    head = f"POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\n{BROWSER}cookie: {settings().session_cookie}={cookie}\r\n{more}"
    head += f"content-type: application/x-www-form-urlencoded\r\ncontent-length: {len(body.encode())}\r\n\r\n"
    return head + body.replace("K" * 36, "{KEY}")


def some(stage: Stage, most: int) -> list[int]:
    """Learners, evenly spread over all."""
    return list(range(1, stage.learners + 1, max(1, stage.learners // most)))[:most]


def saves(stage: Stage, most: int = LEARNERS) -> list[str]:
    """One answer after another, as htmx sends them on change; no two in a row for one attempt, each a change."""
    walker, learners = stage.walker, some(stage, most)
    turns = [(question, choice) for choice in (1, 0) for question in walker.choices]
    return [_save(stage, walker, number, question, choice) for question, choice in turns for number in learners]


def _save(stage: Stage, walker: Walker, number: int, question: str, choice: int) -> str:
    fields = {"key": "{KEY}", "page": walker.page, "at": "1", "only": question, f"r.{question}": "0"}
    fields[f"a.{question}"] = walker.choices[question][choice]
    path = f"/es/attempts/{walker.attempt(number, stage.url)}/answers"
    return post(path, walker.secret(number), fields, "hx-request: true\r\n")


def pages(stage: Stage, most: int = LEARNERS) -> dict[str, list[str]]:
    """Name -> requests, each a different learner's where somebody is signed in. The ceiling comes first."""
    secrets = [stage.walker.secret(number) for number in some(stage, most)]
    lessons = [f"/es/courses/finance/{lesson}" for lesson in LESSONS]
    return {
        "ceiling": [get(CEILING, secret) for secret in secrets],
        "signed-in lesson": [get(lesson, secret) for secret in secrets for lesson in lessons],
        "visitor's lesson": [get(lesson) for lesson in lessons],
        "quiz save": saves(stage, most),
        "course page": [get("/es/courses/finance", secret) for secret in secrets],
        "my page": [get("/es/me", secret) for secret in secrets],
        "catalogue": [get("/es/courses", secret) for secret in secrets],
        "certificate check": [get(stage.walker.certificate)],
    }
