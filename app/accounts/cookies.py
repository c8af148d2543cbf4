"""The cookies of accounts, and what a browser tells about itself.

Three: the session; `device`, which says who has signed in here before, so that a guesser elsewhere does not lock them out;
and `language`. A shared phone gets the session alone, and it ends with the browser.
"""

from fastapi import Request
from starlette.responses import Response

from app.accounts.actions.sign_in import Browser, SignedInNow
from app.accounts.devices import device_of
from app.accounts.limits import network_of
from app.accounts.sessions import LONGEST
from app.kernel import i18n
from app.kernel.settings import settings
from app.kernel.signing import read_signed, sign

DEVICE = "device"
YEAR = 365 * 24 * 3600  # seconds


def browser_of(request: Request) -> Browser:
    known = read_signed("device", request.cookies.get(DEVICE, ""), YEAR)
    return Browser(
        network=network_of(request.client.host if request.client else ""),
        device=device_of(request.headers.get("user-agent", "")[:500]),
        old_secret=request.cookies.get(settings().session_cookie),
        known_user_id=known if isinstance(known, str) else "",
    )


def remember(request: Request, response: Response, signed_in: SignedInNow, shared: bool) -> Response:
    """Hands a new session to the browser."""
    set_session(request, response, signed_in.secret, shared)
    if not shared:
        set_cookie(response, DEVICE, sign("device", str(signed_in.user_id)), YEAR)
        set_language(response, i18n.language.get())
    return response


def set_session(request: Request, response: Response, secret: str, shared: bool) -> None:
    set_cookie(response, settings().session_cookie, secret, None if shared else int(LONGEST.total_seconds()))
    use_session(request, secret)


def use_session(request: Request, secret: str) -> None:
    """Lets what is rendered in this answer belong to the new session: form tokens are bound to it."""
    request.cookies[settings().session_cookie] = secret


def forget(response: Response, shared: bool) -> Response:
    """Takes the session from the browser; on a shared phone everything else of this site too."""
    set_cookie(response, settings().session_cookie, "", 0)
    if shared:
        response.headers["clear-site-data"] = '"cache", "cookies", "storage"'
    return response


def set_language(response: Response, language: str) -> None:
    set_cookie(response, "language", language, YEAR, http_only=False)


def set_cookie(response: Response, name: str, value: str, max_age: int | None, http_only: bool = True) -> None:
    response.set_cookie(name, value, max_age=max_age, path="/", secure=settings().is_secure, httponly=http_only, samesite="lax")
