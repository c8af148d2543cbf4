"""Invitations: a role by a link, once."""

from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Request
from starlette.responses import Response

from app.accounts.actions import people as actions
from app.accounts.dependencies import MaybeSignedIn, SignedIn, require, require_somewhere
from app.accounts.models import Invitation
from app.accounts.policies import NEEDS_SECOND_FACTOR
from app.accounts.routes.people import RoleForm, Staff, check_scope, people_page
from app.kernel import i18n
from app.kernel.errors import N_, NotFound
from app.web.fragments import see_other
from app.web.pages import render
from app.web.routing import Db, Found, feature_router
from app.web.templates import address

router = feature_router()

GONE = N_("This invitation was used, withdrawn, or is older than a week. Ask for a new one.")


def invitation_open(db: Db, token: str) -> Invitation:
    invitation = actions.invitation_by(db, token)
    if invitation is None:
        raise NotFound(GONE)
    return invitation


InvitationOpen = Annotated[Invitation, Found(invitation_open)]


@router.post("/{lang:language}/admin/invitations", name="accounts.invite")
def invite(request: Request, db: Db, viewer: Staff, form: RoleForm) -> Response:
    require_somewhere(viewer, "manage_people")
    check_scope(form)
    if not form.valid:
        return people_page(request, db, viewer, form, status=422)
    require(viewer, "manage_people", form.data.scope)
    actions.invite(db, form.data.role, form.data.scope, by=viewer.id)
    return see_other(address("accounts.people") + "#invitations")


@router.post("/{lang:language}/admin/invitations/{invitation_id}/withdrawal", name="accounts.withdraw_invitation")
def withdraw(db: Db, viewer: Staff, invitation_id: UUID) -> Response:
    invitation = db.get(Invitation, invitation_id)
    if invitation is None:
        raise NotFound
    require(viewer, "manage_people", (invitation.scope_kind, invitation.scope_id))
    actions.withdraw_invitation(db, invitation, by=viewer.id)
    return see_other(address("accounts.people") + "#invitations")


@router.get("/{lang:language}/invitations/{token}", name="accounts.invitation")
def show(request: Request, viewer: MaybeSignedIn, invitation: InvitationOpen) -> Response:
    if invitation.accepted_at is not None:
        raise NotFound(GONE)
    here = urlencode({"next": request.url.path})
    return render(request, "accounts/invitation.html", private=True, viewer=viewer, invitation=invitation, here_query=here)


@router.post("/{lang:language}/invitations/{token}")
def accept(db: Db, viewer: SignedIn, invitation: InvitationOpen) -> Response:
    if not actions.accept(db, invitation, viewer.id):
        raise NotFound(GONE)
    mine = f"/{i18n.language.get()}/me"
    if invitation.role in NEEDS_SECOND_FACTOR:
        return see_other(address("accounts.second_factor", query=urlencode({"next": mine})))
    return see_other(mine)
