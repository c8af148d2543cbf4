"""Signing in and out."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import Request
from starlette.responses import Response

from app.accounts.actions.sign_in import Attempt, SignedInNow, begin_sign_in, finish_sign_in
from app.accounts.carrying import own_path, read_carried
from app.accounts.cookies import browser_of, forget, remember, use_session
from app.accounts.dependencies import MaybeSignedIn
from app.accounts.forms import SignInForm
from app.accounts.passphrases import hash_of_passphrase, is_outdated, is_right
from app.accounts.sessions import end_session
from app.accounts.waiting import ask_to_wait
from app.kernel import i18n
from app.kernel.errors import N_
from app.kernel.settings import settings
from app.web.forms import Form, reads
from app.web.fragments import see_other
from app.web.pages import render
from app.web.routing import Db, feature_router, unit
from app.web.templates import address

router = feature_router()

WRONG = N_("The name and the passphrase do not go together. Look at both and try again.")
DISABLED = N_("This account is switched off. Talk to your coordinator.")


@router.get("/{lang:language}/sign-in", name="accounts.sign_in")
def show(request: Request, viewer: MaybeSignedIn, next: str = "") -> Response:
    if viewer is not None:
        return see_other(after_sign_in(next))
    return sign_in_page(request, Form(values={"next": own_path(next)}))


@router.post("/{lang:language}/sign-in")
async def sign_in(request: Request, form: Annotated[Form[SignInForm], reads(SignInForm)]) -> Response:
    if not form.valid:
        return sign_in_page(request, form, 422)
    attempt, signed_in = await check(request, form.data.identifier, form.data.passphrase, form.data.shared)
    if attempt.wait:
        return sign_in_page(request, form, ask_to_wait(request, form, "passphrase", attempt.wait))
    if signed_in is None:
        form.reject("passphrase", DISABLED if attempt.user_id else WRONG)
        return sign_in_page(request, form, 422)
    i18n.region.set(signed_in.region)
    use_session(request, signed_in.secret)
    return remember(request, go_on(request, signed_in, form.data.next, form.data.carried), signed_in, form.data.shared)


@router.post("/{lang:language}/sign-out", name="accounts.sign_out")
def sign_out(request: Request, db: Db, viewer: MaybeSignedIn) -> Response:
    if secret := request.cookies.get(settings().session_cookie):
        end_session(db, secret)
    return forget(see_other(f"/{i18n.language.get()}"), shared=viewer is not None and viewer.is_shared)


async def check(request: Request, identifier: str, passphrase: str, shared: bool) -> tuple[Attempt, SignedInNow | None]:
    """Counts the try, compares the passphrase, starts the session.

    Without a session, the attempt says why: `wait` seconds to go, no `user_id` when name and passphrase do not go
    together, a `user_id` when the account is disabled.
    """
    browser = browser_of(request)
    attempt = await unit().write(lambda db: begin_sign_in(db, identifier, settings().default_region, browser))
    if attempt.wait:
        return attempt, None
    if not await is_right(attempt.passphrase_hash, passphrase):
        return Attempt(), None
    new_hash = await hash_of_passphrase(passphrase) if is_outdated(attempt.passphrase_hash) else ""
    return attempt, await unit().write(lambda db: finish_sign_in(db, attempt, browser, shared=shared, new_hash=new_hash))


def go_on(request: Request, signed_in: SignedInNow, next_path: str, carried_text: str) -> Response:
    """Where somebody goes who has just signed in: their second factor, what they had written, or the page they wanted."""
    carried = read_carried(carried_text)
    if signed_in.needs_second_factor:
        if carried:
            return render(
                request, "accounts/second_factor_step.html", private=True, form=Form(values={"carried": carried_text}), too_much=False
            )
        return see_other(address("accounts.second_factor_step", query=urlencode({"next": own_path(next_path)})))
    if carried:
        return welcome_back(request, str(signed_in.user_id), carried_text)
    return see_other(after_sign_in(next_path))


def welcome_back(request: Request, user_id: str, carried_text: str) -> Response:
    """What was written before the session ended, with one button that sends it again."""
    carried = read_carried(carried_text)
    if carried is None or (carried.owner and carried.owner != user_id):
        return render(request, "accounts/not_yours.html", private=True)
    return render(request, "accounts/welcome_back.html", private=True, carried=carried)


def after_sign_in(next_path: str) -> str:
    return own_path(next_path) or f"/{i18n.language.get()}/me"


def sign_in_page(request: Request, form: Form[SignInForm], status: int = 200) -> Response:
    return render(request, "accounts/sign_in.html", status=status, private=True, form=form, expired=False, too_much=False)
