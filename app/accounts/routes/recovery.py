"""The printed code, and the ways back in."""

from typing import Annotated

from fastapi import Request
from sqlmodel import Session
from starlette.responses import Response

from app.accounts import codes, mails
from app.accounts.actions.recovery import begin_by_code, finish_by_code, finish_by_link, letter_for, user_of_link
from app.accounts.carrying import own_path
from app.accounts.cookies import browser_of, remember
from app.accounts.dependencies import SignedIn
from app.accounts.forms import NewPassphraseForm, RecoverByCodeForm, RecoverByMailForm
from app.accounts.passphrases import HINT, hash_of_passphrase, refusal_of
from app.accounts.routes.sign_in import after_sign_in
from app.accounts.waiting import ask_to_wait
from app.kernel.errors import N_
from app.kernel.settings import settings
from app.web.forms import Form, reads
from app.web.fragments import see_other
from app.web.pages import render
from app.web.routing import Db, feature_router, unit
from app.web.templates import absolute, address

router = feature_router()

WRONG_CODE = N_("The name and the code do not go together, or the code was used or ran out.")
OLD_LINK = N_("This link was used or is older than an hour. Ask for a new one.")


@router.get("/{lang:language}/me/recovery-code", name="accounts.recovery_code")
def show_code(request: Request, db: Db, viewer: SignedIn, next: str = "") -> Response:
    shown = codes.shown(db, viewer.id, codes.PRINTED)
    return render(request, "accounts/recovery_code.html", code=shown[0] if shown else "", then=own_path(next), form=Form())


@router.post("/{lang:language}/me/recovery-code/written-down", name="accounts.recovery_code_written")
def written_down(request: Request, db: Db, viewer: SignedIn) -> Response:
    codes.hide(db, viewer.id, codes.PRINTED)
    return see_other(after_sign_in(str(request.state.form.get("next", ""))))


@router.get("/{lang:language}/recovery", name="accounts.recovery")
async def show(request: Request) -> Response:
    return _page(request, Form())


@router.post("/{lang:language}/recovery/code", name="accounts.recover_by_code")
async def by_code(request: Request, form: Annotated[Form[RecoverByCodeForm], reads(RecoverByCodeForm)]) -> Response:
    await _check_passphrase(form)
    if not form.valid:
        return _page(request, form, 422)
    given, browser = form.data, browser_of(request)
    begun = await unit().write(lambda db: begin_by_code(db, given.identifier, given.code, settings().default_region, browser))
    if begun.attempt.wait:
        return _page(request, form, ask_to_wait(request, form, "code", begun.attempt.wait))
    made = await hash_of_passphrase(given.passphrase)  # for unknown names too, so that they take as long
    signed_in = await unit().write(lambda db: finish_by_code(db, begun, made, browser, shared=given.shared))
    if signed_in is None:
        form.reject("code", WRONG_CODE)
        return _page(request, form, 422)
    return remember(request, see_other(address("accounts.recovery_code")), signed_in, given.shared)


@router.post("/{lang:language}/recovery/mail", name="accounts.recover_by_mail")
async def by_mail(request: Request, form: Annotated[Form[RecoverByMailForm], reads(RecoverByMailForm)]) -> Response:
    if not form.valid:
        return _page(request, form, 422)
    email, browser = form.data.email, browser_of(request)

    def ask(db: Session) -> float:
        wait, letter = letter_for(db, email, browser)
        if letter is not None:
            link = absolute(address("accounts.recovery_link", lang=letter.language, token=letter.token))
            mails.send(db, "recovery", letter.to, letter.language, name=letter.name, link=link)
        return wait

    if wait := await unit().write(ask):
        return _page(request, form, ask_to_wait(request, form, "email", wait))
    return see_other(address("accounts.mail_sent"))


@router.get("/{lang:language}/recovery/mail-sent", name="accounts.mail_sent")
async def mail_sent(request: Request) -> Response:
    return render(request, "accounts/mail_sent.html", private=True)


@router.get("/{lang:language}/recovery/link/{token}", name="accounts.recovery_link")
def show_link(request: Request, db: Db, token: str) -> Response:
    if user_of_link(db, token) is None:
        return _old_link(request)
    return render(request, "accounts/recovery_link.html", private=True, form=Form(), passphrase_hint=HINT)


@router.post("/{lang:language}/recovery/link/{token}")
async def by_link(request: Request, token: str, form: Annotated[Form[NewPassphraseForm], reads(NewPassphraseForm)]) -> Response:
    await _check_passphrase(form)
    if not form.valid:
        return render(request, "accounts/recovery_link.html", status=422, form=form, passphrase_hint=HINT)
    browser, made = browser_of(request), await hash_of_passphrase(form.data.passphrase)
    signed_in = await unit().write(lambda db: finish_by_link(db, token, made, browser))
    if signed_in is None:
        return _old_link(request)
    return remember(request, see_other(address("accounts.recovery_code")), signed_in, shared=False)


async def _check_passphrase(form: Form[RecoverByCodeForm] | Form[NewPassphraseForm]) -> None:
    if form.valid and (refusal := await refusal_of(form.data.passphrase)):
        form.reject("passphrase", refusal)


def _page(request: Request, form: Form[RecoverByCodeForm] | Form[RecoverByMailForm], status: int = 200) -> Response:
    return render(request, "accounts/recovery.html", status=status, private=True, form=form, passphrase_hint=HINT)


def _old_link(request: Request) -> Response:
    form: Form[RecoverByMailForm] = Form()
    form.reject("email", OLD_LINK)
    return _page(request, form, 422)
