"""Finding people, for those who look after them."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, or_
from sqlmodel import Session, col, select

from app.accounts.models import Identity, Invitation, RoleGrant, SecondFactor, User
from app.accounts.names import SignInName, masked, search_key
from app.accounts.policies import SITE, Scope, Viewer
from app.accounts.queries import names_of
from app.kernel.clock import now
from app.kernel.errors import NotFound

PAGE = 50


@dataclass(frozen=True)
class Listed:
    """A line of the list of people."""

    id: UUID
    name: str
    signs_in_as: str
    roles: list[str]
    is_disabled: bool


@dataclass(frozen=True)
class Person:
    """One person, as staff see them."""

    user: User
    names: list[str]
    grants: list[RoleGrant]
    has_second_factor: bool

    @property
    def scopes(self) -> list[Scope]:
        return [(grant.scope_kind, grant.scope_id) for grant in self.grants]

    @property
    def is_staff(self) -> bool:
        return any(grant.role != "learner" for grant in self.grants)


def people_for(db: Session, viewer: Viewer, wanted: str, after: tuple[str, UUID] | None) -> list[Listed]:
    """A page of people by name, those whose name or name to sign in with begins or contains what is wanted."""
    found = select(User).where(col(User.erased_at).is_(None))
    mine = viewer.scopes_for("read_people")
    if SITE not in mine:
        in_scope = or_(*(and_(col(RoleGrant.scope_kind) == kind, col(RoleGrant.scope_id) == id_) for kind, id_ in sorted(mine)))
        found = found.where(col(User.id).in_(select(RoleGrant.user_id).where(in_scope, col(RoleGrant.revoked_at).is_(None))))
    if key := search_key(wanted):
        by_name = col(User.search_name).contains(key, autoescape=True)
        by_identity = select(Identity.user_id).where(col(Identity.subject).startswith(key, autoescape=True))
        found = found.where(or_(by_name, col(User.id).in_(by_identity)))
    if after is not None:
        found = found.where(or_(col(User.search_name) > after[0], and_(col(User.search_name) == after[0], col(User.id) > after[1])))
    users = list(db.exec(found.order_by(col(User.search_name), col(User.id)).limit(PAGE)))
    return _listed(db, users)


def _listed(db: Session, users: list[User]) -> list[Listed]:
    ids = [user.id for user in users]
    roles: dict[UUID, list[str]] = {}
    for user_id, role in db.exec(
        select(RoleGrant.user_id, RoleGrant.role).where(col(RoleGrant.user_id).in_(ids), col(RoleGrant.revoked_at).is_(None))
    ):
        if role not in roles.setdefault(user_id, []):
            roles[user_id].append(role)
    names = {row.user_id: row for row in db.exec(select(Identity).where(col(Identity.user_id).in_(ids)))}
    return [
        Listed(user.id, user.name, masked_identity(names.get(user.id)), roles.get(user.id, []), user.disabled_at is not None)
        for user in users
    ]


def masked_identity(identity: Identity | None) -> str:
    return masked(SignInName(identity.issuer, identity.subject)) if identity else ""


def person_for(db: Session, viewer: Viewer, user_id: UUID) -> Person:
    """One person. Raises NotFound unless the viewer may read them."""
    user = db.get(User, user_id)
    if user is None or user.erased_at is not None:
        raise NotFound
    grants = list(
        db.exec(
            select(RoleGrant)
            .where(RoleGrant.user_id == user_id, col(RoleGrant.revoked_at).is_(None))
            .order_by(col(RoleGrant.granted_at), col(RoleGrant.id))
        )
    )
    factor = db.get(SecondFactor, user_id)
    person = Person(user, [masked(name) for name in names_of(db, user_id)], grants, factor is not None and factor.confirmed_at is not None)
    if not viewer.may("read_people", *person.scopes):
        raise NotFound
    return person


def may_manage(viewer: Viewer, person: Person) -> bool:
    """Whether the viewer may disable them or take their second factor away: only somebody else, wherever they are."""
    return viewer.id != person.user.id and viewer.covers("manage_people", person.scopes)


def may_issue_code(viewer: Viewer, person: Person) -> bool:
    """Whether the viewer may let them back in. Those who only coordinate may not for staff."""
    if viewer.id == person.user.id or not viewer.covers("issue_recovery_code", person.scopes):
        return False
    return not person.is_staff or may_manage(viewer, person)


def open_invitations(db: Session, viewer: Viewer) -> list[Invitation]:
    """The invitations that the viewer may withdraw, the newest first."""
    waiting = select(Invitation).where(
        col(Invitation.accepted_at).is_(None), col(Invitation.withdrawn_at).is_(None), col(Invitation.expires_at) > now()
    )
    found = db.exec(waiting.order_by(col(Invitation.created_at).desc()).limit(100))
    return [one for one in found if viewer.may("manage_people", (one.scope_kind, one.scope_id))]
