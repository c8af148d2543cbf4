"""Telling somebody to wait: beside the field, and to programs in a header."""

from typing import Any

from fastapi import Request

from app.kernel.errors import N_
from app.web.forms import Form

WAIT = N_("Too many tries in a short time. Try again in %(seconds)s seconds; what you wrote is still here.")


def ask_to_wait(request: Request, form: Form[Any], field: str, seconds: float) -> int:
    """Adds the sentence to a form and the seconds to the answer that is rendered next; returns its status."""
    whole = max(1, round(seconds))
    form.reject(field, WAIT, seconds=whole)
    request.state.retry_after = whole
    return 429
