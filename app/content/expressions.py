"""Formulas of authors: + - * / ** ( ) and ceil floor round abs min max sqrt pow sum over named numbers, in Decimal.

Evaluated by simpleeval with nothing but these; exponents and sizes are bounded, so a formula can neither run code nor run away.
"""

from __future__ import annotations

import ast
import threading
from collections.abc import Callable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal, DecimalException, localcontext
from functools import lru_cache
from typing import Any

from simpleeval import InvalidExpression, SimpleEval

from app.content.numbers import rounded

Values = Mapping[str, Decimal]
LARGEST = Decimal("1e15")
MAXIMUM_LENGTH = 300
MAXIMUM_NODES = 120
_CONTEXT = Context(prec=34)
_NODES = (
    ast.Expression, ast.Constant, ast.Name, ast.Load, ast.BinOp, ast.UnaryOp, ast.Call,
    ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.USub, ast.UAdd,
)  # fmt: skip


class FormulaError(ValueError):
    """A formula that cannot be read or computed. `reason` is one of syntax, name, zero, size."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason, self.detail = reason, detail


def _power(base: Decimal, exponent: Decimal) -> Decimal:
    if abs(exponent) > 1000 or abs(base) > LARGEST:
        raise FormulaError("size")
    if base == 0 and exponent < 0:
        raise FormulaError("zero")
    if base < 0 and exponent != exponent.to_integral_value():
        raise FormulaError("size")
    return _CONTEXT.power(base, exponent) if base or exponent else Decimal(1)


def _divide(left: Decimal, right: Decimal) -> Decimal:
    if right == 0:
        raise FormulaError("zero")
    return _CONTEXT.divide(left, right)


def _settled(value: Decimal) -> Decimal:
    """1/3*3 is 0.999…: before cutting, a value a hair from a shorter one is taken as that one."""
    return rounded(value, 12) if abs(value) < LARGEST else value


def _round(value: Decimal, decimals: Decimal = Decimal(0)) -> Decimal:
    if decimals != decimals.to_integral_value() or not 0 <= decimals <= 10:
        raise FormulaError("size")
    return rounded(_settled(value), int(decimals))


def _root(value: Decimal) -> Decimal:
    if value < 0:
        raise FormulaError("size")
    return _CONTEXT.sqrt(value)


FUNCTIONS: dict[str, Callable[..., Decimal]] = {
    "ceil": lambda value: _settled(value).to_integral_value(ROUND_CEILING),
    "floor": lambda value: _settled(value).to_integral_value(ROUND_FLOOR),
    "round": _round,
    "abs": abs,
    "min": lambda *values: min(values),
    "max": lambda *values: max(values),
    "sum": lambda *values: sum(values, Decimal(0)),
    "sqrt": _root,
    "pow": _power,
}
_OPERATORS: dict[type, Callable[..., Decimal]] = {
    ast.Add: _CONTEXT.add,
    ast.Sub: _CONTEXT.subtract,
    ast.Mult: _CONTEXT.multiply,
    ast.Div: _divide,
    ast.Pow: _power,
    ast.USub: lambda a: -a,
    ast.UAdd: lambda a: a,
}


@lru_cache(maxsize=4096)
def parsed(formula: str) -> tuple[ast.Expr, frozenset[str]]:
    """The formula's tree and the names it uses; FormulaError("syntax") where it holds anything unknown."""
    if len(formula) > MAXIMUM_LENGTH or "\n" in formula or "\x00" in formula:
        raise FormulaError("syntax", formula[:60])
    try:
        tree = ast.parse(formula.strip(), mode="eval")
        nodes = list(ast.walk(tree))
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise FormulaError("syntax", formula) from error
    names: set[str] = set()
    called = {id(node.func) for node in nodes if isinstance(node, ast.Call)}
    if len(nodes) > MAXIMUM_NODES:
        raise FormulaError("size", formula)
    for node in nodes:
        if not isinstance(node, _NODES):
            raise FormulaError("syntax", formula)
        if isinstance(node, ast.Constant):
            if isinstance(node.value, bool) or not isinstance(node.value, int | float) or abs(node.value) > LARGEST:
                raise FormulaError("syntax", formula)
            written = ast.get_source_segment(formula.strip(), node) or ""
            node.value = Decimal(written.replace("_", "")) if written.isascii() and _plain(written) else Decimal(repr(node.value))  # type: ignore[assignment]
        elif isinstance(node, ast.Call):
            if not isinstance(node.func, ast.Name) or node.func.id not in FUNCTIONS or node.keywords or not node.args:
                raise FormulaError("syntax", formula)
        elif isinstance(node, ast.Name) and id(node) not in called:
            names.add(node.id)
    return ast.Expr(tree.body), frozenset(names)


def _plain(written: str) -> bool:
    return written.replace(".", "", 1).replace("_", "").isdigit()


class _Evaluator(SimpleEval):  # type: ignore[misc, unused-ignore]
    def __init__(self) -> None:
        super().__init__(operators=_OPERATORS, functions=FUNCTIONS)
        self.nodes[ast.Constant] = lambda node: node.value


_OF_THREAD = threading.local()


def _evaluator(values: Values) -> _Evaluator:
    """The thread's own evaluator: making one costs more than using it."""
    if not hasattr(_OF_THREAD, "evaluator"):
        _OF_THREAD.evaluator = _Evaluator()
    evaluator: _Evaluator = _OF_THREAD.evaluator
    evaluator.names = values
    return evaluator


def evaluate(formula: str, values: Values) -> Decimal:
    """The value of a formula; FormulaError says why there is none. The result is finite and at most 1e15 in size."""
    tree, names = parsed(formula)
    missing = names - values.keys()
    if missing:
        raise FormulaError("name", ", ".join(sorted(missing)))
    try:
        with localcontext(_CONTEXT):
            result: Any = _evaluator(values).eval(formula, previously_parsed=tree)
    except FormulaError:
        raise
    except (InvalidExpression, DecimalException, ArithmeticError, TypeError, ValueError, RecursionError) as error:
        raise FormulaError("size", str(error)[:80]) from error
    if not isinstance(result, Decimal) or not result.is_finite() or abs(result) > LARGEST:
        raise FormulaError("size", formula)
    return result
