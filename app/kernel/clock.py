"""The one place that says what time it is."""

from datetime import UTC, datetime, timedelta

_shift = [timedelta()]


def now() -> datetime:
    """The current moment, aware, in UTC."""
    return datetime.now(UTC) + _shift[0]


def shift(by: timedelta) -> None:
    """Moves the clock of this process, for tests of deadlines and limits; `timedelta()` puts it right again."""
    _shift[0] = by
