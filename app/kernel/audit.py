"""The audit log of what staff do."""

from typing import Any
from uuid import UUID

from sqlmodel import Session

from app.kernel.models import AuditEntry


def record(db: Session, actor_id: UUID | None, action: str, subject: object = "", **details: Any) -> None:
    """Writes one line of the audit log. `actor_id` is None for the shell; `subject` names a kind and an id."""
    db.add(AuditEntry(actor_id=actor_id, action=action, subject=str(subject), details=details))
