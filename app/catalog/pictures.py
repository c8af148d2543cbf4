"""Pictures of courses, served from the stored files by the beginning of their hash."""

import base64
import hashlib
import re
from dataclasses import dataclass

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from app.catalog.compiling import PICTURE_NAME
from app.catalog.models import SourceFile
from app.kernel.errors import NotFound

# Ending -> media type and how such a file begins: a hash never opens anything but a picture.
KINDS = {
    ".svg": ("image/svg+xml", re.compile(rb"\s*(<\?xml|<!--|<svg)")),
    ".png": ("image/png", re.compile(rb"\x89PNG")),
    ".jpg": ("image/jpeg", re.compile(rb"\xff\xd8")),
    ".jpeg": ("image/jpeg", re.compile(rb"\xff\xd8")),
    ".webp": ("image/webp", re.compile(rb"RIFF")),
    ".gif": ("image/gif", re.compile(rb"GIF8")),
}
_NAME = re.compile(rf"([0-9a-f]{{{PICTURE_NAME}}})(\.[a-z]+)")
_STYLE = re.compile(rb"<style[^>]*>(.*?)</style>", re.DOTALL)
_content = (
    select(SourceFile.content)
    .where(col(SourceFile.hash) >= bindparam("first"), col(SourceFile.hash) < bindparam("after"))
    .order_by(col(SourceFile.hash))
    .limit(1)
)


@dataclass(frozen=True)
class Picture:
    content: bytes
    media_type: str
    headers: dict[str, str]


def picture(db: Session, name: str) -> Picture:
    """The picture at /media/{name}. Raises NotFound."""
    found = _NAME.fullmatch(name)
    kind = KINDS.get(found.group(2)) if found else None
    if found is None or kind is None:
        raise NotFound
    start = found.group(1)
    content = db.connection().execute(_content, {"first": start, "after": start + "g"}).scalar()
    if content is None or not kind[1].match(content):
        raise NotFound
    headers = {"cache-control": "public, max-age=31536000, immutable", "content-security-policy": policy(content)}
    return Picture(bytes(content), kind[0], headers)


def policy(content: bytes) -> str:
    """A picture opened by itself may use its own styles, named by their hash, and nothing else."""
    digests = (base64.b64encode(hashlib.sha256(style).digest()).decode() for style in _STYLE.findall(content[:200_000]))
    styles = " ".join(f"'sha256-{digest}'" for digest in digests)
    return f"default-src 'none'; {f'style-src {styles}; ' if styles else ''}frame-ancestors 'none'; sandbox"
