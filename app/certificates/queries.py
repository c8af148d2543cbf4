"""Finding certificates."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from app.certificates.models import Certificate, CertificateClaim
from app.certificates.records import is_authentic, read_serial
from app.learning.models import Enrollment


@dataclass(frozen=True)
class Check:
    """The answer to "is this certificate real": never more than the paper shows."""

    certificate: Certificate
    record: dict[str, Any]
    authentic: bool | None

    @property
    def is_valid(self) -> bool:
        return self.certificate.is_valid and self.authentic is not False


def check(db: Session, typed: str) -> Check | None:
    """The certificate with a serial as people type it, or None when there is none."""
    serial = read_serial(typed)
    found = db.exec(select(Certificate).where(Certificate.serial == serial)).first() if serial else None
    if found is None:
        return None
    return Check(found, found.read_record(), is_authentic(found.record, found.key_id, found.signature))


def certificates_of(db: Session, user_id: UUID) -> list[Certificate]:
    """A person's certificates, newest first."""
    newest_first = col(Certificate.issued_at).desc()
    return list(db.exec(select(Certificate).where(Certificate.user_id == user_id).order_by(newest_first)))


def issued_for(db: Session, enrollment_id: UUID) -> Certificate | None:
    return db.exec(select(Certificate).where(Certificate.enrollment_id == enrollment_id)).first()


def completed(db: Session, user_id: UUID, course_slug: str) -> Enrollment | None:
    """A person's enrollment in a course they completed; withdrawing afterwards takes nothing away."""
    mine = select(Enrollment).where(Enrollment.user_id == user_id, Enrollment.course_slug == course_slug)
    return db.exec(mine.where(col(Enrollment.completed_at).is_not(None))).first()


def claims_of(db: Session, user_id: UUID) -> list[Enrollment]:
    """Completed courses of a person whose certificate waits for a name."""
    waiting = (
        select(Enrollment)
        .join(CertificateClaim, col(CertificateClaim.enrollment_id) == Enrollment.id)
        .outerjoin(Certificate, col(Certificate.enrollment_id) == Enrollment.id)
        .where(Enrollment.user_id == user_id, col(Certificate.id).is_(None))
        .order_by(col(CertificateClaim.completed_at))
    )
    return list(db.exec(waiting))


def issued(db: Session, courses: frozenset[str] | None, search: str = "") -> list[Certificate]:
    """Certificates of some courses (None = of all), newest first, at most 100; `search` is a serial or part of a name."""
    statement = select(Certificate).order_by(col(Certificate.issued_at).desc()).limit(100)
    if courses is not None:
        statement = statement.where(col(Certificate.course_slug).in_(courses))
    if serial := read_serial(search):
        statement = statement.where(Certificate.serial == serial)
    elif search:
        statement = statement.where(col(Certificate.holder_name).contains(search, autoescape=True))
    return list(db.exec(statement))
