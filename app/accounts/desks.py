"""What stands on the index of /admin: each feature adds its desk, with the verb that opens it."""

from dataclasses import dataclass

from app.accounts.policies import Viewer
from app.kernel.errors import N_


@dataclass(frozen=True)
class Desk:
    """`label` and `hint` are message ids; `page` is the name of a route without further values."""

    label: str
    hint: str
    page: str
    verb: str


PEOPLE = Desk(N_("People"), N_("Find people, give roles, let somebody back in."), "accounts.people", "read_people")

_desks: list[Desk] = []


def register_desk(desk: Desk) -> None:
    if desk not in _desks:
        _desks.append(desk)


def desks_of(viewer: Viewer) -> list[Desk]:
    """The desks that the person may open, in the order in which they were registered."""
    return [desk for desk in _desks if viewer.scopes_for(desk.verb)]
