"""What certificates add to /me."""

from typing import Any

from sqlmodel import Session

from app.accounts.desks import Desk
from app.accounts.policies import Viewer
from app.catalog.courses import compiled
from app.certificates.models import Certificate
from app.certificates.queries import certificates_of, claims_of
from app.kernel import i18n
from app.kernel.errors import N_
from app.learning.panels import CertificateLine, Waiting

DESK = Desk(N_("Certificates"), N_("Find one, correct its name, revoke it."), "certificates.desk", "revoke_certificate")


def claims(db: Session, viewer: Viewer) -> list[Waiting]:
    """Certificates that wait for the name they shall bear."""
    text = i18n.translate(N_("Your certificate is ready: %(course)s"))
    return [
        Waiting(
            text % {"course": compiled(db, enrollment.edition_id).title(i18n.language.get())},
            f"/{i18n.language.get()}/courses/{enrollment.course_slug}/certificate",
            is_new=True,
        )
        for enrollment in claims_of(db, viewer.id)
    ]


def held(db: Session, viewer: Viewer) -> list[CertificateLine]:
    """Certificates the learner holds, with the day of issue or the word that they were revoked."""
    return [_line(certificate) for certificate in certificates_of(db, viewer.id)]


def _line(certificate: Certificate) -> CertificateLine:
    record: dict[str, Any] = certificate.read_record()
    note = i18n.date_text(certificate.issued_at) if certificate.is_valid else i18n.translate(N_("revoked"))
    return CertificateLine(record["course"]["title"], f"/certificates/{certificate.serial}", note)
