"""The routes of the interface. Public, typed, cacheable; errors are JSON as well."""

import hashlib
from functools import lru_cache
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from starlette.responses import JSONResponse, RedirectResponse, Response

from app.catalog.courses import slug_now
from app.certificates.queries import check
from app.interop.api_v1.allowance import within_allowance
from app.interop.api_v1.answers import CertificateCheck, Course, CourseList, Problem
from app.interop.api_v1.certificates import checked
from app.interop.api_v1.courses import course_with_outline, published
from app.kernel.errors import N_, NotFound
from app.kernel.settings import settings
from app.web.routing import Db, UnitRoute

FOR_A_MINUTE = "public, max-age=60"
ANY_SITE = {"access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin"}
PROBLEMS: dict[int | str, dict[str, Any]] = {
    404: {"model": Problem, "description": "There is none."},
    429: {"model": Problem, "description": "Too many requests from this address; Retry-After says in how many seconds to go on."},
    "default": {"model": Problem, "description": "Any other failure."},
}
DESCRIPTION = """What a site of Tequio publishes, for programs: courses with their outlines, and whether a certificate is real.

Everything here is public, needs no key and only reads. Pages of other sites may read it too (CORS). Answers about courses
carry an ETag and may be kept for a minute; the check of a certificate is never kept. One address may ask 120 times a minute.
"""

router = APIRouter(prefix="/api/v1", route_class=UnitRoute, responses=PROBLEMS, dependencies=[Depends(within_allowance)])

Slug = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,60}$", description="A course's slug.", examples=["finance"])]
Serial = Annotated[
    str, Path(max_length=60, description="As printed; case, spaces and hyphens do not matter.", examples=["TQ-7K4M-2XQ9-HB3D"])
]
NEVER_ISSUED = N_("There is no certificate with this number.")


@router.get("/courses", name="api.courses", response_model=CourseList, summary="Every published course")
def courses(request: Request, db: Db) -> Response:
    """In the order of the catalogue, with its words in each language, its minutes and what it costs in bytes."""
    return kept_a_minute(request, published(db))


@router.get("/courses/{course}", name="api.course", response_model=Course, summary="One course with its outline")
def course(request: Request, db: Db, course: Slug) -> Response:
    """Modules and units in reading order. The old slug of a renamed course redirects to the new one."""
    try:
        return kept_a_minute(request, course_with_outline(db, course))
    except NotFound:
        if (slug := slug_now(db, course)) is None:
            raise
        return RedirectResponse(f"/api/v1/courses/{slug}", 301, ANY_SITE)


@router.get("/certificates/{serial}", name="api.certificate", response_model=CertificateCheck, summary="Whether a certificate is real")
def certificate(db: Db, serial: Serial) -> Response:
    """Valid or revoked; 404 for a serial that was never issued. Answered as it is now, and never kept."""
    found = check(db, serial)
    if found is None:
        raise NotFound(NEVER_ISSUED)
    return Response(checked(found).model_dump_json(), headers={"cache-control": "no-store", **ANY_SITE}, media_type="application/json")


@router.get("/openapi.json", name="api.description", include_in_schema=False)
async def description(request: Request) -> Response:
    """The description of this interface, for programs."""
    return JSONResponse(described(), headers={"cache-control": FOR_A_MINUTE, **ANY_SITE})


@lru_cache
def described() -> dict[str, Any]:
    license_info = {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"}
    title = f"{settings().site_name}: courses and certificates"
    return get_openapi(title=title, version="1", description=DESCRIPTION, routes=router.routes, license_info=license_info)


def kept_a_minute(request: Request, answer: BaseModel) -> Response:
    """The answer as JSON with its ETag; 304 without a body for who has it already."""
    body = answer.model_dump_json().encode()
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:16]}"'
    headers = {"cache-control": FOR_A_MINUTE, "etag": etag, **ANY_SITE}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)
