"""What the interface answers, typed and described; the description at /api/v1/openapi.json is made from here."""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

Language = Literal["es", "en"]


class Problem(BaseModel):
    """Why there is no other answer."""

    status: int = Field(description="The HTTP status, once more.", examples=[404])
    detail: str = Field(description="A sentence for people, in Spanish or English by Accept-Language.")


class CardText(BaseModel):
    """What a course says of itself in one language: plain text."""

    title: str
    subtitle: str
    summary: str
    takeaway: str = Field(description="The paper a learner holds at the end.")
    bytes: int = Field(description="What reading the whole course costs a phone, in bytes on the wire.")
    page: str = Field(description="The address of its page.")


class CourseCard(BaseModel):
    """A published course, as the catalogue shows it."""

    slug: str = Field(description="Names the course in every address; it does not change.")
    topic: str
    edition: int = Field(description="Counts up each time the course is published.")
    published_at: datetime
    lessons: int
    exercises: int
    minutes: int = Field(description="Reading time of its lessons.")
    texts: dict[Language, CardText] = Field(description="By language; a course has one at least.")
    self: str = Field(description="The address of the course in this interface.")


class CourseList(BaseModel):
    """Every published course, in the order of the catalogue."""

    courses: list[CourseCard]


class UnitText(BaseModel):
    title: str
    bytes: int = Field(description="What the page costs a phone that has the stylesheet already, pictures and htmx included.")
    page: str = Field(description="The address of its page. Lessons are open to everybody; the rest asks people to enroll.")


class Unit(BaseModel):
    """A lesson to read, a quiz to answer or an exercise to hand in."""

    id: str = Field(description="Stays the same when the unit is renamed or moved.")
    slug: str
    kind: Literal["lesson", "quiz", "exercise"]
    minutes: int
    texts: dict[Language, UnitText]


class ModuleText(BaseModel):
    title: str


class Module(BaseModel):
    id: str
    slug: str
    minutes: int
    texts: dict[Language, ModuleText]
    units: list[Unit]


class CourseText(CardText):
    audience: str
    outcomes: list[str] = Field(description="What one can do at the end; each begins with a verb.")
    authors: list[str]
    reviewers: list[str]


class Completion(BaseModel):
    """What a certificate of the course asks for."""

    lessons: Literal["opened", "optional"]
    quizzes: Literal["passed", "optional"]
    exercises: Literal["required", "optional"]


class Course(CourseCard):
    """A published course with its outline."""

    id: str
    hours: int = Field(description="Hours of study that the certificate states.")
    license: str
    updated: str = Field(description="The month of the last change, such as 2026-11.")
    completion: Completion
    texts: dict[Language, CourseText]  # type: ignore[assignment]  # the same words and some more
    modules: list[Module]


class CertificateCheck(BaseModel):
    """Whether a certificate is real. Says what the paper shows and no more."""

    serial: str
    status: Literal["valid", "revoked"]
    revoked_on: date | None = None
    reason: str | None = Field(default=None, description="Why it was revoked.")
    replaced_by: str | None = Field(default=None, description="The serial of the certificate issued in its place.")
    record: dict[str, Any] = Field(description="The record as it was signed; canonical when written by RFC 8785.")
    key_id: str = Field(description="Names the key of the signature.")
    signature: str = Field(description="HMAC-SHA-256 of the canonical record, by which the issuer knows it again.")
