"""htmx: the one module that knows its header names."""

from fastapi import Request
from starlette.responses import RedirectResponse, Response


def wants_fragment(request: Request) -> bool:
    """Whether htmx asks for a part of the page, rather than a browser for the whole of it."""
    return request.headers.get("hx-request") == "true" and request.headers.get("hx-request-type") != "full"


def see_other(url: str) -> Response:
    """The answer to a form that did something: go and look."""
    return RedirectResponse(url, 303)
