"""What has happened, told upward in the same transaction (CourseCompleted -> certificates)."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

from sqlmodel import Session

E = TypeVar("E")
Listener = Callable[[Session, Any], None]

_listeners: dict[type, list[Listener]] = defaultdict(list)


def subscribe(event: type[E], listener: Callable[[Session, E], None]) -> None:
    """Calls `listener` whenever `event` is published. Subscribing the same listener twice changes nothing."""
    if listener not in _listeners[event]:
        _listeners[event].append(listener)


def publish(db: Session, event: object) -> None:
    """Tells every listener; what they write belongs to the same transaction."""
    for listener in _listeners[type(event)]:
        listener(db, event)
