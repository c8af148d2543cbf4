"""Issuing, revoking, reissuing."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import Session, select

from app.catalog.courses import compiled
from app.catalog.models import Edition
from app.certificates.assessment import assess
from app.certificates.models import Certificate, CertificateClaim
from app.certificates.paper import PAPERS, print_paper
from app.certificates.queries import issued_for
from app.certificates.records import canonical, key_id, new_serial, sign
from app.kernel import audit
from app.kernel.clock import now
from app.kernel.errors import N_, Conflict, NotFound
from app.kernel.settings import settings
from app.kernel.storage import storage
from app.learning.events import CourseCompleted
from app.learning.models import Enrollment

REASONS = {
    "holder": N_("at the holder's request"),
    "mistake": N_("it was issued by mistake"),
    "corrected": N_("it was replaced by a corrected one"),
    "work": N_("the work handed in was not the holder's own"),
}


class AlreadyIssued(Conflict):
    message = N_("This certificate has already been issued.")


@dataclass(frozen=True)
class Draft:
    """A certificate ready to be stored: its record, and the names of its printed files."""

    record: dict[str, Any]
    files: dict[str, str]


def on_course_completed(db: Session, event: CourseCompleted) -> None:
    """A completed course may be certified as soon as its learner says the name it shall bear."""
    if db.get(CertificateClaim, event.enrollment_id) is None:
        db.add(CertificateClaim(enrollment_id=event.enrollment_id))


def record_for(db: Session, enrollment: Enrollment, holder_name: str, language: str) -> dict[str, Any]:
    """The record of a completed course. Raises NotFound before completion and AlreadyIssued after issue."""
    claim = db.get(CertificateClaim, enrollment.id)
    if claim is None:
        raise NotFound
    if issued_for(db, enrollment.id) is not None:
        raise AlreadyIssued
    course = compiled(db, enrollment.edition_id)
    edition = db.exec(select(Edition.number).where(Edition.id == enrollment.edition_id)).one()
    assessment = assess(db, enrollment.id, course)
    text = course.text(language)
    return {
        "type": "tequio.course-certificate",
        "version": 1,
        "serial": new_serial(),
        "key_id": key_id(),
        "holder": {"name": holder_name},
        "course": {"slug": course.slug, "title": f"{text.title}: {text.subtitle}" if text.subtitle else text.title},
        "edition": edition,
        "hours": course.hours,
        "score": assessment.score,
        "assessed": assessment.assessed,
        "completed_on": claim.completed_at.date().isoformat(),
        "issued_on": now().date().isoformat(),
        "issuer": {"name": settings().site_name, "url": settings().base_url},
        "authors": list(text.authors),
        "language": language,
    }


def print_files(record: dict[str, Any]) -> Draft:
    """Prints a record on every paper and stores the files. Takes about 100 ms of CPU: never inside a unit."""
    return Draft(record, {paper: storage().put(print_paper(record, paper)) for paper in PAPERS})


def issue(db: Session, draft: Draft, enrollment: Enrollment) -> Certificate:
    """Stores a certificate, once: a second issue for the same enrollment gives back the first."""
    db.get(CertificateClaim, enrollment.id, with_for_update=True)
    existing = issued_for(db, enrollment.id)
    if existing is not None:
        return existing
    return _store(db, draft, enrollment.id, enrollment.user_id)


def _store(db: Session, draft: Draft, enrollment_id: UUID | None, user_id: UUID | None) -> Certificate:
    text = canonical(draft.record)
    certificate = Certificate(
        serial=draft.record["serial"],
        enrollment_id=enrollment_id,
        user_id=user_id,
        course_slug=draft.record["course"]["slug"],
        holder_name=draft.record["holder"]["name"],
        record=text,
        key_id=draft.record["key_id"],
        signature=sign(text),
        pdf_a4=draft.files["a4"],
        pdf_letter=draft.files["letter"],
    )
    db.add(certificate)
    db.flush()
    return certificate


def revoke(db: Session, certificate: Certificate, reason: str, actor_id: UUID | None) -> None:
    """Revokes a certificate for one of REASONS. Doing it twice is doing it once."""
    if certificate.revoked_at is None:
        certificate.revoked_at, certificate.reason = now(), reason
        db.add(certificate)
        audit.record(db, actor_id, "certificate.revoke", f"certificate:{certificate.serial}", reason=reason)


def corrected_record(certificate: Certificate, holder_name: str) -> dict[str, Any]:
    """The record of a certificate again, under a corrected name and a new serial."""
    record: dict[str, Any] = certificate.read_record()
    record.update(
        serial=new_serial(), key_id=key_id(), holder={"name": holder_name}, issued_on=now().date().isoformat(), replaces=certificate.serial
    )
    return record


def reissue(db: Session, certificate: Certificate, draft: Draft, actor_id: UUID) -> Certificate:
    """Revokes a certificate in favour of its corrected one. Raises AlreadyIssued for one that was replaced before."""
    if certificate.replaced_by:
        raise AlreadyIssued
    enrollment_id, certificate.enrollment_id = certificate.enrollment_id, None
    revoke(db, certificate, "corrected", actor_id)
    certificate.replaced_by = draft.record["serial"]
    db.add(certificate)
    db.flush()
    fresh = _store(db, draft, enrollment_id, certificate.user_id)
    audit.record(db, actor_id, "certificate.reissue", f"certificate:{certificate.serial}", fresh=fresh.serial)
    return fresh
