"""Tables of the kernel: kept answers of repeated requests, rate limits, messages on their way, the audit log."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, Index, Text
from sqlmodel import Field, SQLModel

from app.kernel.clock import now
from app.kernel.ids import new_id


class Replay(SQLModel, table=True):
    """The first answer to a change that carries a key, given again when the same request comes again."""

    __tablename__ = "replays"

    who: str = Field(primary_key=True, max_length=64)
    action: str = Field(primary_key=True, max_length=200)
    key: UUID = Field(primary_key=True)
    digest: str = Field(primary_key=True, max_length=64)
    status: int = 0
    location: str = Field(default="", sa_type=Text)
    body: str = Field(default="", sa_type=Text)
    created_at: datetime = Field(default_factory=now, index=True)


class RateLimit(SQLModel, table=True):
    """A bucket that fills with time: `level` counts what has been taken, as of `updated_at`."""

    __tablename__ = "rate_limits"

    key: str = Field(primary_key=True, max_length=200)
    level: float = 0.0
    updated_at: datetime = Field(default_factory=now, index=True)


class OutboxMessage(SQLModel, table=True):
    """An effect that leaves the process, written in the transaction and sent by a worker, at least once."""

    __tablename__ = "outbox_messages"
    __table_args__ = (Index("ix_outbox_messages_waiting", "sent_at", "next_at"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    kind: str = Field(max_length=40)
    payload: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    created_at: datetime = Field(default_factory=now)
    next_at: datetime = Field(default_factory=now)
    attempts: int = 0
    sent_at: datetime | None = None
    failed_at: datetime | None = None
    error: str = Field(default="", sa_type=Text)


class AuditEntry(SQLModel, table=True):
    """What a member of staff did, to whom or what, and when. Names no secrets; kept when accounts go."""

    __tablename__ = "audit_entries"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    at: datetime = Field(default_factory=now, index=True)
    actor_id: UUID | None = Field(default=None, index=True)
    action: str = Field(max_length=60, index=True)
    subject: str = Field(default="", max_length=200, index=True)
    details: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
