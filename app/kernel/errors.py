"""Refusals with a status and a sentence. `message` is a message id, translated where it is shown."""

from typing import Any


def N_(message: str) -> str:
    """Marks a message for translation without translating it yet."""
    return message


class Refusal(Exception):
    """The base of every expected "no". Subclasses give the HTTP status and the sentence people read."""

    status = 400
    message = N_("We could not do that.")

    def __init__(self, message: str | None = None, *, status: int | None = None, **values: Any) -> None:
        self.message = message or type(self).message
        self.status = status or type(self).status
        self.values = values
        super().__init__(self.message)


class NotFound(Refusal):
    status = 404
    message = N_("We cannot find this page")


class Forbidden(Refusal):
    status = 403
    message = N_("This form came from another site, so we did nothing.")


class Conflict(Refusal):
    status = 409
    message = N_("This changed in the meantime.")


class TooLarge(Refusal):
    status = 413
    message = N_("This is too large.")


class Unprocessable(Refusal):
    status = 422
    message = N_("Something in the form needs a look.")


class TooMany(Refusal):
    """`retry_after` is in seconds."""

    status = 429
    message = N_("Too many tries in a short time.")

    def __init__(self, retry_after: float, message: str | None = None, **values: Any) -> None:
        self.retry_after = max(1, round(retry_after))
        super().__init__(message, **values)


class SignInNeeded(Refusal):
    """The page answers visitors with the way to sign in, and keeps what they posted."""

    status = 401
    message = N_("Sign in to go on.")


class Busy(Refusal):
    """The database did not take the work in time. Nothing was saved."""

    status = 503
    message = N_("Too many people are writing at once. Nothing was saved; please send it again.")
