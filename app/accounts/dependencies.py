"""Who asks: `viewer: SignedIn` in a signature means that visitors get the sign-in page instead."""

from typing import Annotated

from fastapi import Request

from app.accounts.policies import Scope, Viewer
from app.accounts.queries import viewer_by_token
from app.kernel import i18n
from app.kernel.errors import NotFound, SignInNeeded
from app.kernel.settings import settings
from app.web.routing import Db, Found


def viewer_or_none(db: Db, request: Request) -> Viewer | None:
    """The person behind the session cookie, if it is a live one. Sets the region their numbers are written in."""
    token = request.cookies.get(settings().session_cookie)
    viewer = viewer_by_token(db, token) if token else None
    request.state.viewer = viewer
    if viewer is not None:
        i18n.region.set(viewer.region)
        request.state.who = viewer.id
    return viewer


MaybeSignedIn = Annotated[Viewer | None, Found(viewer_or_none)]


def signed_in(viewer: MaybeSignedIn) -> Viewer:
    """The person who asks. Raises SignInNeeded for visitors."""
    if viewer is None:
        raise SignInNeeded
    return viewer


SignedIn = Annotated[Viewer, Found(signed_in)]


def require(viewer: Viewer, verb: str, *scopes: Scope) -> None:
    """Raises NotFound when the person may not: what one may not see does not exist."""
    if not viewer.may(verb, *scopes):
        raise NotFound
