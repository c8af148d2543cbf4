"""Whether the process lives, whether it can serve, and its numbers."""

import hmac
import os

from fastapi import Request
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from sqlalchemy import text
from starlette.responses import JSONResponse, RedirectResponse, Response

from app.kernel import i18n
from app.kernel.errors import NotFound
from app.kernel.settings import settings
from app.web.routing import feature_router, unit

router = feature_router()


@router.get("/healthz", name="healthz")
async def healthz() -> Response:
    """The event loop answers. Says nothing about the database."""
    return JSONResponse({"status": "ok"}, headers={"cache-control": "no-store"})


@router.get("/readyz", name="readyz")
async def readyz() -> Response:
    """The database answers as well."""
    try:
        await unit().read(lambda db: db.connection().execute(text("SELECT 1 FROM alembic_version")).first())
    except Exception as error:
        return JSONResponse({"status": "not ready", "reason": type(error).__name__}, 503, {"cache-control": "no-store"})
    return JSONResponse({"status": "ready"}, headers={"cache-control": "no-store"})


@router.get("/metrics", name="metrics")
async def metrics(request: Request) -> Response:
    """Prometheus' text format; with TEQUIO_METRICS_TOKEN set, for its bearer only."""
    token = settings().metrics_token.get_secret_value()
    if token and not hmac.compare_digest(request.headers.get("authorization", ""), f"Bearer {token}"):
        raise NotFound
    return Response(generate_latest(_numbers()), media_type=CONTENT_TYPE_LATEST, headers={"cache-control": "no-store"})


def _numbers() -> CollectorRegistry:
    """Those of this process, or of all workers together where they share a folder for them."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    together = CollectorRegistry()
    MultiProcessCollector(together)  # type: ignore[no-untyped-call]
    return together


@router.get("/", name="root")
async def root() -> Response:
    """To the home page in the reader's language."""
    headers = {"cache-control": "no-cache", "vary": "Cookie, Accept-Language"}
    return RedirectResponse(f"/{i18n.language.get()}", 302, headers)
