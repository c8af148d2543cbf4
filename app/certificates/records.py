"""The record of a certificate: canonical JSON (RFC 8785: sorted keys, no spaces, no fractions) under a key with an id."""

import hashlib
import hmac
import json
from typing import Any

from app.kernel.ids import READABLE, readable_code
from app.kernel.settings import settings

SERIAL_LENGTH = 12  # characters of five random bits: 60 bits cannot be guessed
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def new_serial() -> str:
    """A serial such as TQ-7K4M-2XQ9-HB3D."""
    code = readable_code(SERIAL_LENGTH)
    return "TQ-" + "-".join(code[i : i + 4] for i in range(0, SERIAL_LENGTH, 4))


def read_serial(typed: str) -> str:
    """A serial as people type it, put in order; an empty text for what cannot be one."""
    letters = "".join(typed.upper().split()).replace("-", "").removeprefix("TQ").translate(_READ_AS)
    if len(letters) != SERIAL_LENGTH or any(letter not in READABLE for letter in letters):
        return ""
    return "TQ-" + "-".join(letters[i : i + 4] for i in range(0, SERIAL_LENGTH, 4))


def canonical(record: dict[str, Any]) -> str:
    """The one way to write a record of texts, whole numbers and lists."""
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _key() -> bytes:
    return hashlib.sha256(b"tequio.certificate." + settings().secret_key.get_secret_value().encode()).digest()


def key_id() -> str:
    """Names the key without telling it, so that a record says under which key it was signed."""
    return hashlib.sha256(b"id." + _key()).hexdigest()[:16]


def sign(text: str) -> str:
    return hmac.new(_key(), text.encode(), hashlib.sha256).hexdigest()


def is_authentic(text: str, key: str, signature: str) -> bool | None:
    """Whether a record is as this site signed it; None when it was signed under another key."""
    if key != key_id():
        return None
    return hmac.compare_digest(sign(text), signature)
