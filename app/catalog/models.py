"""Editions: what learners see. A manifest over files stored by their content's hash."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, Index, LargeBinary
from sqlmodel import Field, SQLModel

from app.kernel.clock import now
from app.kernel.ids import new_id


class SourceFile(SQLModel, table=True):
    """A file of a course as it was written, by the SHA-256 of its content. Editions share what did not change."""

    __tablename__ = "source_files"

    hash: str = Field(primary_key=True, max_length=64)
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class Edition(SQLModel, table=True):
    """One published state of a course."""

    __tablename__ = "editions"
    __table_args__ = (Index("ux_editions_course_number", "course_slug", "number", unique=True),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    course_slug: str = Field(max_length=60)
    number: int
    schema_version: int = 1
    manifest: dict[str, str] = Field(sa_column=Column(JSON, nullable=False), description="Path in the course -> hash.")
    manifest_hash: str = Field(max_length=64, index=True)
    requirements_hash: str = Field(default="", max_length=64, description="Of ids, answer keys and rules: alike in corrections.")
    summary: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False), description="What the catalogue shows, by language.")
    kind: str = Field(max_length=12, description="first, correction or revision")
    origin: str = Field(default="folder", max_length=20)
    parent_id: UUID | None = Field(default=None, foreign_key="editions.id")
    published_at: datetime = Field(default_factory=now)


class CourseHead(SQLModel, table=True):
    """The edition that new learners get. Every process looks here within seconds."""

    __tablename__ = "course_heads"

    course_slug: str = Field(primary_key=True, max_length=60)
    edition_id: UUID = Field(foreign_key="editions.id")
    folder_edition_id: UUID | None = Field(default=None, foreign_key="editions.id", description="The last one published from the folder.")
    sort_order: int = 0
    moved_at: datetime = Field(default_factory=now)


class SearchEntry(SQLModel, table=True):
    """A page that search can find, in one language, of the head edition."""

    __tablename__ = "search_entries"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    course_slug: str = Field(max_length=60, index=True)
    language: str = Field(max_length=2)
    module_slug: str = Field(default="", max_length=60)
    unit_slug: str = Field(default="", max_length=60)
    kind: str = Field(default="lesson", max_length=12, description="course, lesson, quiz or exercise")
    title: str = Field(max_length=200)
    excerpt: str = Field(default="", max_length=400)
    minutes: int = 0
    weight: int = Field(default=0, description="Bytes of the text and its pictures on the wire.")


class SearchTerm(SQLModel, table=True):
    """A stem and how much it weighs on a page; stems come from one library for both databases."""

    __tablename__ = "search_terms"
    __table_args__ = (Index("ix_search_terms_term", "language", "term"),)

    entry_id: UUID = Field(foreign_key="search_entries.id", primary_key=True, ondelete="CASCADE")
    term: str = Field(primary_key=True, max_length=60)
    language: str = Field(max_length=2)
    weight: int = 1
