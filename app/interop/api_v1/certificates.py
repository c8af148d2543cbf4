"""The check of a certificate as the interface shows it."""

from app.certificates.actions import REASONS
from app.certificates.queries import Check
from app.interop.api_v1.answers import CertificateCheck


def checked(found: Check) -> CertificateCheck:
    """Valid or revoked, with the record as it was signed. Reasons are in English here, as everything for programs."""
    certificate = found.certificate
    return CertificateCheck(
        serial=certificate.serial,
        status="valid" if found.is_valid else "revoked",
        revoked_on=certificate.revoked_at.date() if certificate.revoked_at else None,
        reason=REASONS[certificate.reason] if certificate.revoked_at else None,
        replaced_by=certificate.replaced_by or None,
        record=found.record,
        key_id=certificate.key_id,
        signature=certificate.signature,
    )
