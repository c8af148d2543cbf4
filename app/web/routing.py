"""Routes whose look-ups, handler, rendering and commit run together in one unit of database work.

A look-up stands in the signature and reads like `Depends`: `lesson: Annotated[Lesson, Found(lesson_of)]`. FastAPI fills
its plain arguments; the unit runs it, once a request, inside the transaction. GET and HEAD read; the rest writes.
A posted form that carries a `key` has one effect, however often it arrives: see app.kernel.replays.
"""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from inspect import iscoroutinefunction
from typing import Annotated, Any, TypeVar
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.routing import APIRoute
from sqlmodel import Session
from starlette.convertors import Convertor, register_url_convertor
from starlette.responses import RedirectResponse, Response
from starlette.routing import Match
from starlette.types import Scope

from app.kernel import replays
from app.kernel.database import Unit
from app.kernel.errors import N_, Refusal, Unprocessable

F = TypeVar("F", bound=Callable[..., Any])

current_unit: ContextVar[Unit] = ContextVar("current_unit")
current_request: ContextVar[Request] = ContextVar("current_request")
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
LARGEST_KEPT_ANSWER = 20_000  # characters of a fragment worth keeping for a repeated request


class LanguageConvertor(Convertor[str]):
    regex = "es|en"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("language", LanguageConvertor())


def unit() -> Unit:
    """The unit of this process, for `async def` handlers, which call `unit().read` and `unit().write` themselves."""
    return current_unit.get()


@dataclass(frozen=True)
class Pending:
    """A look-up that waits for its transaction."""

    find: Callable[..., Any]
    args: dict[str, Any]

    def __call__(self, known: dict[Any, Any]) -> Any:
        if self.find not in known:
            known[self.find] = self.find(**settle(self.args, known))
        return known[self.find]


def settle(args: dict[str, Any], known: dict[Any, Any]) -> dict[str, Any]:
    return {name: arg(known) if isinstance(arg, Pending) else arg for name, arg in args.items()}


def Found(find: Callable[..., Any]) -> Any:
    """`Depends` for a look-up."""

    @wraps(find)
    async def collect(**args: Any) -> Pending:
        return Pending(find, args)

    collect.is_lookup = True  # type: ignore[attr-defined]
    return Depends(collect)


def the_session() -> Session:
    raise RuntimeError("A session is given by the unit, never made here.")


Db = Annotated[Session, Found(the_session)]


def slow(handler: F) -> F:
    """Marks a GET that takes more than 20 ms: it never runs on the event loop."""
    handler.slow = True  # type: ignore[attr-defined]
    return handler


class UnitRoute(APIRoute):
    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        if not iscoroutinefunction(endpoint):
            endpoint = in_unit(endpoint, reading=set(options.get("methods") or {"GET"}) <= {"GET", "HEAD"})
        options["response_model"] = options.get("response_model")
        super().__init__(path, endpoint, **options)
        self.slashes = self.path.count("/") if ":path}" not in self.path else None

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """As any route, but one with another number of slashes is passed over before its pattern is tried."""
        if self.slashes is not None and scope["path"].count("/") != self.slashes:
            return Match.NONE, {}
        return super().matches(scope)

    def get_route_handler(self) -> Callable[[Request], Any]:
        handle = super().get_route_handler()

        async def handler(request: Request) -> Response:
            current_request.set(request)
            if request.method not in ("GET", "HEAD"):
                await read_body(request)
            response: Response = await handle(request)
            return response

        return handler


async def read_body(request: Request) -> None:
    """Reads the body once: `request.state.form` holds the fields, `request.state.digest` its hash."""
    body = await request.body()
    request.state.digest = replays.digest_of(body)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if body and kind not in FORM_TYPES:
        raise Unprocessable(N_("We could not read this form. Please open the page again and send it from there."), status=415)
    if kind == "multipart/form-data" and not is_whole(request, body):
        raise Refusal(N_("Only a part of this arrived, so nothing was saved. Please send it again."))
    request.state.form = await request.form(max_fields=2000, max_files=20)


def is_whole(request: Request, body: bytes) -> bool:
    """Whether a multipart body ends as it should: the parser alone would take a torn one for a short one."""
    boundary = request.headers.get("content-type", "").partition("boundary=")[2].strip('"').encode("latin-1")
    return bool(boundary) and body.rstrip().endswith(b"--" + boundary + b"--")


def in_unit(handler: Callable[..., Any], reading: bool) -> Callable[..., Any]:
    @wraps(handler)
    async def endpoint(**args: Any) -> Any:
        def work(db: Session) -> Any:
            known: dict[Any, Any] = {the_session: db}
            settled = settle(args, known)
            return handler(**settled) if reading else once(db, current_request.get(), lambda: handler(**settled))

        lane = current_unit.get()
        if reading:
            return await lane.read(work, getattr(handler, "slow", False), handler.__qualname__)
        return await lane.write(work)

    endpoint.handler = handler  # type: ignore[attr-defined]
    return endpoint


def once(db: Session, request: Request, act: Callable[[], Response]) -> Response:
    """Acts, unless the same key came before with the same body: then gives that answer again."""
    mine = _claim_of(request)
    if mine is None:
        return act()
    kept = replays.claim(db, mine)
    if kept is not None:
        return _answer_again(kept)
    response = act()
    if response.status_code >= 400:
        replays.release(db, mine)
    else:
        body = bytes(response.body)
        text = body.decode() if len(body) <= LARGEST_KEPT_ANSWER else ""
        replays.keep(db, mine, replays.KeptAnswer(response.status_code, response.headers.get("location", ""), text))
    return response


def _claim_of(request: Request) -> replays.Claim | None:
    who = getattr(request.state, "who", None)  # a person or a session; visitors carry no key
    given = request.state.form.get("key")
    if who is None or not isinstance(given, str):
        return None
    try:
        return replays.Claim(str(who), request.url.path[:200], UUID(given), request.state.digest)
    except ValueError:
        return None


def _answer_again(kept: replays.KeptAnswer) -> Response:
    if kept.location:
        return RedirectResponse(kept.location, kept.status)
    return Response(kept.body, kept.status, media_type="text/html")


def feature_router(**options: Any) -> APIRouter:
    """A router for a feature's pages."""
    return APIRouter(route_class=UnitRoute, include_in_schema=False, **options)
