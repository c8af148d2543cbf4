"""Bodies: refused before they are read when they are too large, and given up when they come too slowly."""

import asyncio

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.kernel.errors import N_, Refusal, TooLarge
from app.web.failures import refuse

LARGEST_BODY = 1_000_000  # bytes
LONGEST_WAIT = 60.0  # seconds for the whole body: 1 MB at the speed of a poor line


class TooSlow(Refusal):
    status = 408
    message = N_("The line was too slow")


class BodyLimits:
    """ASGI middleware: 413 by Content-Length, or as soon as a chunked body passes the limit; 408 when time is up."""

    def __init__(self, app: ASGIApp, largest: int = LARGEST_BODY, longest: float = LONGEST_WAIT) -> None:
        self.app, self.largest, self.longest = app, largest, longest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        length = request.headers.get("content-length", "")
        if length.isdigit() and int(length) > self.largest:
            await (await refuse(request, TooLarge()))(scope, receive, send)
            return
        try:
            body = await asyncio.wait_for(self._body(receive), self.longest)
        except (TooLarge, TimeoutError) as error:
            refusal = error if isinstance(error, Refusal) else TooSlow()
            await (await refuse(request, refusal))(scope, receive, send)
            return
        if body is not None:
            await self.app(scope, given_body(body, receive), send)

    async def _body(self, receive: Receive) -> bytes | None:
        body = bytearray()
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            body += message.get("body", b"")
            if len(body) > self.largest:
                raise TooLarge
            if not message.get("more_body"):
                return bytes(body)


def given_body(body: bytes, receive: Receive) -> Receive:
    """A receive channel that gives a body already read, then what comes after it."""
    sent = False

    async def give() -> Message:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return give
