"""Many learners at once: one who really walked the site, multiplied inside the database.

The n-th copy has ids made from the first learner's and n, so that whoever knows the first knows them all.
"""

import hashlib
import re
import sqlite3
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import Column, insert, update
from sqlmodel import Session, SQLModel, col, select

from app.certificates.models import CertificateClaim
from app.kernel.clock import now
from app.kernel.database import is_sqlite
from app.learning.models import Enrollment
from tests.support.site import Browser, Site

MINE = "SELECT id FROM enrollments WHERE user_id = :user"
ATTEMPTS = f"SELECT id FROM attempts WHERE enrollment_id IN ({MINE})"
# Table -> the rows that belong to the first learner, and the columns that are made anew for every copy. Parents first.
BELONGINGS: dict[str, tuple[str, frozenset[str]]] = {
    "users": ("one.id = :user", frozenset({"id"})),
    "identities": ("one.user_id = :user", frozenset({"id", "user_id", "subject"})),
    "sessions": ("one.user_id = :user", frozenset({"token_hash", "id", "user_id"})),
    "enrollments": ("one.user_id = :user", frozenset({"id", "user_id"})),
    "unit_progress": (f"one.enrollment_id IN ({MINE})", frozenset({"enrollment_id"})),
    "results": (f"one.enrollment_id IN ({MINE})", frozenset({"id", "enrollment_id", "source_id"})),
    "attempts": (f"one.enrollment_id IN ({MINE})", frozenset({"id", "enrollment_id"})),
    "certificate_claims": (f"one.enrollment_id IN ({MINE})", frozenset({"enrollment_id"})),
    "certificates": ("one.user_id = :user", frozenset({"id", "serial", "enrollment_id", "user_id"})),
    "answers": (f"one.attempt_id IN ({ATTEMPTS})", frozenset({"attempt_id"})),
}


@dataclass(frozen=True)
class Walker:
    """The first learner: what a copy shares, and where its attempt stands."""

    user_id: UUID
    attempt_id: UUID
    page: str
    choices: dict[str, tuple[str, ...]]  # question -> its choices, of single choice questions
    certificate: str = ""  # where the first learner's is checked

    def secret(self, number: int) -> str:
        """The session cookie of a copy."""
        return f"copy-{number}"

    def attempt(self, number: int, url: str) -> UUID:
        """The attempt of a copy."""
        return copied(self.attempt_id, number, url)


def copied(original: UUID, number: int, url: str) -> UUID:
    text = original.hex if is_sqlite(url) else str(original)
    return UUID(hashlib.md5(f"{text}-{number}".encode()).hexdigest())


def walk(site: Site, courses: list[str], quiz: str, quiz_done: str, answers: int = 10) -> Walker:
    """A person enrolls in `courses`, saves `answers` answers of `quiz`, hands in `quiz_done`, and has the last course certified."""
    browser = site.person("Lina")
    for course in courses:
        assert browser.post(f"/es/courses/{course}/enrollment").status_code == 303
        browser.page(f"/es/courses/{course}/continue")
    done = _begin(browser, quiz_done)
    assert browser.post(f"{done}/submission").status_code == 303
    site.write(lambda db: complete(db, courses[-1], browser.user_id))
    issued = browser.post(f"/es/courses/{courses[-1]}/certificate", data={"name": "Teresa Sánchez Núñez"})
    assert issued.status_code == 303, issued.text[:500]
    return _answer(browser, _begin(browser, quiz), answers, str(issued.headers["location"]))


def complete(db: Session, course: str, user_id: UUID | None = None) -> None:
    """Completes a course for one person, or for everybody who takes it, as the rules would."""
    theirs: list[Any] = [Enrollment.course_slug == course, col(Enrollment.completed_at).is_(None)]
    theirs += [] if user_id is None else [Enrollment.user_id == user_id]
    waiting = [{"enrollment_id": found, "completed_at": now()} for found in db.exec(select(Enrollment.id).where(*theirs))]
    db.execute(insert(CertificateClaim), waiting)
    db.execute(update(Enrollment).where(*theirs).values(completed_at=now()))


def _begin(browser: Browser, quiz: str) -> str:
    started = browser.post(f"/es/courses/{quiz}/attempts")
    assert started.status_code == 303, started.text[:500]
    return str(started.headers["location"])


def _answer(browser: Browser, path: str, most: int, certificate: str) -> Walker:
    form: Any = browser.page(f"{path}?view=all").css_first("form[method=post][action$=answers]")
    fields: dict[str, str] = {}
    choices: dict[str, list[str]] = {}
    for field in form.css("input[name], textarea[name], select[name]"):
        name, kind = str(field.attributes["name"]), field.attributes.get("type") or field.tag
        if not name.startswith("a."):
            continue
        if kind == "radio":
            choices.setdefault(name[2:], []).append(str(field.attributes["value"]))
            fields.setdefault(name, str(field.attributes["value"]))
        else:
            fields.setdefault(name, "1" if field.tag == "input" and kind != "checkbox" else str(field.attributes.get("value") or ""))
    questions = [section.attributes["id"] for section in form.css(".q")][:most]
    page = str(form.css_first("input[name=page]").attributes["value"])
    for question in questions:
        own = {name: value for name, value in fields.items() if name.split(".")[1] == question}
        saved = browser.post(f"{path}/answers", data={"page": page, "only": question, f"r.{question}": "0", **own})
        assert saved.status_code in (200, 303), saved.text[:500]
    singles = {question: tuple(values) for question, values in choices.items() if question in questions}
    return Walker(browser.user_id, UUID(path.rsplit("/", 1)[1]), page, singles, certificate)


def multiply(url: str, walker: Walker, last: int, first: int = 1) -> None:
    """Adds copies of the first learner, numbered from `first` to `last`, with everything that is theirs."""
    values: dict[str, object] = {"user": walker.user_id.hex if is_sqlite(url) else walker.user_id, "first": first, "last": last}
    if is_sqlite(url):
        _multiply_sqlite(url, values)
        return
    with psycopg.connect(url, autocommit=True) as connection:
        for function in (
            "FUNCTION uuid_of(given text) RETURNS uuid LANGUAGE sql IMMUTABLE AS 'SELECT md5(given)::uuid'",
            "FUNCTION hash_of(given text) RETURNS text LANGUAGE sql IMMUTABLE AS $$SELECT encode(sha256(given::bytea), 'hex')$$",
        ):
            connection.execute(f"CREATE OR REPLACE {function}")
        for table in BELONGINGS:
            connection.execute(re.sub(r":(\w+)", r"%(\1)s", _statement(table)), values)
        connection.execute("ANALYZE")


def _multiply_sqlite(url: str, values: dict[str, object]) -> None:
    connection = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    connection.create_function("uuid_of", 1, lambda text: hashlib.md5(text.encode()).hexdigest(), deterministic=True)
    connection.create_function("hash_of", 1, lambda text: hashlib.sha256(text.encode()).hexdigest(), deterministic=True)
    connection.execute("BEGIN IMMEDIATE")
    for table in BELONGINGS:
        connection.execute(_statement(table), values)
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _statement(table: str) -> str:
    mine, fresh = BELONGINGS[table]
    columns = list(SQLModel.metadata.tables[table].columns)
    names = ", ".join(column.name for column in columns)
    values = ", ".join(_value(column) if column.name in fresh else f"one.{column.name}" for column in columns)
    return (
        f"WITH RECURSIVE series(n) AS (SELECT CAST(:first AS INTEGER) UNION ALL SELECT n + 1 FROM series WHERE n < :last) "
        f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} AS one CROSS JOIN series WHERE {mine}"
    )


def _value(column: Column[object]) -> str:
    if column.name == "token_hash":
        return "hash_of('copy-' || CAST(n AS VARCHAR))"
    if column.name == "serial":
        return "substr(hash_of(one.serial || CAST(n AS VARCHAR)), 1, 20)"
    made = f"CAST(one.{column.name} AS VARCHAR) || '-' || CAST(n AS VARCHAR)"
    return made if column.name == "subject" else f"uuid_of({made})"
