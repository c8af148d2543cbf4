"""Questions whose numbers change: a seed gives the numbers of one attempt; the author's proof tries the whole range.

Each question draws from its own generator, seeded with "<seed>:<question id>", parameters in alphabetical order, each as
`values[int(random() * len(values))]`. Only `random()` is used: its sequence for a seed is promised by Python for ever.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from decimal import Decimal

from app.content.expressions import FormulaError, evaluate, parsed
from app.content.questions import Parameter, Question

MAXIMUM_COMBINATIONS = 20_000


def draw(question: Question, seed: int | str) -> dict[str, Decimal]:
    """The numbers of one attempt at a question, derived ones included; {} where it has none."""
    generator = random.Random(f"{seed}:{question.id}")  # noqa: S311 - exercises, not secrets
    values = {
        parameter.name: parameter.values[int(generator.random() * len(parameter.values))]
        for parameter in sorted(question.parameters, key=lambda parameter: parameter.name)
    }
    return with_derived(question, values)


def with_derived(question: Question, values: dict[str, Decimal]) -> dict[str, Decimal]:
    """`values` and everything the question derives from them; FormulaError where a formula fails."""
    result = dict(values)
    for name, formula in ordered(question.derived):
        result[name] = evaluate(formula, result)
    return result


def ordered(derived: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Derived values in an order in which each rests on earlier ones; FormulaError("circle", names) where there is none."""
    waiting = list(derived)
    done: list[tuple[str, str]] = []
    while waiting:
        names = {name for name, _ in waiting}
        ready = [entry for entry in waiting if not parsed(entry[1])[1] & names]
        if not ready:
            raise FormulaError("circle", ", ".join(sorted(names)))
        done += ready
        waiting = [entry for entry in waiting if entry not in ready]
    return done


def combinations(parameters: Sequence[Parameter], limit: int = MAXIMUM_COMBINATIONS) -> Iterator[dict[str, Decimal]]:
    """Every combination where there are at most `limit`; else all corners and `limit` random ones, the same each time."""
    names = [parameter.name for parameter in parameters]
    count = 1
    for parameter in parameters:
        count *= len(parameter.values)
    if count <= limit:
        for values in itertools.product(*(parameter.values for parameter in parameters)):
            yield dict(zip(names, values, strict=True))
        return
    corners = itertools.product(*({parameter.values[0], parameter.values[-1]} for parameter in parameters))
    for values in itertools.islice(corners, limit):
        yield dict(zip(names, values, strict=True))
    generator = random.Random("proof")  # noqa: S311 - the same sample each time
    for _ in range(limit):
        yield {p.name: p.values[int(generator.random() * len(p.values))] for p in parameters}
