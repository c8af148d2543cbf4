"""Certificates: what may be issued, and what was."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from app.kernel.clock import now
from app.kernel.ids import new_id


class CertificateClaim(SQLModel, table=True):
    """A completed course waits for its learner to say which name the certificate shall bear."""

    __tablename__ = "certificate_claims"

    enrollment_id: UUID = Field(foreign_key="enrollments.id", primary_key=True, ondelete="CASCADE")
    completed_at: datetime = Field(default_factory=now)


class Certificate(SQLModel, table=True):
    """A certificate as issued. `record` is canonical JSON and never changes; being revoked is said beside it."""

    __tablename__ = "certificates"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    serial: str = Field(unique=True, max_length=24)
    enrollment_id: UUID | None = Field(default=None, unique=True, description="Empty once reissued, or when the account is erased.")
    user_id: UUID | None = Field(default=None, foreign_key="users.id", index=True, ondelete="SET NULL")
    course_slug: str = Field(max_length=60, index=True)
    holder_name: str = Field(max_length=120)
    record: str = Field(sa_type=Text)
    key_id: str = Field(max_length=16)
    signature: str = Field(max_length=64)
    pdf_a4: str = Field(max_length=64, description="The name of the stored file.")
    pdf_letter: str = Field(max_length=64)
    issued_at: datetime = Field(default_factory=now)
    revoked_at: datetime | None = None
    reason: str = Field(default="", max_length=20, description="A key of REASONS.")
    replaced_by: str = Field(default="", max_length=24)

    def read_record(self) -> dict[str, Any]:
        """The record as values."""
        record: dict[str, Any] = json.loads(self.record)
        return record

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None
