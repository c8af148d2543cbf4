"""Pages of reports."""

from typing import Annotated
from uuid import UUID

from fastapi import Request
from starlette.responses import Response

from app.accounts.dependencies import SignedIn, require
from app.accounts.policies import SITE
from app.reports.queries import AuditPage, audit_page
from app.web.pages import render
from app.web.routing import Db, Found, feature_router

router = feature_router()


def audit_seen(db: Db, viewer: SignedIn, before: UUID | None = None) -> AuditPage:
    """A page of the audit log, for whoever may read it."""
    require(viewer, "read_audit", SITE)
    return audit_page(db, before)


@router.get("/{lang:language}/admin/audit", name="reports.audit")
def audit(request: Request, page: Annotated[AuditPage, Found(audit_seen)], before: UUID | None = None) -> Response:
    """What staff have done, newest first."""
    return render(request, "reports/audit.html", page=page, is_first=before is None)
