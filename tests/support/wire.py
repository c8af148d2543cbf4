"""Bytes on the wire: what a server sends for a request, headers included, counted at the socket."""

import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser as HTMLParser

ENCODINGS = ("zstd", "br", "gzip")


@dataclass(frozen=True)
class Answer:
    status: int
    size: int
    body: bytes


def fetch(server: str, path: str, encoding: str = "identity", cookie: str = "") -> Answer:
    """One GET as a browser sends it; the body is as it came, compressed."""
    parts = urlsplit(server)
    lines = [f"GET {path} HTTP/1.1", f"Host: {parts.netloc}", "Accept: text/html", f"Accept-Encoding: {encoding}", "Connection: close"]
    if cookie:
        lines.append(f"Cookie: {cookie}")
    with socket.create_connection((parts.hostname or "", parts.port or 80), timeout=60) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode())
        received = bytearray()
        while chunk := connection.recv(65536):
            received += chunk
    head, _, body = bytes(received).partition(b"\r\n\r\n")
    return Answer(int(head.split(b" ", 2)[1]), len(received), body)


@dataclass(frozen=True)
class Weight:
    """A page and what its first view loads from this site: styles and icon, pictures, scripts."""

    page: int
    styles: int
    pictures: int
    scripts: int

    @property
    def first_view(self) -> int:
        return self.page + self.styles + self.pictures + self.scripts


def weigh(server: str, path: str, encoding: str, cookie: str = "") -> Weight:
    """Weighs a page as a phone pays for it. Fails when the page or anything it needs is not there."""
    page = fetch(server, path, encoding, cookie)
    assert page.status == 200, (path, page.status)
    tree = HTMLParser(fetch(server, path, "identity", cookie).body.decode())
    links = [node.attributes.get("href") or "" for node in tree.css("link[rel=stylesheet], link[rel=icon]")]
    pictures = sorted({node.attributes.get("src") or "" for node in tree.css("img[src]")})
    scripts = [node.attributes.get("src") or "" for node in tree.css("script[src]")]

    def loaded(paths: list[str]) -> int:
        answers = [fetch(server, one, encoding) for one in paths if one.startswith("/")]
        assert all(answer.status == 200 for answer in answers), paths
        return sum(answer.size for answer in answers)

    return Weight(page.size, loaded(links), loaded(pictures), loaded(scripts))
