"""Mistakes that readers report, and what authors answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from app.accounts.policies import SITE, Scope
from app.kernel import audit, rate_limits
from app.kernel.clock import now
from app.kernel.errors import N_, NotFound
from app.learning.models import MistakeReport
from app.learning.queries import FoundUnit

MOST_IN_AN_HOUR = 20
MOST_LISTED = 100
TOO_MANY = N_("You have reported many mistakes in an hour. Please go on a little later.")

_mine = (
    select(MistakeReport.text, MistakeReport.created_at, MistakeReport.answer, MistakeReport.answered_at)
    .where(
        MistakeReport.user_id == bindparam("user_id"),
        MistakeReport.course_slug == bindparam("course_slug"),
        MistakeReport.unit_id == bindparam("unit_id"),
    )
    .order_by(col(MistakeReport.created_at).desc())
    .limit(5)
)


@dataclass(frozen=True, slots=True)
class MyReport:
    """What the reader reported on a page, and the answer once there is one."""

    text: str
    created_at: datetime
    answer: str
    answered_at: datetime | None


def my_reports(db: Session, user_id: UUID, course_slug: str, unit_id: str) -> list[MyReport]:
    """A reader's last reports on a unit, the newest first."""
    rows: Any = db.connection().execute(_mine, {"user_id": user_id, "course_slug": course_slug, "unit_id": unit_id})
    return [MyReport(*row) for row in rows]


def report_mistake(db: Session, found: FoundUnit, user_id: UUID, language: str, text: str) -> MistakeReport | None:
    """Keeps a report for the authors. None when this reader has sent too many in an hour."""
    if rate_limits.take(db, f"mistake:{user_id}", MOST_IN_AN_HOUR, 3600):
        return None
    report = MistakeReport(
        user_id=user_id,
        course_slug=found.met.course.slug,
        unit_id=found.unit.id,
        edition_id=found.met.edition_id,
        language=language,
        text=text,
    )
    db.add(report)
    db.flush()
    return report


def reports_for(db: Session, scopes: Iterable[Scope], *, answered: bool = False) -> list[MistakeReport]:
    """Reports on the courses of these scopes: those that wait, the oldest first, or the last that were answered."""
    allowed = set(scopes)
    statement = select(MistakeReport).limit(MOST_LISTED)
    if SITE not in allowed:
        statement = statement.where(col(MistakeReport.course_slug).in_(sorted(name for kind, name in allowed if kind == "course")))
    if answered:
        return list(db.exec(statement.where(col(MistakeReport.answered_at).is_not(None)).order_by(col(MistakeReport.answered_at).desc())))
    return list(db.exec(statement.where(col(MistakeReport.answered_at).is_(None)).order_by(col(MistakeReport.created_at))))


def report_by_id(db: Session, report_id: UUID) -> MistakeReport:
    """A report. Raises NotFound."""
    report = db.get(MistakeReport, report_id)
    if report is None:
        raise NotFound
    return report


def answer_mistake(db: Session, report: MistakeReport, author_id: UUID, answer: str) -> None:
    """Answers a report, where its reader will see it; a later answer replaces the first."""
    report.answer, report.answered_at, report.answered_by = answer, now(), author_id
    audit.record(db, author_id, "mistake.answered", f"mistake_report:{report.id}")
