"""Signed values that travel through a browser: form tokens and links."""

from typing import Any

from itsdangerous import BadSignature, URLSafeTimedSerializer

from app.kernel.settings import settings


def sign(purpose: str, value: Any) -> str:
    """A URL-safe text that only this site can have made, for one purpose."""
    return _serializer(purpose).dumps(value)


def read_signed(purpose: str, text: str, max_age: int) -> Any | None:
    """The value in `text`, or None when it was changed, made for another purpose, or is older than `max_age` seconds."""
    try:
        return _serializer(purpose).loads(text, max_age=max_age)
    except BadSignature:
        return None


def _serializer(purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings().secret_key.get_secret_value(), salt=f"tequio.{purpose}")
