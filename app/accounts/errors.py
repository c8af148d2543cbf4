"""Refusals of accounts."""

from app.kernel.errors import N_, Refusal


class SecondFactorNeeded(Refusal):
    """The page shows staff the way to confirm their second factor, and keeps what they posted."""

    status = 401
    message = N_("Confirm that it is you with the code of your phone.")
