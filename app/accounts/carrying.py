"""What somebody wrote is not lost when their session has ended: it travels through the sign-in page and is sent again.

The fields go as one signed text with the address they were for and, where the ended session still says so, with whose
they are: another person who signs in on the same phone does not get to see them.
"""

import json
from dataclasses import dataclass
from urllib.parse import urlsplit

from fastapi import Request

from app.kernel.signing import read_signed, sign
from app.web.forms import clean

LARGEST = 200_000  # characters of JSON
VALID = 24 * 3600  # seconds
NEVER = ("passphrase", "current", "code", "form_token")


@dataclass(frozen=True)
class Carried:
    action: str
    fields: list[tuple[str, str]]
    owner: str = ""

    @property
    def texts(self) -> list[str]:
        """What a person would recognise as theirs: the fields that hold words, not keys."""
        return [value for name, value in self.fields if name not in ("key",) and value.strip()][:20]


def own_path(path: str) -> str:
    """The path when it leads to a page of this site, else nothing."""
    parts = urlsplit(path) if len(path) <= 2000 and path.isprintable() and "\\" not in path else None
    if parts is None or parts.scheme or parts.netloc or not path.startswith("/") or path.startswith("//"):
        return ""
    return path


def carry(request: Request, owner: str) -> str | None:
    """The posted fields as one text for a hidden field; None when there is too much to carry."""
    form = getattr(request.state, "form", None)
    posted = form.multi_items() if form is not None else []
    fields = [(name, value) for name, value in posted if isinstance(value, str) and name not in NEVER]
    action = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    text = json.dumps([action, fields, owner])
    return sign("carried", text) if len(text) <= LARGEST else None


def read_carried(text: str) -> Carried | None:
    """What `carry` packed, or None when it was changed or is a day old."""
    packed = read_signed("carried", text, VALID) if text else None
    if not isinstance(packed, str):
        return None
    action, fields, owner = json.loads(packed)
    return Carried(own_path(action) or "/", [(clean(name), clean(value)) for name, value in fields], owner)
