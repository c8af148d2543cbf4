"""Submissions: drafts kept field by field, versions as handed in, and what mentors said."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, ForeignKeyConstraint, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.kernel.clock import now
from app.kernel.ids import new_id


class State(StrEnum):
    """How a piece of work stands."""

    DRAFT = "draft"
    WAITING = "waiting"  # handed in, no mentor has decided yet
    REVISE = "revise"  # another version is asked for
    ACCEPTED = "accepted"


class Party(StrEnum):
    """Whose work it is."""

    PERSON = "person"
    GROUP = "group"


class Submission(SQLModel, table=True):
    """One piece of work of one enrollment: its draft, and every version that was handed in."""

    __tablename__ = "submissions"
    __table_args__ = (
        Index("ux_submissions_enrollment_unit", "enrollment_id", "unit_id", unique=True),
        Index("ix_submissions_waiting", "state", "submitted_at"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    enrollment_id: UUID = Field(foreign_key="enrollments.id", ondelete="CASCADE")
    user_id: UUID = Field(foreign_key="users.id", index=True, ondelete="CASCADE")
    course_slug: str = Field(max_length=60)
    unit_id: str = Field(max_length=60)
    edition_id: UUID = Field(foreign_key="editions.id", description="The edition of the newest version.")
    party: str = Field(default=Party.PERSON, max_length=10)
    group_note: str = Field(default="", sa_type=Text, description="Who did what, where a group hands in.")
    state: str = Field(default=State.DRAFT, max_length=10)
    version: int = Field(default=0, description="Number of the newest version; 0 before the first.")
    points: int | None = None
    created_at: datetime = Field(default_factory=now)
    submitted_at: datetime | None = None
    decided_at: datetime | None = None
    seen_at: datetime | None = Field(default=None, description="When the learner last opened what a mentor said.")

    @property
    def is_open(self) -> bool:
        """Whether the learner may write in it."""
        return self.state in (State.DRAFT, State.REVISE)

    @property
    def has_news(self) -> bool:
        """Whether a mentor has said something that the learner has not opened."""
        return self.decided_at is not None and (self.seen_at is None or self.seen_at < self.decided_at)


class DraftAnswer(SQLModel, table=True):
    """One saved text of one field. Rows are only added; of those that count, the newest revision does."""

    __tablename__ = "draft_answers"

    submission_id: UUID = Field(foreign_key="submissions.id", primary_key=True, ondelete="CASCADE")
    field_id: str = Field(primary_key=True, max_length=60)
    revision: int = Field(primary_key=True)
    value: str = Field(default="", sa_type=Text)
    standing: str = Field(max_length=8)
    page: str = Field(default="", max_length=36, description="Which open page wrote it: a page never conflicts with itself.")
    saved_at: datetime = Field(default_factory=now)


class SubmissionVersion(SQLModel, table=True):
    """The work as it was handed in. Never changed."""

    __tablename__ = "submission_versions"

    submission_id: UUID = Field(foreign_key="submissions.id", primary_key=True, ondelete="CASCADE")
    number: int = Field(primary_key=True)
    edition_id: UUID = Field(foreign_key="editions.id")
    party: str = Field(max_length=10)
    group_note: str = Field(default="", sa_type=Text)
    answers: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False), description="{field id: {text, number?}}; number is plain.")
    submitted_at: datetime = Field(default_factory=now)


class Review(SQLModel, table=True):
    """What a mentor said of a version. One a version."""

    __tablename__ = "reviews"
    __table_args__ = (
        UniqueConstraint("submission_id", "version"),
        ForeignKeyConstraint(
            ["submission_id", "version"], ["submission_versions.submission_id", "submission_versions.number"], ondelete="CASCADE"
        ),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    submission_id: UUID
    version: int
    mentor_id: UUID | None = Field(default=None, foreign_key="users.id", index=True, ondelete="SET NULL")
    scores: dict[str, int] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False), description="Level by criterion id.")
    words: str = Field(default="", sa_type=Text)
    verdict: str = Field(max_length=10, description="accept or revise")
    created_at: datetime = Field(default_factory=now)


class ReviewDraft(SQLModel, table=True):
    """What a mentor has begun to say of a version; goes when it is decided."""

    __tablename__ = "review_drafts"

    submission_id: UUID = Field(foreign_key="submissions.id", primary_key=True, ondelete="CASCADE")
    version: int = Field(primary_key=True)
    mentor_id: UUID = Field(foreign_key="users.id", primary_key=True, ondelete="CASCADE")
    scores: dict[str, int] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    words: str = Field(default="", sa_type=Text)
    saved_at: datetime = Field(default_factory=now)
