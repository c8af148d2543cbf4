"""Reading the audit log."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import tuple_
from sqlmodel import Session, col, select

from app.accounts.desks import Desk
from app.accounts.models import User
from app.kernel.errors import N_, NotFound
from app.kernel.models import AuditEntry
from app.reports.words import action_words, detail_words

PAGE = 50  # entries
ACCOUNT = "user:"
DESK = Desk(N_("Audit log"), N_("What staff have done, newest first."), "reports.audit", "read_audit")


@dataclass(frozen=True)
class Person:
    id: UUID
    name: str


@dataclass(frozen=True)
class AuditLine:
    """What somebody did. `actor` is the name they go by now; empty for the shell and for accounts that were erased.

    `person` is to whom it was done, where the subject is an account that still exists.
    """

    id: UUID
    at: datetime
    actor: str
    from_shell: bool
    action: str
    subject: str
    person: Person | None
    details: list[tuple[str, str]]


@dataclass(frozen=True)
class AuditPage:
    """Entries, newest first; `older` is the entry before which the next page begins, None on the last page."""

    lines: list[AuditLine]
    older: UUID | None


def audit_page(db: Session, before: UUID | None = None) -> AuditPage:
    """The newest entries, or those older than the entry `before`. Raises NotFound when there is no such entry."""
    statement = (
        select(AuditEntry, User.name)
        .outerjoin(User, col(User.id) == col(AuditEntry.actor_id))
        .order_by(col(AuditEntry.at).desc(), col(AuditEntry.id).desc())
        .limit(PAGE + 1)
    )
    if before is not None:
        start = db.get(AuditEntry, before)
        if start is None:
            raise NotFound
        statement = statement.where(tuple_(col(AuditEntry.at), col(AuditEntry.id)) < tuple_(start.at, start.id))
    found = db.exec(statement).all()
    people = _people(db, [entry.subject for entry, _ in found])
    lines = [_line(entry, name, people.get(entry.subject)) for entry, name in found]
    more = len(lines) > PAGE
    return AuditPage(lines[:PAGE], lines[PAGE - 1].id if more else None)


def _people(db: Session, subjects: list[str]) -> dict[str, Person]:
    accounts = {subject for subject in subjects if subject.startswith(ACCOUNT)}
    found = db.exec(select(User.id, User.name).where(col(User.id).in_([_id_of(subject) for subject in accounts])))
    return {f"{ACCOUNT}{user_id}": Person(user_id, name) for user_id, name in found}


def _id_of(subject: str) -> UUID:
    try:
        return UUID(subject.removeprefix(ACCOUNT))
    except ValueError:  # older entries, and those of tests, may name something else
        return UUID(int=0)


def _line(entry: AuditEntry, name: str | None, person: Person | None) -> AuditLine:
    details = list(detail_words(entry.details))
    return AuditLine(entry.id, entry.at, name or "", entry.actor_id is None, action_words(entry.action), entry.subject, person, details)
