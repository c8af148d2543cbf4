"""Identifiers that cannot be guessed."""

import secrets
from uuid import UUID, uuid4

# Crockford's base 32 without letters that are read as digits: https://www.crockford.com/base32.html
READABLE = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_id() -> UUID:
    return uuid4()


def token(bytes_of_randomness: int = 32) -> str:
    """A secret for a URL or a cookie."""
    return secrets.token_urlsafe(bytes_of_randomness)


def readable_code(length: int) -> str:
    """A code that people read aloud and type: five bits of randomness a character."""
    return "".join(secrets.choice(READABLE) for _ in range(length))
