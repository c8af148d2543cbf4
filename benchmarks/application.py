"""The application with one more route: the ceiling, 200 bytes behind the full middleware that reads the session."""

from fastapi import FastAPI
from starlette.responses import PlainTextResponse, Response

from app import main
from app.accounts.dependencies import SignedIn
from app.web.pages import NOBODY_MAY_KEEP
from app.web.routing import feature_router

PATH = "/ceiling"
BODY = "x" * 200


def create_app() -> FastAPI:
    """Builds the application as it is served, with the ceiling's route."""
    app = main.create_app()
    router = feature_router()

    @router.get(PATH)
    def ceiling(viewer: SignedIn) -> Response:
        return PlainTextResponse(BODY, headers={"cache-control": NOBODY_MAY_KEEP})

    app.router.routes.insert(0, router.routes[0])  # before all others: finding a route costs the ceiling nothing
    return app
