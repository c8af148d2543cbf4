"""Look-ups for signatures: `met: MetCourse`, `found: MetUnit`, `met: Enrolled`."""

from typing import Annotated

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from app.accounts.dependencies import MaybeSignedIn, SignedIn
from app.kernel import i18n
from app.learning.queries import EnrollmentNeeded, FoundUnit, Met, Moved, find_met, find_unit
from app.web.failures import answer_specially
from app.web.fragments import see_other
from app.web.routing import Db, Found


def met_course(db: Db, viewer: MaybeSignedIn, course: str) -> Met:
    """The course of the path as the viewer meets it. Raises NotFound; an old slug redirects."""
    return find_met(db, viewer.id if viewer else None, course)


MetCourse = Annotated[Met, Found(met_course)]


def met_unit(met: MetCourse, module: str, unit: str) -> FoundUnit:
    """The unit of the path. Raises NotFound; an old address redirects."""
    return find_unit(met, module, unit)


MetUnit = Annotated[FoundUnit, Found(met_unit)]


def enrolled(viewer: SignedIn, met: MetCourse) -> Met:
    """The course of the path, for somebody who is enrolled in it; others are led to where they can be."""
    if met.enrollment is None:
        raise EnrollmentNeeded(met.course.slug)
    return met


Enrolled = Annotated[Met, Found(enrolled)]


async def _to_new_address(request: Request, moved: Moved) -> Response:
    # /{lang}/courses/{course}/{module}/{unit}/...
    parts = request.url.path.split("/")
    parts[3] = moved.course
    if moved.module:
        parts[4:6] = [moved.module, moved.unit]
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse("/".join(parts) + query, moved.status, {"cache-control": "no-cache"})


async def _to_course_page(request: Request, needed: EnrollmentNeeded) -> Response:
    return see_other(f"/{i18n.language.get()}/courses/{needed.course}#start")


answer_specially(Moved, _to_new_address)
answer_specially(EnrollmentNeeded, _to_course_page)
