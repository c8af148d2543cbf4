"""Changes are accepted from our own pages only.

By Sec-Fetch-Site, else by Origin; a client that sends neither (a text browser) shows a signed token from the form,
which only pages that no cache keeps carry. See https://owasp.org/www-community/attacks/csrf and Fetch Metadata.
"""

import hashlib
from urllib.parse import parse_qs

from fastapi import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from app.kernel.errors import Forbidden
from app.kernel.settings import settings
from app.kernel.signing import read_signed, sign
from app.web.body import given_body
from app.web.failures import refuse

TOKEN_AGE = 12 * 3600  # seconds
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def _bound_to(cookie: str | None) -> str:
    return hashlib.sha256((cookie or "visitor").encode()).hexdigest()[:16]


def form_token_for(request: Request) -> str:
    """A token that belongs to this browser's session."""
    return sign("form", _bound_to(request.cookies.get(settings().session_cookie)))


class OwnOriginOnly:
    """ASGI middleware: answers 403 to a change that does not come from a page of this site."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in SAFE:
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
        if site is None and origin is None:
            body = await request.body()
            if self._has_token(request, body):
                await self.app(scope, given_body(body, receive), send)
                return
        elif (site is None and origin == _own(request)) or site == "same-origin" or (site == "none" and origin in (None, _own(request))):
            await self.app(scope, receive, send)
            return
        response = await refuse(request, Forbidden())
        await response(scope, receive, send)

    @staticmethod
    def _has_token(request: Request, body: bytes) -> bool:
        fields = parse_qs(body.decode("latin-1"), max_num_fields=2000)
        token = fields.get("form_token", [""])[0]
        return read_signed("form", token, TOKEN_AGE) == _bound_to(request.cookies.get(settings().session_cookie))


def _own(request: Request) -> str:
    if settings().is_secure:
        return settings().origin
    return f"http://{request.headers.get('host', '')}"  # a classroom laptop is reached under several names
