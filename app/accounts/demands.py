"""What happens when a page demands a sign-in, or a second factor: nothing that was written is lost."""

from urllib.parse import urlencode

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from app.accounts.carrying import carry
from app.accounts.dependencies import viewer_now
from app.accounts.errors import SecondFactorNeeded
from app.accounts.sessions import owner_of_ended
from app.kernel.errors import Refusal, SignInNeeded
from app.kernel.settings import settings
from app.web import failures
from app.web.forms import Form
from app.web.fragments import wants_fragment
from app.web.pages import render
from app.web.routing import unit
from app.web.templates import address


def install() -> None:
    """Registers the answers."""
    failures.answer_specially(SignInNeeded, _ask_to_sign_in)
    failures.answer_specially(SecondFactorNeeded, _ask_for_second_factor)


def with_next(path: str, request: Request) -> str:
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return f"{path}?{urlencode({'next': here})}"


async def _ask_to_sign_in(request: Request, _refusal: Refusal) -> Response:
    target = address("accounts.sign_in")
    if wants_fragment(request):
        return render(request, "accounts/_sign_in_needed.html", status=401, there=target)
    if request.method in ("GET", "HEAD"):
        return RedirectResponse(with_next(target, request), 303, {"cache-control": "no-store"})
    secret = request.cookies.get(settings().session_cookie, "")
    owner = await unit().read(lambda db: owner_of_ended(db, secret)) if secret else None
    carried = carry(request, str(owner or ""))
    return render(
        request, "accounts/sign_in.html", status=401, form=Form(values={"carried": carried or ""}), expired=True, too_much=carried is None
    )


async def _ask_for_second_factor(request: Request, _refusal: Refusal) -> Response:
    target = address("accounts.second_factor_step")
    if wants_fragment(request):
        return render(request, "accounts/_second_factor_needed.html", status=401, there=target)
    if request.method in ("GET", "HEAD"):
        return RedirectResponse(with_next(target, request), 303, {"cache-control": "no-store"})
    viewer = await viewer_now(request)
    carried = carry(request, str(viewer.id) if viewer else "")
    values = {"carried": carried or ""}
    return render(request, "accounts/second_factor_step.html", status=401, form=Form(values=values), too_much=carried is None)
