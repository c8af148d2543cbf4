"""Pages: a template with its values, and the caching rule that fits who asks."""

from typing import Any

from fastapi import Request
from starlette.responses import HTMLResponse, Response

from app.kernel import i18n
from app.kernel.ids import new_id
from app.kernel.settings import settings
from app.web.origin import form_token_for
from app.web.templates import environment

VISITORS_MAY_KEEP = "public, no-cache"
NOBODY_MAY_KEEP = "private, no-store"


def has_session(request: Request) -> bool:
    """Whether the browser sent a session cookie, valid or not: its pages are never shared."""
    return settings().session_cookie in request.cookies


def render(request: Request, template: str, *, status: int = 200, private: bool = False, **values: Any) -> Response:
    """A page or a fragment in the reader's language.

    `private` marks pages that no cache may keep although a visitor asks (forms that carry a token, for example).
    """
    kept_by_nobody = private or status >= 400 or request.method != "GET" or has_session(request)
    if kept_by_nobody:
        values["make_form_token"] = lambda: form_token_for(request)
    path = request.url.path
    html = (
        environment(i18n.language.get())
        .get_template(template)
        .render(request=request, path=path, here=path[3:] if path[:3] in ("/es", "/en") else "", new_key=new_id, **values)
    )
    headers = {"cache-control": NOBODY_MAY_KEEP if kept_by_nobody else VISITORS_MAY_KEEP, "vary": "Cookie"}
    if status == 429:
        headers["retry-after"] = str(getattr(request.state, "retry_after", 60))
    return HTMLResponse(html, status, headers)
