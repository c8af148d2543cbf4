"""Who asks: `viewer: SignedIn` in a signature means that visitors get the sign-in page instead."""

from typing import Annotated

from fastapi import Request

from app.accounts.errors import SecondFactorNeeded
from app.accounts.policies import Scope, Viewer
from app.accounts.queries import viewer_by_token
from app.kernel import i18n
from app.kernel.errors import NotFound, SignInNeeded
from app.kernel.settings import settings
from app.web.routing import Db, Found, unit


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


async def viewer_now(request: Request) -> Viewer | None:
    """The same for `async def` handlers, which run outside the unit."""
    viewer = await unit().read(lambda db: viewer_or_none(db, request))
    if viewer is not None:
        i18n.region.set(viewer.region)  # the unit set it in a context of its own
    return viewer


async def signed_in_now(request: Request) -> Viewer:
    return signed_in(await viewer_now(request))


def require(viewer: Viewer, verb: str, *scopes: Scope) -> None:
    """Raises NotFound when the person may not: what one may not see does not exist.

    Raises SecondFactorNeeded when only the second factor of this session is missing.
    """
    if viewer.may(verb, *scopes):
        return
    if viewer.may_when_confirmed(verb, *scopes):
        raise SecondFactorNeeded
    raise NotFound


def require_somewhere(viewer: Viewer, verb: str) -> None:
    """The same for a page that anyone may open who may do it in any scope at all."""
    if viewer.scopes_for(verb):
        return
    if viewer.confirmed().scopes_for(verb):
        raise SecondFactorNeeded
    raise NotFound
