"""Making an account."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import Request
from starlette.responses import Response

from app.accounts.actions.sign_up import NewAccount, begin_sign_up, finish_sign_up
from app.accounts.carrying import own_path
from app.accounts.cookies import browser_of, remember
from app.accounts.dependencies import MaybeSignedIn
from app.accounts.forms import SignUpForm
from app.accounts.names import SignInName, sign_in_name
from app.accounts.passphrases import HINT, hash_of_passphrase, refusal_of
from app.accounts.routes.sign_in import after_sign_in, check
from app.accounts.waiting import ask_to_wait
from app.kernel import i18n
from app.kernel.errors import N_
from app.kernel.settings import settings
from app.web.forms import Form, reads
from app.web.fragments import see_other
from app.web.pages import render
from app.web.routing import feature_router, unit
from app.web.templates import address

router = feature_router()

TAKEN = N_("Somebody already signs in with this. Choose another one, or sign in if it is you.")


@router.get("/{lang:language}/sign-up", name="accounts.sign_up")
def show(request: Request, viewer: MaybeSignedIn, next: str = "") -> Response:
    if viewer is not None:
        return see_other(after_sign_in(next))
    return sign_up_page(request, Form(values={"next": own_path(next)}))


@router.post("/{lang:language}/sign-up")
async def sign_up(request: Request, form: Annotated[Form[SignUpForm], reads(SignUpForm)]) -> Response:
    signs_in_as = await _check_fields(form)
    if signs_in_as is None:
        return sign_up_page(request, form, 422)
    browser = browser_of(request)
    if wait := await unit().write(lambda db: begin_sign_up(db, browser)):
        return sign_up_page(request, form, ask_to_wait(request, form, "name", wait))
    given = form.data
    made = await hash_of_passphrase(given.passphrase)
    new = NewAccount(given.name, signs_in_as, made, i18n.language.get(), given.region)
    signed_in = await unit().write(lambda db: finish_sign_up(db, new, browser, shared=given.shared))
    if signed_in is None:  # the same form a second time is the same person: their passphrase fits
        _, signed_in = await check(request, given.identifier, given.passphrase, given.shared)
    if signed_in is None:
        form.reject("identifier", TAKEN)
        return sign_up_page(request, form, 422)
    return remember(request, see_other(_next_page(given.next)), signed_in, given.shared)


async def _check_fields(form: Form[SignUpForm]) -> SignInName | None:
    """Adds what is wrong with the name to sign in with and the passphrase; returns the name when all is well."""
    signs_in_as = None
    if "identifier" not in form.errors and form.values.get("identifier", "").strip():
        try:
            signs_in_as = sign_in_name(form.values["identifier"], form.values.get("region") or settings().default_region)
        except ValueError as error:
            form.reject("identifier", str(error))
    if "passphrase" not in form.errors and form.values.get("passphrase", "").strip():
        names = (form.values.get("name", "")[:200], form.values.get("identifier", "")[:200])
        if refusal := await refusal_of(form.values["passphrase"], *names):
            form.reject("passphrase", refusal)
    return signs_in_as if form.valid else None


def _next_page(next_path: str) -> str:
    return address("accounts.recovery_code", query=urlencode({"next": own_path(next_path)}) if own_path(next_path) else "")


def sign_up_page(request: Request, form: Form[SignUpForm], status: int = 200) -> Response:
    return render(request, "accounts/sign_up.html", status=status, private=True, form=form, passphrase_hint=HINT)
