"""The registry of unit pages: quizzes and exercises say here how their kind of unit is shown."""

from collections.abc import Callable
from typing import Any

UnitPage = Callable[..., Any]

_pages: dict[str, UnitPage] = {}


def register(kind: str, page: UnitPage) -> None:
    """Says who draws units of a kind ("lesson", "quiz", "exercise").

    A page takes (request, db, viewer or None, met, unit) and returns a response; `met` is app.learning.queries.Met.
    """
    _pages[kind] = page


def page_for(kind: str) -> UnitPage:
    """The page that draws a kind. Raises KeyError for a kind nobody registered."""
    return _pages[kind]
