"""Enrollments, progress, results."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, Text
from sqlmodel import Field, SQLModel

from app.kernel.clock import now
from app.kernel.ids import new_id


class Enrollment(SQLModel, table=True):
    """A person takes a course, pinned to the edition they met until someone moves them."""

    __tablename__ = "enrollments"
    __table_args__ = (Index("ux_enrollments_user_course", "user_id", "course_slug", unique=True),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    user_id: UUID = Field(foreign_key="users.id", ondelete="CASCADE")
    course_slug: str = Field(max_length=60, index=True)
    edition_id: UUID = Field(foreign_key="editions.id")
    enrolled_at: datetime = Field(default_factory=now)
    withdrawn_at: datetime | None = None
    completed_at: datetime | None = None
    last_unit_id: str = Field(default="", max_length=60)
    last_seen_at: datetime = Field(default_factory=now)

    @property
    def is_open(self) -> bool:
        return self.withdrawn_at is None


class UnitProgress(SQLModel, table=True):
    """A unit that a learner has opened, and when they said they were done with it."""

    __tablename__ = "unit_progress"

    enrollment_id: UUID = Field(foreign_key="enrollments.id", primary_key=True, ondelete="CASCADE")
    unit_id: str = Field(primary_key=True, max_length=60)
    opened_at: datetime = Field(default_factory=now)
    done_at: datetime | None = None


class Result(SQLModel, table=True):
    """A line of the ledger: what somebody reached in an activity, and where it comes from.

    `source_kind` and `source_id` name the row that reported it (an attempt, a submission); reporting it again replaces it.
    """

    __tablename__ = "results"
    __table_args__ = (Index("ux_results_source", "source_kind", "source_id", unique=True),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    enrollment_id: UUID = Field(foreign_key="enrollments.id", index=True, ondelete="CASCADE")
    unit_id: str = Field(max_length=60)
    activity: str = Field(max_length=20, description="quiz, exercise, workshop")
    score: float
    maximum: float
    passed: bool
    attempt_number: int = 1
    source_kind: str = Field(max_length=20)
    source_id: UUID
    recorded_at: datetime = Field(default_factory=now)


class MistakeReport(SQLModel, table=True):
    """A mistake that a reader found in a unit, and what its author answered."""

    __tablename__ = "mistake_reports"
    __table_args__ = (
        Index("ix_mistake_reports_reader", "user_id", "course_slug", "unit_id"),
        Index("ix_mistake_reports_waiting", "answered_at", "created_at"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    user_id: UUID | None = Field(default=None, foreign_key="users.id", ondelete="SET NULL")
    course_slug: str = Field(max_length=60)
    unit_id: str = Field(max_length=60)
    edition_id: UUID = Field(foreign_key="editions.id")
    language: str = Field(max_length=2)
    text: str = Field(sa_type=Text)
    created_at: datetime = Field(default_factory=now)
    answer: str = Field(default="", sa_type=Text)
    answered_at: datetime | None = None
    answered_by: UUID | None = None
