"""The probe and the site with little patience, so that a test need not wait."""

from fastapi import FastAPI

from app.kernel import database
from app.main import create_app
from app.web.body import BodyLimits
from tests.support.probe import create_probe


def create_impatient_probe() -> FastAPI:
    database.PATIENCE = 1.0
    return create_probe()


def create_impatient_site() -> FastAPI:
    """The whole site, which waits a second for a body."""
    site = create_app()
    for layer in site.user_middleware:
        if getattr(layer.cls, "__name__", "") == BodyLimits.__name__:
            layer.kwargs["longest"] = 1.0
    return site
