"""Pages of certificates: the public check, the learner's issue, the coordinator's desk."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated, Any
from uuid import UUID

from fastapi import Request
from sqlmodel import Session, select
from starlette.responses import JSONResponse, RedirectResponse, Response

from app.accounts.dependencies import SignedIn, require, require_somewhere, viewer_or_none
from app.accounts.policies import SITE, Viewer
from app.catalog.courses import compiled
from app.certificates import actions, queries
from app.certificates.forms import NameForm, RevocationForm
from app.certificates.models import Certificate
from app.certificates.records import read_serial
from app.kernel.errors import NotFound, SignInNeeded
from app.kernel.storage import storage
from app.learning.models import Enrollment
from app.web.forms import Form, fields_of, read, reads
from app.web.fragments import see_other
from app.web.pages import render
from app.web.routing import Db, Found, feature_router, unit
from app.web.templates import address

router = feature_router()
printing = ThreadPoolExecutor(1, "print")  # Typst takes a core for 30 ms a page: one at a time


@router.get("/certificates", name="certificates.look_up")
def look_up(request: Request, serial: str = "") -> Response:
    """The form for a serial; a serial typed into it leads to its page."""
    if serial.strip():
        found = read_serial(serial)
        if found:
            return see_other(f"/certificates/{found}")
    return render(request, "certificates/look_up.html", status=422 if serial.strip() else 200, private=True, typed=serial[:60])


@router.get("/certificates/{serial}.pdf", name="certificates.paper")
def paper(db: Db, serial: str, paper: str = "a4") -> Response:
    """The PDF as it was issued. Whoever has the serial has the paper."""
    found = queries.check(db, serial)
    if found is None:
        raise NotFound
    name = found.certificate.pdf_letter if paper == "letter" else found.certificate.pdf_a4
    headers = {"content-disposition": f'inline; filename="{found.certificate.serial}.pdf"', "cache-control": "private, max-age=3600"}
    return Response(storage().get(name), media_type="application/pdf", headers=headers)


@router.get("/certificates/{serial}", name="certificates.check")
def check(request: Request, db: Db, serial: str) -> Response:
    """Valid, revoked or unknown, for anyone; the record as JSON by content negotiation."""
    found = queries.check(db, serial)
    if found and serial != found.certificate.serial:
        return RedirectResponse(address("certificates.check", serial=found.certificate.serial), 301)
    status = 200 if found else 404
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse(public_check(found, serial), status, {"cache-control": "no-store", "vary": "Accept"})
    return render(request, "certificates/check.html", status=status, private=True, found=found, serial=serial[:40], reasons=actions.REASONS)


def public_check(found: queries.Check | None, serial: str) -> dict[str, object]:
    """What the check says to machines."""
    if found is None:
        return {"serial": serial[:40], "status": "unknown"}
    certificate = found.certificate
    answer: dict[str, object] = {"serial": certificate.serial, "status": "valid" if found.is_valid else "revoked"}
    if certificate.revoked_at:
        answer |= {"revoked_on": certificate.revoked_at.date().isoformat(), "reason": actions.REASONS[certificate.reason]}
        if certificate.replaced_by:
            answer["replaced_by"] = certificate.replaced_by
    return answer | {"record": found.record, "key_id": certificate.key_id, "signature": certificate.signature}


def completed_enrollment(db: Db, viewer: SignedIn, course: str) -> Enrollment:
    """The viewer's enrollment in a completed course. Raises NotFound otherwise."""
    enrollment = queries.completed(db, viewer.id, course)
    if enrollment is None:
        raise NotFound
    return enrollment


@router.get("/{lang:language}/courses/{course}/certificate", name="certificates.claim")
def claim(request: Request, db: Db, viewer: SignedIn, enrollment: Annotated[Enrollment, Found(completed_enrollment)]) -> Response:
    """Asks for the full name, or leads to the certificate that is there."""
    existing = queries.issued_for(db, enrollment.id)
    if existing:
        return see_other(f"/certificates/{existing.serial}")
    return _ask_name(request, db, enrollment, Form(values={"name": viewer.name}))


@router.post("/{lang:language}/courses/{course}/certificate", name="certificates.issue")
async def issue(request: Request, course: str) -> Response:
    """Issues the certificate in three steps, so that printing holds no transaction: gather, print, store."""
    form = read(NameForm, fields_of(request))
    language = request.path_params["lang"]

    def gather(db: Session) -> tuple[Enrollment, dict[str, Any] | Response]:
        viewer = viewer_or_none(db, request)
        if viewer is None:
            raise SignInNeeded
        enrollment = completed_enrollment(db, viewer, course)
        existing = queries.issued_for(db, enrollment.id)
        if existing:
            return enrollment, see_other(f"/certificates/{existing.serial}")
        if not form.valid:
            return enrollment, _ask_name(request, db, enrollment, form, 422)
        return enrollment, actions.record_for(db, enrollment, form.data.name, language)

    enrollment, gathered = await unit().read(gather)
    if isinstance(gathered, Response):
        return gathered
    draft = await asyncio.get_running_loop().run_in_executor(printing, actions.print_files, gathered)
    certificate = await unit().write(lambda db: actions.issue(db, draft, enrollment))
    return see_other(f"/certificates/{certificate.serial}")


def _ask_name(request: Request, db: Session, enrollment: Enrollment, form: Form[NameForm], status: int = 200) -> Response:
    course = compiled(db, enrollment.edition_id)
    return render(request, "certificates/claim.html", status=status, form=form, course=course)


def _courses_of(viewer: Viewer) -> frozenset[str] | None:
    require_somewhere(viewer, "revoke_certificate")
    scopes = viewer.scopes_for("revoke_certificate")
    return None if SITE in scopes else frozenset(scope_id for kind, scope_id in scopes if kind == "course")


@router.get("/{lang:language}/admin/certificates", name="certificates.desk")
def desk(request: Request, db: Db, viewer: SignedIn, q: str = "") -> Response:
    found = queries.issued(db, _courses_of(viewer), q.replace("\0", "")[:80].strip())
    return render(request, "certificates/desk.html", certificates=found, q=q[:80], reasons=actions.REASONS)


def certificate_at_desk(db: Db, viewer: SignedIn, certificate_id: UUID) -> Certificate:
    found = db.exec(select(Certificate).where(Certificate.id == certificate_id).with_for_update()).first()
    if found is None:
        raise NotFound
    require(viewer, "revoke_certificate", ("course", found.course_slug))
    return found


AtDesk = Annotated[Certificate, Found(certificate_at_desk)]


@router.get("/{lang:language}/admin/certificates/{certificate_id}", name="certificates.desk_one")
def desk_one(request: Request, db: Db, viewer: SignedIn, certificate_id: UUID) -> Response:
    found = db.get(Certificate, certificate_id)
    if found is None:
        raise NotFound
    require(viewer, "revoke_certificate", ("course", found.course_slug))
    return _show(request, found, Form(values={"name": found.holder_name}))


@router.post("/{lang:language}/admin/certificates/{certificate_id}/revocation", name="certificates.revoke")
def revoke(
    request: Request, db: Db, viewer: SignedIn, certificate: AtDesk, form: Annotated[Form[RevocationForm], reads(RevocationForm)]
) -> Response:
    if not form.valid:
        return _show(request, certificate, form, 422)
    actions.revoke(db, certificate, form.data.reason, viewer.id)
    return see_other(address("certificates.desk_one", certificate_id=certificate.id))


@router.post("/{lang:language}/admin/certificates/{certificate_id}/reissue", name="certificates.reissue")
async def reissue(request: Request, certificate_id: UUID) -> Response:
    """Prints a corrected certificate and revokes the old one in its favour."""
    form = read(NameForm, fields_of(request))

    def gather(db: Session) -> tuple[Viewer, dict[str, Any] | Response]:
        viewer = viewer_or_none(db, request)
        if viewer is None:
            raise SignInNeeded
        certificate = db.get(Certificate, certificate_id)
        if certificate is None:
            raise NotFound
        require(viewer, "revoke_certificate", ("course", certificate.course_slug))
        if certificate.replaced_by:
            raise actions.AlreadyIssued
        if not form.valid:
            return viewer, _show(request, certificate, form, 422)
        return viewer, actions.corrected_record(certificate, form.data.name)

    viewer, gathered = await unit().read(gather)
    if isinstance(gathered, Response):
        return gathered
    draft = await asyncio.get_running_loop().run_in_executor(printing, actions.print_files, gathered)

    def store(db: Session) -> Certificate:
        return actions.reissue(db, certificate_at_desk(db, viewer, certificate_id), draft, viewer.id)

    fresh = await unit().write(store)
    return see_other(address("certificates.desk_one", certificate_id=fresh.id))


def _show(request: Request, certificate: Certificate, form: Form[NameForm] | Form[RevocationForm], status: int = 200) -> Response:
    record = certificate.read_record()
    return render(
        request, "certificates/desk_one.html", status=status, certificate=certificate, record=record, form=form, reasons=actions.REASONS
    )
