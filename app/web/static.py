"""Static files: named by their content, compressed once at the best level, kept by browsers for ever."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import brotli
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

FOLDER = Path(__file__).parents[2] / "static"
COMPRESSED = {".css", ".js", ".svg", ".json", ".txt", ".webmanifest"}
FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class StaticFile:
    media_type: str
    content: bytes
    encoded: dict[str, bytes]
    etag: str


class StaticFiles:
    """Reads the folder once; `/static/css/tequio.1a2b3c4d.css` serves `css/tequio.css` as it was at start."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self.names: dict[str, str] = {}
        self.files: dict[str, StaticFile] = {}
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                self._add(path.relative_to(folder).as_posix(), path)

    def url(self, name: str) -> str:
        """The address of a file by its name in the folder. Raises KeyError for a file that is not there."""
        return "/static/" + self.names[name]

    def _add(self, name: str, path: Path) -> None:
        content = path.read_bytes()
        digest = hashlib.sha256(content).hexdigest()[:8]
        hashed = f"{name.removesuffix(path.suffix)}.{digest}{path.suffix}"
        media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        encoded = {}
        if path.suffix in COMPRESSED:
            encoded = {"br": brotli.compress(content, quality=11), "gzip": gzip.compress(content, 9, mtime=0)}
        self.names[name] = hashed
        self.files[hashed] = StaticFile(media_type, content, encoded, f'"{digest}"')

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        root = scope.get("root_path", "")
        name = scope["path"].removeprefix(root).removeprefix("/static").lstrip("/")
        file = self.files.get(name)
        if file is None or scope["method"] not in ("GET", "HEAD"):
            await Response("", 404)(scope, receive, send)
            return
        headers = {"cache-control": FOR_EVER, "etag": file.etag}
        content = file.content
        accepted = dict(scope["headers"]).get(b"accept-encoding", b"").decode("latin-1")
        if file.encoded:
            headers["vary"] = "Accept-Encoding"
            for encoding, body in file.encoded.items():
                if encoding in accepted:
                    content, headers["content-encoding"] = body, encoding
                    break
        await Response(content, headers=headers, media_type=file.media_type)(scope, receive, send)


@lru_cache
def static_files() -> StaticFiles:
    return StaticFiles()
