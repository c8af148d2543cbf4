"""The one table of who may do what. Everything that is not in it is denied.

A scope is a (kind, id): ("site", ""), ("partner", id), ("course", slug), ("cohort", id). A role held for the site
holds for everything inside it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

Scope = tuple[str, str]
SITE: Scope = ("site", "")
ROLES = ("learner", "author", "mentor", "coordinator", "administrator")
NEEDS_SECOND_FACTOR = frozenset(ROLES) - {"learner"}

# verb -> roles that may. A verb names a thing and what is done to it.
MAY: dict[str, frozenset[str]] = {
    "learn": frozenset(ROLES),
    "report_mistake": frozenset(ROLES),
    "answer_mistake": frozenset({"author", "administrator"}),
    "review_submission": frozenset({"mentor", "administrator"}),
    "open_admin": frozenset({"coordinator", "administrator"}),
    "read_people": frozenset({"coordinator", "administrator"}),
    "read_progress": frozenset({"coordinator", "administrator"}),
    "set_accommodation": frozenset({"coordinator", "administrator"}),
    "revoke_certificate": frozenset({"coordinator", "administrator"}),
    "issue_recovery_code": frozenset({"coordinator", "administrator"}),
    "manage_people": frozenset({"administrator"}),
    "read_audit": frozenset({"administrator"}),
}


@dataclass(frozen=True)
class Grant:
    role: str
    scope: Scope


@dataclass(frozen=True)
class Viewer:
    """The person who asks, as far as a request needs to know them."""

    id: UUID
    name: str
    language: str
    region: str
    session_id: UUID
    assurance: int
    is_shared: bool
    grants: tuple[Grant, ...] = ()

    def may(self, verb: str, *scopes: Scope) -> bool:
        """Whether the person may do `verb` in any of `scopes` (the site when none is given)."""
        return any(grant.scope == SITE or grant.scope in scopes for grant in self._grants_for(verb))

    def scopes_for(self, verb: str) -> frozenset[Scope]:
        """Where the person may do `verb`; contains SITE when it is everywhere."""
        return frozenset(grant.scope for grant in self._grants_for(verb))

    def covers(self, verb: str, scopes: Iterable[Scope]) -> bool:
        """Whether the person may do `verb` wherever somebody is: for the whole site, or in every one of their scopes."""
        mine, theirs = self.scopes_for(verb), frozenset(scopes)
        return SITE in mine or (bool(theirs) and theirs <= mine)

    def confirmed(self) -> "Viewer":
        """The same person with the second factor confirmed: what they could do then."""
        return replace(self, assurance=2)

    def may_when_confirmed(self, verb: str, *scopes: Scope) -> bool:
        return self.confirmed().may(verb, *scopes)

    @property
    def is_staff(self) -> bool:
        return any(grant.role != "learner" for grant in self.grants)

    def _grants_for(self, verb: str) -> Iterable[Grant]:
        roles = MAY.get(verb, frozenset())
        if "learner" in roles:
            yield Grant("learner", SITE)
        for grant in self.grants:
            if grant.role in roles and (self.assurance >= 2 or grant.role not in NEEDS_SECOND_FACTOR):
                yield grant
