"""The second factor: setting it up, and showing it when a page asks for it."""

from typing import Annotated
from urllib.parse import urlencode

import segno
from fastapi import Request
from sqlmodel import Session
from starlette.responses import Response

from app.accounts import codes
from app.accounts.actions import second_factor
from app.accounts.actions.second_factor import address_for_authenticators, confirm
from app.accounts.carrying import own_path
from app.accounts.cookies import set_session
from app.accounts.dependencies import SignedIn, signed_in_now
from app.accounts.errors import SecondFactorNeeded
from app.accounts.forms import ConfirmForm, SecondFactorForm
from app.accounts.policies import Viewer
from app.accounts.queries import names_of
from app.accounts.routes.account import confirm as confirm_passphrase
from app.accounts.routes.sign_in import after_sign_in, welcome_back
from app.accounts.waiting import ask_to_wait
from app.kernel.errors import N_, NotFound
from app.web.forms import Form, reads
from app.web.fragments import see_other
from app.web.pages import render
from app.web.routing import Db, feature_router, unit
from app.web.templates import address

router = feature_router()

WRONG = N_("This code does not fit. Take the newest one that your phone shows; each works once.")
SecondFactorPosted = Annotated[Form[SecondFactorForm], reads(SecondFactorForm)]


@router.get("/{lang:language}/me/second-factor", name="accounts.second_factor")
def show(request: Request, db: Db, viewer: SignedIn, next: str = "") -> Response:
    form: Form[SecondFactorForm] = Form(values={"next": own_path(next)})
    return _set_up_page(request, db, viewer, form)


@router.post("/{lang:language}/me/second-factor", name="accounts.prepare_second_factor")
def prepare(request: Request, db: Db, viewer: SignedIn) -> Response:
    second_factor.prepare(db, viewer.id)
    next_path = own_path(str(request.state.form.get("next", "")))
    return see_other(address("accounts.second_factor", query=urlencode({"next": next_path}) if next_path else ""))


@router.post("/{lang:language}/me/second-factor/confirmation", name="accounts.confirm_second_factor")
def confirm_set_up(request: Request, db: Db, viewer: SignedIn, form: SecondFactorPosted) -> Response:
    secret, status = _check(request, db, viewer, form)
    if secret is None:
        return _set_up_page(request, db, viewer, form, status)
    next_path = own_path(form.data.next)
    response = see_other(address("accounts.spare_codes", query=urlencode({"next": next_path}) if next_path else ""))
    set_session(request, response, secret, viewer.is_shared)
    return response


@router.get("/{lang:language}/me/second-factor/spare-codes", name="accounts.spare_codes")
def spare_codes(request: Request, db: Db, viewer: SignedIn, next: str = "") -> Response:
    if viewer.assurance < 2:
        raise SecondFactorNeeded
    shown = codes.shown(db, viewer.id, codes.SECOND_FACTOR)
    left = codes.unused(db, viewer.id, codes.SECOND_FACTOR)
    return render(request, "accounts/spare_codes.html", shown=shown, left=left, then=own_path(next))


@router.post("/{lang:language}/me/second-factor/spare-codes")
def renew_spare_codes(db: Db, viewer: SignedIn) -> Response:
    if viewer.assurance < 2:
        raise SecondFactorNeeded
    codes.issue(db, viewer.id, codes.SECOND_FACTOR, number=second_factor.SPARE_CODES)
    return see_other(address("accounts.spare_codes"))


@router.post("/{lang:language}/me/second-factor/spare-codes/written-down", name="accounts.spare_codes_written")
def written_down(request: Request, db: Db, viewer: SignedIn) -> Response:
    codes.hide(db, viewer.id, codes.SECOND_FACTOR)
    return see_other(own_path(str(request.state.form.get("next", ""))) or address("accounts.account"))


@router.post("/{lang:language}/me/second-factor/removal", name="accounts.remove_second_factor")
async def remove(request: Request, form: Annotated[Form[ConfirmForm], reads(ConfirmForm)]) -> Response:
    viewer = await signed_in_now(request)
    if status := await confirm_passphrase(request, viewer, form):
        return await unit().read(lambda db: _set_up_page(request, db, viewer, form, status))
    await unit().write(lambda db: second_factor.remove(db, viewer.id, by=viewer.id))
    return see_other(address("accounts.account"))


@router.get("/{lang:language}/sign-in/second-factor", name="accounts.second_factor_step")
def show_step(request: Request, db: Db, viewer: SignedIn, next: str = "") -> Response:
    factor = second_factor.prepared(db, viewer.id)
    if factor is None or factor.confirmed_at is None:
        return see_other(address("accounts.second_factor", query=urlencode({"next": own_path(next)})))
    if viewer.assurance >= 2:
        return see_other(after_sign_in(next))
    return _step_page(request, Form(values={"next": own_path(next)}))


@router.post("/{lang:language}/sign-in/second-factor")
def step(request: Request, db: Db, viewer: SignedIn, form: SecondFactorPosted) -> Response:
    factor = second_factor.prepared(db, viewer.id)
    if factor is None or factor.confirmed_at is None:
        raise NotFound
    secret, status = _check(request, db, viewer, form)
    if secret is None:
        return _step_page(request, form, status)
    given = form.data
    set_session(request, response := see_other(after_sign_in(given.next)), secret, viewer.is_shared)
    if given.carried:
        set_session(request, response := welcome_back(request, str(viewer.id), given.carried), secret, viewer.is_shared)
    return response


def _check(request: Request, db: Session, viewer: Viewer, form: Form[SecondFactorForm]) -> tuple[str | None, int]:
    """Checks the code of a form; (new secret, 0), or (None, status of the page that says what is wrong)."""
    if not form.valid:
        return None, 422
    wait, secret = confirm(db, viewer, form.data.code)
    if wait:
        return None, ask_to_wait(request, form, "code", wait)
    if secret is None:
        form.reject("code", WRONG)
        return None, 422
    return secret, 0


def _set_up_page(
    request: Request, db: Session, viewer: Viewer, form: Form[SecondFactorForm] | Form[ConfirmForm], status: int = 200
) -> Response:
    factor = second_factor.prepared(db, viewer.id)
    picture = secret = ""
    if factor is not None and factor.confirmed_at is None:
        name = next((name.subject for name in names_of(db, viewer.id)), viewer.name)
        picture = segno.make(address_for_authenticators(factor.secret, name), error="l").svg_data_uri(border=2, light="#fff")
        secret = " ".join(factor.secret[start : start + 4] for start in range(0, len(factor.secret), 4))
    is_on = factor is not None and factor.confirmed_at is not None
    return render(
        request, "accounts/second_factor.html", status=status, form=form, is_on=is_on, picture=picture, secret=secret, viewer=viewer
    )


def _step_page(request: Request, form: Form[SecondFactorForm], status: int = 200) -> Response:
    return render(request, "accounts/second_factor_step.html", status=status, form=form, too_much=False)
