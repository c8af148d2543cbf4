"""The frame around every request: its id, its language, its unit; security headers, the log line and the metrics."""

import time
from urllib.parse import urlsplit

import structlog
from fastapi import Request
from prometheus_client import Counter, Histogram
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.kernel import i18n
from app.kernel.database import Unit
from app.kernel.errors import NotFound
from app.kernel.ids import token
from app.kernel.settings import Settings
from app.web import failures
from app.web.routing import current_unit

REQUESTS = Counter("tequio_requests_total", "Requests by route and status", ["method", "route", "status"])
SECONDS = Histogram("tequio_request_seconds", "Seconds from arrival to the last byte", ["route"])
QUIET = frozenset({"/healthz", "/readyz", "/metrics"})

_log = structlog.get_logger("request")


def security_headers(settings: Settings) -> dict[str, str]:
    """The headers of every answer. Scripts come from this site and, by exact address and hash, from the htmx CDN."""
    htmx = settings.htmx_url if urlsplit(settings.htmx_url).netloc else ""
    policy = (
        f"default-src 'none'; script-src 'self' {htmx}; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
    ).replace(" ;", ";")
    headers = {
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
    }
    if settings.is_secure:
        headers["strict-transport-security"] = "max-age=63072000; includeSubDomains"
    return headers


def language_of(scope: Scope, default: str) -> str:
    """The language of the path; elsewhere ?language=, the cookie, then Accept-Language, then the default."""
    start = scope["path"][:4]
    if start[:3] in ("/es", "/en") and start[3:] in ("", "/"):
        return str(start[1:3])
    request = Request(scope)
    for chosen in (request.query_params.get("language"), request.cookies.get("language")):
        if chosen in i18n.LANGUAGES:
            return chosen
    for wish in request.headers.get("accept-language", "").split(","):
        if wish.strip()[:2].lower() in i18n.LANGUAGES:
            return wish.strip()[:2].lower()
    return default


class Frame:
    """ASGI middleware, outermost."""

    def __init__(self, app: ASGIApp, unit: Unit, settings: Settings) -> None:
        self.app, self.unit, self.settings = app, unit, settings
        self.headers = security_headers(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        request_id = token(9)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        current_unit.set(self.unit)
        i18n.language.set(language_of(scope, self.settings.default_language))
        i18n.region.set(self.settings.default_region)
        status = 0

        async def send_framed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(raw=message["headers"])
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
                headers["x-request-id"] = request_id
                message["headers"] = headers.raw
            await send(message)

        scope["query_string"] = scope["query_string"].replace(b"%00", b"")  # no text holds NUL, and PostgreSQL refuses it
        try:
            if "\0" in scope["path"]:
                await (await failures.refuse(Request(scope), NotFound()))(scope, receive, send_framed)
                return
            await self.app(scope, receive, send_framed)
        except Exception as error:
            response = await failures.broken(Request(scope), error)
            if status:
                raise
            await response(scope, receive, send_framed)
        finally:
            self._account(scope, status, time.perf_counter() - started)

    def _account(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", "") or ("/static" if scope["path"].startswith("/static/") else "other")
        REQUESTS.labels(scope["method"], route, status).inc()
        SECONDS.labels(route).observe(seconds)
        if route not in QUIET and route != "/static":
            _log.info("request", method=scope["method"], route=route, status=status, milliseconds=round(seconds * 1000, 1))
