"""What certificates keep about a person, and what goes when the account goes."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlmodel import Session

from app.accounts.personal_data import Erasure, KeptFile
from app.certificates.actions import revoke
from app.certificates.models import Certificate
from app.certificates.queries import certificates_of
from app.certificates.records import canonical, sign
from app.kernel.storage import storage


def export(db: Session, user_id: UUID) -> list[dict[str, Any]]:
    """Every certificate with its record and state."""
    return [
        {
            "serial": certificate.serial,
            "record": certificate.read_record(),
            "key_id": certificate.key_id,
            "signature": certificate.signature,
            "issued_at": certificate.issued_at,
            "revoked_at": certificate.revoked_at,
            "reason": certificate.reason,
        }
        for certificate in certificates_of(db, user_id)
    ]


def files(db: Session, user_id: UUID) -> Iterable[KeptFile]:
    for certificate in certificates_of(db, user_id):
        yield KeptFile(f"certificates/{certificate.serial}.pdf", certificate.pdf_a4)
        yield KeptFile(f"certificates/{certificate.serial}-letter.pdf", certificate.pdf_letter)


def erase(db: Session, user_id: UUID, erasure: Erasure) -> None:
    """Certificates outlive the account, or are withdrawn at the holder's request; then name and paper go as well."""
    for certificate in certificates_of(db, user_id):
        certificate.user_id = certificate.enrollment_id = None
        if not erasure.keep_certificates:
            _withdraw(db, certificate)
        db.add(certificate)


def _withdraw(db: Session, certificate: Certificate) -> None:
    revoke(db, certificate, "holder", None)
    record = certificate.read_record() | {"holder": {"name": ""}}
    certificate.holder_name, certificate.record = "", canonical(record)
    certificate.signature = sign(certificate.record)
    for name in (certificate.pdf_a4, certificate.pdf_letter):
        storage().delete(name)
