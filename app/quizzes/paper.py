"""The paper of one attempt: which questions, in which order, with which numbers, under which key.

Everything follows from the attempt's seed, and everything is stored, so that a later edition changes nothing in it.
Only `random()` is used: its sequence for a seed is promised by Python for ever.
"""

import hashlib
import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, TypeVar

from app.content.parameters import draw
from app.content.questions import Question
from app.content.tree import Quiz

T = TypeVar("T")
LISTED = frozenset({"single", "multiple", "true-false", "matching", "ordering", "gaps"})


@dataclass(frozen=True)
class Item:
    """One question of a paper. `order` are choice ids as they are shown; `rights` the right cells of a matching."""

    id: str
    points: int
    key: str
    order: tuple[str, ...] = ()
    rights: tuple[str, ...] = ()
    numbers: Mapping[str, str] | None = None

    @property
    def values(self) -> dict[str, Decimal]:
        """The numbers drawn for this attempt, derived ones included."""
        return {name: Decimal(text) for name, text in (self.numbers or {}).items()}

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "Item":
        return cls(
            stored["id"], stored["points"], stored["key"], tuple(stored["order"]), tuple(stored["rights"]), stored.get("numbers") or {}
        )


def make_paper(quiz: Quiz, seed: int) -> list[dict[str, Any]]:
    """Draws the questions of an attempt; plain data, as it is stored."""
    return [asdict(_item(question, seed, quiz.rules.shuffle)) for question in _drawn(quiz, _generator(f"{seed}:questions"))]


def items_of(paper: Sequence[Mapping[str, Any]]) -> list[Item]:
    """A stored paper as items, in order."""
    return [Item.of(stored) for stored in paper]


def key_version(question: Question) -> str:
    """Names the state of a question's key: it changes when what is right changes, not when words do."""
    tolerance = [str(question.tolerance.amount), question.tolerance.percent]
    key = [
        question.type,
        [[choice.id, choice.right, choice.formula, choice.pair, list(choice.accepted)] for choice in question.choices],
        [list(pair) for pair in question.derived],
        tolerance,
        question.decimals,
        question.typos,
        question.points,
    ]
    return hashlib.sha256(json.dumps(key, ensure_ascii=False).encode()).hexdigest()[:12]


def _drawn(quiz: Quiz, generator: random.Random) -> list[Question]:
    pool = list(quiz.questions)
    count = min(quiz.rules.draw or len(pool), len(pool))
    chosen = shuffled(pool, generator)[:count]
    return chosen if quiz.rules.shuffle else [question for question in pool if question in chosen]


def _item(question: Question, seed: int, shuffle: bool) -> Item:
    generator = _generator(f"{seed}:{question.id}:order")
    order, rights = tuple(choice.id for choice in question.choices), question.rights
    if question.type == "ordering":
        order = _not_as_it_was(order, generator)
    elif shuffle and question.shuffle and question.type in ("single", "multiple", "matching"):
        order = tuple(shuffled(order, generator))
    if question.type == "matching":
        rights = tuple(shuffled(rights, generator))  # in the author's order they would give the pairs away
    numbers = {name: str(value) for name, value in draw(question, seed).items()}
    return Item(question.id, question.points, key_version(question), order if question.type in LISTED else (), rights, numbers)


def _generator(seed: str) -> random.Random:
    return random.Random(seed)  # noqa: S311 (a draw of questions, not a secret)


def shuffled(things: Sequence[T], generator: random.Random) -> list[T]:
    """A new order, by `random()` alone."""
    return [thing for _, _, thing in sorted((generator.random(), place, thing) for place, thing in enumerate(things))]


def _not_as_it_was(order: tuple[str, ...], generator: random.Random) -> tuple[str, ...]:
    mixed = tuple(shuffled(order, generator))
    return mixed if mixed != order else (*order[1:], *order[:1])
