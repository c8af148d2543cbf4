"""The numbers of a lesson: given, derived by formula, or loose; every numeral in the text must be one of them."""

from __future__ import annotations

from collections.abc import Sequence as Several
from dataclasses import dataclass
from decimal import Decimal

from app.content.draft import Draft
from app.content.expressions import FormulaError, evaluate, parsed
from app.content.faults import Faults
from app.content.nodes import Mapping, Scalar, Sequence, read_mapping
from app.content.numbers import rounded, written
from app.content.schema import NAME, Keys, decimal_of


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers a unit's texts may hold."""

    allowed: frozenset[Decimal]


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    formula: str
    value: Decimal
    line: int


def read_figures(text: str, faults: Faults) -> Figures | None:
    """Read and recompute a `.figures.yaml`; None and faults where it cannot be read."""
    node = read_mapping(text, 1, faults)
    if node is None:
        return None
    keys = Keys(node, faults)
    values = _given(keys)
    derived = _derived(keys, values)
    loose = keys.take("loose")
    keys.finish()
    allowed = set(values.values())
    for item in loose.items if isinstance(loose, Sequence) else ():
        number = decimal_of(item.text) if isinstance(item, Scalar) else None
        if number is None:
            keys.wrong("loose", item.line, "una lista de números", "a list of numbers")
        else:
            allowed.add(number)
    if loose is not None and not isinstance(loose, Sequence):
        keys.wrong("loose", loose.line, "una lista de números", "a list of numbers")
    return Figures(frozenset(abs(value) for value in allowed | set(derived.values())))


def _given(keys: Keys) -> dict[str, Decimal]:
    values: dict[str, Decimal] = {}
    node = keys.mapping("given")
    for name, value in node.entries if node else ():
        number = decimal_of(value.text) if isinstance(value, Scalar) else None
        if number is None or not NAME.fullmatch(name.text):
            keys.faults.add("figure-form", name.line, name=name.text)
        else:
            values[name.text] = number
    return values


def _derived(keys: Keys, given: dict[str, Decimal]) -> dict[str, Decimal]:
    node = keys.mapping("derived")
    exact: dict[str, Decimal] = dict(given)
    written_values: dict[str, Decimal] = {}
    waiting: list[_Entry] = []
    for key, value in node.entries if node else ():
        inner = Keys(value if isinstance(value, Mapping) else Mapping((), key.line), keys.faults, f"{key.text}.")
        formula, shown = inner.text("formula", required=True), inner.text("value", required=True)
        inner.finish()
        number = decimal_of(shown)
        if number is None or not formula or not NAME.fullmatch(key.text) or key.text in given:
            keys.faults.add("figure-form", key.line, name=key.text)
        else:
            waiting.append(_Entry(key.text, formula, number, key.line))
    while waiting:
        ready = [entry for entry in waiting if _names(entry.formula) <= exact.keys()]
        for entry in ready or waiting:
            _recompute(keys.faults, entry, exact)
            exact.setdefault(entry.name, entry.value)
            written_values[entry.name] = entry.value
        waiting = [entry for entry in waiting if entry not in ready] if ready else []
    return written_values


def _names(formula: str) -> frozenset[str]:
    try:
        return parsed(formula)[1]
    except FormulaError:
        return frozenset()


def _recompute(faults: Faults, entry: _Entry, exact: dict[str, Decimal]) -> None:
    name, formula, number, line = entry.name, entry.formula, entry.value, entry.line
    try:
        value = evaluate(formula, exact)
    except FormulaError as error:
        faults.add("figure-formula", line, name=name, formula=formula, why=str(error))
        return
    exponent = number.as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    if rounded(value, decimals) != number:
        faults.add("figure-value", line, name=name, value=number, right=written(value, decimals=max(decimals, 2)))
    exact[name] = value


def check_numerals(drafts: Several[Draft], figures: Figures | None, figures_name: str) -> None:
    """Every numeral of every twin is covered; twins hold the same set."""
    if figures is not None:
        for draft in drafts:
            for numeral in draft.numerals:
                if numeral.value not in figures.allowed:
                    draft.page.faults.add("figure-uncovered", numeral.line, number=numeral.text, file=figures_name)
    elif any(draft.numerals for draft in drafts):
        drafts[0].page.faults.add("figures-missing", 0, file=figures_name)
    if len(drafts) == 2:
        for draft, other in ((drafts[0], drafts[1]), (drafts[1], drafts[0])):
            there = {numeral.value for numeral in other.numerals}
            said: set[Decimal] = set()
            for numeral in draft.numerals:
                if numeral.value not in there and numeral.value not in said:
                    said.add(numeral.value)
                    draft.page.faults.add("twin-number", numeral.line, number=numeral.text, file=other.path)
