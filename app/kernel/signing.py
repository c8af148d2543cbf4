"""Signed values that travel through a browser: form tokens and links."""

from functools import lru_cache
from typing import Any

from itsdangerous import BadSignature, URLSafeTimedSerializer
from itsdangerous.encoding import base64_encode
from itsdangerous.url_safe import URLSafeSerializerMixin

from app.kernel.settings import settings

SHORT = 200  # bytes


def sign(purpose: str, value: Any) -> str:
    """A URL-safe text that only this site can have made, for one purpose."""
    return _serializer(purpose).dumps(value)


def read_signed(purpose: str, text: str, max_age: int) -> Any | None:
    """The value in `text`, or None when it was changed, made for another purpose, or is older than `max_age` seconds."""
    try:
        return _serializer(purpose).loads(text, max_age=max_age)
    except BadSignature:
        return None


class Serializer(URLSafeTimedSerializer):
    """As its parent, which tries to compress every value; for a short one that costs more than the rest of its page."""

    def dump_payload(self, obj: Any, *args: Any, **options: Any) -> bytes:
        plain = super(URLSafeSerializerMixin, self).dump_payload(obj, *args, **options)
        return base64_encode(plain) if len(plain) < SHORT else super().dump_payload(obj, *args, **options)


def _serializer(purpose: str) -> Serializer:
    return _serializer_with(settings().secret_key.get_secret_value(), purpose)


@lru_cache
def _serializer_with(secret: str, purpose: str) -> Serializer:
    return Serializer(secret, salt=f"tequio.{purpose}")
