"""/admin and /admin/people: finding people, their roles, their way back in."""

from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Request
from sqlmodel import Session
from starlette.responses import Response

from app.accounts import codes
from app.accounts.actions import people as actions
from app.accounts.actions import second_factor
from app.accounts.dependencies import SignedIn, require, require_somewhere
from app.accounts.desks import desks_of
from app.accounts.forms import ScopedRole
from app.accounts.models import RoleGrant
from app.accounts.names import search_key
from app.accounts.people import PAGE, Person, may_issue_code, may_manage, open_invitations, people_for, person_for
from app.accounts.policies import Viewer
from app.kernel.errors import N_, NotFound
from app.web.forms import Form, clean, reads
from app.web.fragments import see_other
from app.web.pages import render
from app.web.routing import Db, Found, feature_router, slow
from app.web.templates import absolute, address

router = feature_router()

SCOPE_ID_NEEDED = N_("Write which one: its short name.")
NOT_YOUR_OWN = N_("Another administrator has to take this role from you.")


def coordinator(viewer: SignedIn) -> Viewer:
    require_somewhere(viewer, "read_people")
    return viewer


Staff = Annotated[Viewer, Found(coordinator)]


def person_seen(db: Db, viewer: Staff, user_id: UUID) -> Person:
    return person_for(db, viewer, user_id)


PersonSeen = Annotated[Person, Found(person_seen)]
RoleForm = Annotated[Form[ScopedRole], reads(ScopedRole)]


@router.get("/{lang:language}/admin", name="accounts.admin")
def index(request: Request, viewer: SignedIn) -> Response:
    require_somewhere(viewer, "open_admin")
    return render(request, "accounts/admin.html", desks=desks_of(viewer))


@router.get("/{lang:language}/admin/people", name="accounts.people")
@slow
def show(request: Request, db: Db, viewer: Staff, *, q: str = "", after: str = "", id: UUID | None = None) -> Response:
    return people_page(request, db, viewer, Form(), place=(clean(q)[:100], clean(after)[:200], id))


def people_page(
    request: Request,
    db: Session,
    viewer: Viewer,
    form: Form[ScopedRole],
    *,
    place: tuple[str, str, UUID | None] = ("", "", None),
    status: int = 200,
) -> Response:
    wanted, after, after_id = place
    people = people_for(db, viewer, wanted, (after, after_id) if after_id else None)
    last = people[-1] if len(people) == PAGE else None
    more = urlencode({"q": wanted, "after": search_key(last.name)[:160], "id": last.id}) if last else ""
    may_invite = bool(viewer.scopes_for("manage_people"))
    invitations = [(one, absolute(address("accounts.invitation", token=actions.token_of(one)))) for one in open_invitations(db, viewer)]
    return render(
        request,
        "accounts/people.html",
        status=status,
        people=people,
        q=wanted,
        more=more,
        form=form,
        may_invite=may_invite,
        invitations=invitations,
    )


@router.get("/{lang:language}/admin/people/{user_id}", name="accounts.person")
def show_person(request: Request, db: Db, viewer: Staff, person: PersonSeen) -> Response:
    return _person_page(request, db, viewer, person, Form())


@router.post("/{lang:language}/admin/people/{user_id}/roles", name="accounts.grant_role")
def grant(request: Request, db: Db, viewer: Staff, person: PersonSeen, form: RoleForm) -> Response:
    require_somewhere(viewer, "manage_people")
    check_scope(form)
    if not form.valid:
        return _person_page(request, db, viewer, person, form, status=422)
    require(viewer, "manage_people", form.data.scope)
    actions.grant_role(db, person.user.id, form.data.role, form.data.scope, by=viewer.id)
    return see_other(_page_of(person))


@router.post("/{lang:language}/admin/people/{user_id}/roles/{grant_id}/revocation", name="accounts.revoke_role")
def revoke(request: Request, db: Db, viewer: Staff, person: PersonSeen, grant_id: UUID) -> Response:
    held: RoleGrant | None = next((one for one in person.grants if one.id == grant_id), None)
    if held is None:
        raise NotFound
    require(viewer, "manage_people", (held.scope_kind, held.scope_id))
    if person.user.id == viewer.id and held.role == "administrator":
        form: Form[ScopedRole] = Form()
        form.reject("revoke", NOT_YOUR_OWN)
        return _person_page(request, db, viewer, person, form, status=422)
    actions.revoke_role(db, held, by=viewer.id)
    return see_other(_page_of(person))


@router.post("/{lang:language}/admin/people/{user_id}/disabling", name="accounts.disable")
def disable(db: Db, viewer: Staff, person: PersonSeen) -> Response:
    _only_if(may_manage(viewer, person))
    actions.disable(db, person.user, by=viewer.id)
    return see_other(_page_of(person))


@router.post("/{lang:language}/admin/people/{user_id}/enabling", name="accounts.enable")
def enable(db: Db, viewer: Staff, person: PersonSeen) -> Response:
    _only_if(may_manage(viewer, person))
    actions.enable(db, person.user, by=viewer.id)
    return see_other(_page_of(person))


@router.post("/{lang:language}/admin/people/{user_id}/recovery-code", name="accounts.issue_code")
def issue_code(db: Db, viewer: Staff, person: PersonSeen) -> Response:
    _only_if(may_issue_code(viewer, person))
    actions.issue_code(db, person.user.id, by=viewer.id)
    return see_other(_page_of(person) + "#code")


@router.post("/{lang:language}/admin/people/{user_id}/second-factor/removal", name="accounts.take_second_factor")
def take_second_factor(db: Db, viewer: Staff, person: PersonSeen) -> Response:
    _only_if(may_manage(viewer, person) and person.has_second_factor)
    second_factor.remove(db, person.user.id, by=viewer.id)
    return see_other(_page_of(person))


def check_scope(form: Form[ScopedRole]) -> None:
    """A role for the whole site names nothing; any other names what it is for."""
    if form.valid and form.data.scope_kind == "site":
        form.data.scope_id = ""
    elif form.valid and not form.data.scope_id:
        form.reject("scope_id", SCOPE_ID_NEEDED)


def _only_if(allowed: bool) -> None:
    if not allowed:
        raise NotFound


def _page_of(person: Person) -> str:
    return address("accounts.person", user_id=person.user.id)


def _person_page(request: Request, db: Session, viewer: Viewer, person: Person, form: Form[ScopedRole], *, status: int = 200) -> Response:
    may_code = may_issue_code(viewer, person)
    shown = codes.shown(db, person.user.id, codes.IN_PERSON) if may_code else []
    return render(
        request,
        "accounts/person.html",
        status=status,
        person=person,
        form=form,
        code=shown[0] if shown else "",
        may_code=may_code,
        may_manage=may_manage(viewer, person),
        may_grant=bool(viewer.scopes_for("manage_people")),
        manages={one.id for one in person.grants if viewer.may("manage_people", (one.scope_kind, one.scope_id))},
    )
