"""/me/account: the name, the language, the sessions, the passphrase and the way back in."""

from typing import Annotated
from uuid import UUID

from fastapi import Request
from sqlmodel import Session
from starlette.responses import Response

from app.accounts.actions.account import begin_confirmation, change_passphrase, change_profile, has_second_factor, renew_printed_code
from app.accounts.cookies import set_language, set_session
from app.accounts.dependencies import SignedIn, signed_in_now
from app.accounts.errors import SecondFactorNeeded
from app.accounts.forms import ChangePassphraseForm, ConfirmForm, EraseForm, ProfileForm
from app.accounts.passphrases import HINT, hash_of_passphrase, is_right, refusal_of
from app.accounts.policies import Viewer
from app.accounts.queries import account_of
from app.accounts.sessions import end_session_of
from app.accounts.waiting import ask_to_wait
from app.kernel.errors import N_, NotFound
from app.web.forms import Form, reads
from app.web.fragments import see_other
from app.web.pages import render
from app.web.routing import Db, feature_router, unit
from app.web.templates import address

router = feature_router()

WRONG_PASSPHRASE = N_("This is not your passphrase. Look at it and try again.")


def account_page(request: Request, db: Session, viewer: Viewer, form: Form[ProfileForm], status: int = 200) -> Response:
    return render(request, "accounts/account.html", status=status, viewer=viewer, account=account_of(db, viewer), form=form)


@router.get("/{lang:language}/me/account", name="accounts.account")
def show(request: Request, db: Db, viewer: SignedIn) -> Response:
    return account_page(request, db, viewer, Form())


@router.post("/{lang:language}/me/account")
def save_profile(request: Request, db: Db, viewer: SignedIn, form: Annotated[Form[ProfileForm], reads(ProfileForm)]) -> Response:
    if not form.valid:
        return account_page(request, db, viewer, form, 422)
    change_profile(db, viewer.id, form.data.name, form.data.language, form.data.region)
    response = see_other(address("accounts.account", lang=form.data.language))
    if not viewer.is_shared:
        set_language(response, form.data.language)
    return response


@router.post("/{lang:language}/me/sessions/{session_id}/ending", name="accounts.end_session")
def end(db: Db, viewer: SignedIn, session_id: UUID) -> Response:
    if not end_session_of(db, viewer.id, session_id):
        raise NotFound
    return see_other(address("accounts.account") + "#sessions")


@router.get("/{lang:language}/me/passphrase", name="accounts.change_passphrase")
def show_passphrase(request: Request, viewer: SignedIn) -> Response:
    return _passphrase_page(request, Form(), 200)


@router.post("/{lang:language}/me/passphrase")
async def new_passphrase(request: Request, form: Annotated[Form[ChangePassphraseForm], reads(ChangePassphraseForm)]) -> Response:
    viewer = await signed_in_now(request)
    if form.valid and (refusal := await refusal_of(form.data.passphrase, viewer.name)):
        form.reject("passphrase", refusal)
    if status := await confirm(request, viewer, form):
        return _passphrase_page(request, form, status)
    made = await hash_of_passphrase(form.data.passphrase)
    secret = await unit().write(lambda db: change_passphrase(db, viewer, made))
    response = see_other(address("accounts.account"))
    set_session(request, response, secret, viewer.is_shared)
    return response


@router.post("/{lang:language}/me/recovery-code", name="accounts.renew_recovery_code")
async def renew_code(request: Request, form: Annotated[Form[ConfirmForm], reads(ConfirmForm)]) -> Response:
    viewer = await signed_in_now(request)
    if status := await confirm(request, viewer, form):
        return render(request, "accounts/recovery_code.html", status=status, code="", then="", form=form)
    await unit().write(lambda db: renew_printed_code(db, viewer.id))
    return see_other(address("accounts.recovery_code"))


def _passphrase_page(request: Request, form: Form[ChangePassphraseForm], status: int) -> Response:
    return render(request, "accounts/passphrase.html", status=status, form=form, passphrase_hint=HINT)


async def confirm(request: Request, viewer: Viewer, form: Form[ChangePassphraseForm] | Form[ConfirmForm] | Form[EraseForm]) -> int:
    """Checks the current passphrase of a form; returns 0, or the status of the page that says what is wrong.

    Raises SecondFactorNeeded when the person has a second factor and this session has not shown it.
    """
    if viewer.assurance < 2 and await unit().read(lambda db: has_second_factor(db, viewer.id)):
        raise SecondFactorNeeded
    if not form.valid:
        return 422
    wait, stored = await unit().write(lambda db: begin_confirmation(db, viewer.id))
    if wait:
        return ask_to_wait(request, form, "current", wait)
    if not await is_right(stored, form.data.current):
        form.reject("current", WRONG_PASSPHRASE)
        return 422
    return 0
