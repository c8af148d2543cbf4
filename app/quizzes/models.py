"""Attempts, what was answered, what a mentor gave, and what a person needs in order to have the same chance."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, Index, text
from sqlmodel import Field, SQLModel

from app.kernel.clock import now
from app.kernel.ids import new_id
from app.kernel.revisions import Standing


class Attempt(SQLModel, table=True):
    """A person's run through a quiz. `paper` is what was asked: it is never made anew, so that it can be shown years later."""

    __tablename__ = "attempts"
    __table_args__ = (
        Index("ux_attempts_number", "enrollment_id", "unit_id", "number", unique=True),
        Index(
            "ux_attempts_open",
            "enrollment_id",
            "unit_id",
            unique=True,
            sqlite_where=text("submitted_at IS NULL"),
            postgresql_where=text("submitted_at IS NULL"),
        ),
        # Of running attempts with a deadline alone: over all of them SQLite would use it to find one person's open attempts.
        Index(
            "ix_attempts_deadline",
            "deadline_at",
            sqlite_where=text("submitted_at IS NULL AND deadline_at IS NOT NULL"),
            postgresql_where=text("submitted_at IS NULL AND deadline_at IS NOT NULL"),
        ),
        Index("ix_attempts_course", "course_slug", "unit_id"),
        Index("ix_attempts_pending", "pending", "submitted_at"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    enrollment_id: UUID = Field(foreign_key="enrollments.id", ondelete="CASCADE")
    course_slug: str = Field(max_length=60)
    unit_id: str = Field(max_length=60)
    edition_id: UUID = Field(foreign_key="editions.id")
    number: int
    seed: int = Field(description="31 bits: the draw of questions, their order and their numbers follow from it.")
    paper: list[dict[str, Any]] = Field(sa_column=Column(JSON, nullable=False), description="app.quizzes.paper.Item, in order.")
    prepared_at: datetime = Field(default_factory=now)
    started_at: datetime = Field(default_factory=now)
    deadline_at: datetime | None = None
    submitted_at: datetime | None = None
    score: float = 0.0
    maximum: float = 0.0
    passed: bool = False
    pending: int = Field(default=0, description="Open answers that a mentor has still to read.")
    graded: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False), description="Points by question id.")

    @property
    def is_open(self) -> bool:
        return self.submitted_at is None


class Answer(SQLModel, table=True):
    """One saved answer. Rows are only added; of those that count, the newest revision does."""

    __tablename__ = "answers"

    attempt_id: UUID = Field(foreign_key="attempts.id", primary_key=True, ondelete="CASCADE")
    question_id: str = Field(primary_key=True, max_length=60)
    revision: int = Field(primary_key=True)
    value: Any = Field(default=None, sa_column=Column(JSON, nullable=False))
    standing: str = Field(default=Standing.COUNTS, max_length=8)
    page: str = Field(default="", max_length=36, description="Which open page wrote it: a page never conflicts with itself.")
    saved_at: datetime = Field(default_factory=now)


class AnswerMark(SQLModel, table=True):
    """What a mentor gave an open answer. `revision` counts how often it was marked."""

    __tablename__ = "answer_marks"

    attempt_id: UUID = Field(foreign_key="attempts.id", primary_key=True, ondelete="CASCADE")
    question_id: str = Field(primary_key=True, max_length=60)
    points: float
    words: str = Field(default="", max_length=4000)
    marked_by: UUID
    marked_at: datetime = Field(default_factory=now)
    revision: int = 1


class Accommodation(SQLModel, table=True):
    """More time or more attempts for one person in one course, so that the chance is the same."""

    __tablename__ = "accommodations"

    user_id: UUID = Field(foreign_key="users.id", primary_key=True, ondelete="CASCADE")
    course_slug: str = Field(primary_key=True, max_length=60)
    time_factor: float = Field(default=1.0, description="1.5 is half as much time again.")
    extra_attempts: int = 0
    granted_by: UUID
    granted_at: datetime = Field(default_factory=now)
