"""Reading the audit log."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import tuple_
from sqlmodel import Session, col, select

from app.accounts.desks import Desk
from app.accounts.models import User
from app.kernel.errors import N_, NotFound
from app.kernel.models import AuditEntry

PAGE = 50  # entries
DESK = Desk(N_("Audit log"), N_("What staff have done, newest first."), "reports.audit", "read_audit")


@dataclass(frozen=True)
class AuditLine:
    """What somebody did. `actor` is the name they go by now; empty for the shell and for accounts that were erased."""

    id: UUID
    at: datetime
    actor: str
    from_shell: bool
    action: str
    subject: str
    details: dict[str, Any]


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
    lines = [_line(entry, name) for entry, name in db.exec(statement)]
    more = len(lines) > PAGE
    return AuditPage(lines[:PAGE], lines[PAGE - 1].id if more else None)


def _line(entry: AuditEntry, name: str | None) -> AuditLine:
    return AuditLine(entry.id, entry.at, name or "", entry.actor_id is None, entry.action, entry.subject, entry.details)
