"""Pages of visitors, kept in memory as they leave: compressed, with their ETag.

A page of a visitor depends on its address and on what is published, and on nothing else; so it is rendered once for
every state of the catalogue. A request with a session cookie never comes near.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 400_000  # bytes of one page
MEGABYTES = 16


@dataclass(frozen=True)
class KeptPage:
    state: object
    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes
    etag: bytes


class VisitorCache:
    """ASGI middleware. `state()` names what is published now; a page kept under another state is made anew."""

    def __init__(self, app: ASGIApp, cookie: str, state: Callable[[], object]) -> None:
        self.app, self.cookie, self.state = app, cookie.encode() + b"=", state
        self.pages: OrderedDict[tuple[str, bytes, str], KeptPage] = OrderedDict()
        self.size = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"].startswith("/static/"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if self.cookie in headers.get("cookie", "").encode("latin-1") or "hx-request" in headers:
            await self.app(scope, receive, send)
            return
        key = (scope["path"], scope["query_string"], headers.get("accept-encoding", "") + "|" + headers.get("accept", "")[:80])
        state = self.state()
        page = self.pages.get(key)
        if page is None or page.state != state:
            page = await self._make(scope, receive, send, state)
            if page is None:
                return
            self._keep(key, page)
        await self._give(page, headers.get("if-none-match", ""), send)

    async def _make(self, scope: Scope, receive: Receive, send: Send, state: object) -> KeptPage | None:
        start: Message | None = None
        body = bytearray()
        passing = False

        async def catch(message: Message) -> None:
            nonlocal start, passing
            if message["type"] == "http.response.start":
                found = Headers(raw=message["headers"])
                passing = message["status"] != 200 or not found.get("cache-control", "").startswith("public, no-cache")
                start = message
            if passing:
                await send(message)
            elif message["type"] == "http.response.body":
                body.extend(message.get("body", b""))

        await self.app(scope, receive, catch)
        if passing or start is None:
            return None
        etag = b'W/"' + hashlib.sha256(body).hexdigest()[:16].encode() + b'"'
        headers = MutableHeaders(raw=list(start["headers"]))
        headers["etag"] = etag.decode()
        headers["content-length"] = str(len(body))
        return KeptPage(state, start["status"], headers.raw, bytes(body), etag)

    async def _give(self, page: KeptPage, known: str, send: Send) -> None:
        if page.etag.decode() in known:
            raw = [(name, value) for name, value in page.headers if name not in (b"content-length", b"content-type", b"content-encoding")]
            await send({"type": "http.response.start", "status": 304, "headers": raw})
            await send({"type": "http.response.body", "body": b""})
            return
        await send({"type": "http.response.start", "status": page.status, "headers": list(page.headers)})
        await send({"type": "http.response.body", "body": page.body})

    def _keep(self, key: tuple[str, bytes, str], page: KeptPage) -> None:
        if len(page.body) > LARGEST:
            return
        old = self.pages.pop(key, None)
        self.size += len(page.body) - (len(old.body) if old else 0)
        self.pages[key] = page
        while self.size > MEGABYTES * 1_000_000:
            _, dropped = self.pages.popitem(last=False)
            self.size -= len(dropped.body)
