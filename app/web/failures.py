"""Errors as pages: in the product's voice, in the language of the path, with a way on."""

from collections.abc import Callable, Coroutine
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, Response

from app.kernel import i18n
from app.kernel.errors import N_, Busy, Conflict, Forbidden, NotFound, Refusal, TooLarge, TooMany, Unprocessable
from app.web.fragments import wants_fragment

_log = structlog.get_logger("web")

BY_STATUS: dict[int, type[Refusal]] = {
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    413: TooLarge,
    422: Unprocessable,
    429: TooMany,
    503: Busy,
}
TITLES = {
    400: N_("We could not read this"),
    401: N_("Sign in to go on"),
    403: N_("We did nothing, to be safe"),
    404: N_("We cannot find this page"),
    405: N_("This address does not take that"),
    408: N_("The line was too slow"),
    409: N_("This changed in the meantime"),
    413: N_("This is too large"),
    415: N_("We could not read this form"),
    422: N_("Something needs a look"),
    429: N_("One moment, please"),
    500: N_("Something on our side broke"),
    503: N_("We are very busy right now"),
}
ADVICE = {
    400: N_("Go back one page and send it again."),
    401: N_("Your answers are kept."),
    403: N_("Open the page again and send the form from there."),
    404: N_("A letter of the address may be missing, or the lesson has moved."),
    405: N_("Go back one page and use its buttons."),
    408: N_("Nothing was saved. Go back one page, wait for a better signal and send it again."),
    409: N_("Open the page again to see how it stands now."),
    413: N_("Nothing was saved. Make it smaller and send it again."),
    415: N_("Open the page again and send the form from there."),
    422: N_("Go back one page and look at what you wrote."),
    429: N_("Wait a little and try again. What you had saved is still there."),
    500: N_("We have taken note and will mend it. What you had saved is still there."),
    503: N_("Nothing was saved just now. Wait half a minute, go back and send it again."),
}

ErrorPage = Callable[[Request, int, str, str, str], Response]
_special: dict[type[Refusal], Callable[[Request, Refusal], Coroutine[Any, Any, Response]]] = {}


def answer_specially(refusal: type[Refusal], answer: Callable[[Request, Any], Coroutine[Any, Any, Response]]) -> None:
    """Lets a feature answer one kind of refusal in its own way: accounts shows the sign-in page."""
    _special[refusal] = answer


def install(app: FastAPI) -> None:
    """Answers every expected error; an unexpected one is logged and answered as 500."""
    app.add_exception_handler(Refusal, _on_refusal)  # type: ignore[arg-type]
    app.add_exception_handler(HTTPException, _on_http)  # type: ignore[arg-type]
    app.add_exception_handler(RequestValidationError, _on_validation)  # type: ignore[arg-type]


async def refuse(request: Request, refusal: Refusal) -> Response:
    """The page (or, under /api, the JSON) of a refusal."""
    if (special := _special.get(type(refusal))) is not None and not request.url.path.startswith("/api/"):
        return await special(request, refusal)
    headers = {}
    if isinstance(refusal, TooMany):
        headers["retry-after"] = str(refusal.retry_after)
    elif refusal.status == 503:
        headers["retry-after"] = "30"
    return error_page(request, refusal.status, refusal.message, refusal.values, headers)


def error_page(request: Request, status: int, message: str, values: dict[str, Any], headers: dict[str, str]) -> Response:
    text = i18n.translate(message)
    text = text % values if values else text
    headers["cache-control"] = "no-store"
    if request.url.path.startswith("/api/"):
        headers |= {"access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin"}  # as its other answers
        return JSONResponse({"status": status, "detail": text}, status, headers)
    from app.web.templates import environment

    template = "errors/_fragment.html" if wants_fragment(request) else "errors/error.html"
    path = request.url.path
    html = (
        environment(i18n.language.get())
        .get_template(template)
        .render(
            request=request,
            path=path,
            here=path[3:] if path[:3] in ("/es", "/en") else "",
            status=status,
            title=i18n.translate(TITLES.get(status, TITLES[400])),
            message=text if text != i18n.translate(TITLES.get(status, "")) else "",
            advice=i18n.translate(ADVICE.get(status, ADVICE[400])),
        )
    )
    return HTMLResponse(html, status, headers)


async def _on_refusal(request: Request, error: Refusal) -> Response:
    return await refuse(request, error)


async def _on_http(request: Request, error: HTTPException) -> Response:
    kind = BY_STATUS.get(error.status_code)
    message = kind.message if kind else TITLES.get(error.status_code, TITLES[400])
    return error_page(request, error.status_code, message, {}, dict(error.headers or {}))


async def _on_validation(request: Request, error: RequestValidationError) -> Response:
    in_path = any(fault["loc"][:1] == ("path",) for fault in error.errors())
    return await refuse(request, NotFound() if in_path else Unprocessable())


async def broken(request: Request, error: Exception) -> Response:
    """The answer to an error nobody expected: logged with its trace, shown without it."""
    _log.error("unexpected_error", exc_info=error, route=getattr(request.scope.get("route"), "path", ""))
    return error_page(request, 500, TITLES[500], {}, {})
