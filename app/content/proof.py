"""Proves a question's key over the whole range of its parameters."""

from __future__ import annotations

from decimal import Decimal

from app.content.expressions import FormulaError, evaluate, parsed
from app.content.faults import Faults
from app.content.numbers import rounded
from app.content.parameters import MAXIMUM_COMBINATIONS, combinations, ordered
from app.content.questions import Question, Values

ABSURD = Decimal("1e12")


def formulas_of(question: Question) -> list[str]:
    """Every formula of a question: derived values, choices, and places in its texts."""
    found = [formula for _, formula in question.derived]
    found += [choice.formula for choice in question.choices if choice.formula]
    for text in question.texts.values():
        parts = [text.prompt, text.body, text.cloze, text.solution]
        parts += [*text.choices.values(), *text.feedback.values(), *text.rights.values()]
        found += [formula for part in parts for formula in part.formulas]
    return list(dict.fromkeys(found))


def prove(question: Question, faults: Faults) -> None:
    """Note the first combination that breaks each promise."""
    names = {parameter.name for parameter in question.parameters} | {name for name, _ in question.derived}
    formulas = formulas_of(question)
    used: set[str] = set()
    known = True
    for formula in formulas:
        try:
            used |= parsed(formula)[1]
            if parsed(formula)[1] - names:
                raise FormulaError("name", ", ".join(sorted(parsed(formula)[1] - names)))
        except FormulaError as error:
            faults.add("parameter-unknown", question.line, formula=formula, why=str(error))
            known = False
    for parameter in question.parameters:
        if parameter.name not in used:
            faults.add("parameters-unused", question.line, name=parameter.name)
        if any(parameter.name == name for name, _ in question.derived):
            faults.add("parameter-twice", question.line, name=parameter.name)
            known = False
    if not known:
        return
    try:
        derived = ordered(question.derived)
    except FormulaError as error:
        faults.add("parameter-circle", question.line, names=error.detail)
        return
    Proof(question, faults, derived, formulas, used).run()


class Proof:
    """One question tried with every combination; each complaint is noted once, with the numbers that caused it."""

    def __init__(self, question: Question, faults: Faults, derived: list[tuple[str, str]], formulas: list[str], used: set[str]) -> None:
        self.question, self.faults, self.derived = question, faults, derived
        own = {formula for _, formula in derived}
        self.others = [formula for formula in formulas if formula not in own]
        self.parameters = [parameter for parameter in question.parameters if parameter.name in used]
        self.positive = all(value >= 0 for parameter in self.parameters for value in parameter.values)
        self.limit = MAXIMUM_COMBINATIONS if len(formulas) <= 8 else MAXIMUM_COMBINATIONS // 4
        self.said: set[tuple[str, str]] = set()

    def run(self) -> None:
        for drawn in combinations(self.parameters, self.limit):
            numbers = dict(drawn)
            for name, formula in self.derived:
                numbers[name] = self._value(formula, numbers, drawn)
            for formula in self.others:
                self._value(formula, numbers, drawn)
            if self.question.type == "numeric":
                self._distinct(numbers, drawn)
            if any(code in ("proof-zero", "proof-absurd") for code, _ in self.said):
                return

    def _note(self, code: str, what: str, drawn: Values, **values: object) -> None:
        if (code, what) not in self.said:
            self.said.add((code, what))
            written = ", ".join(f"{name} = {value}" for name, value in drawn.items()) or "—"
            self.faults.add(code, self.question.line, values=written, **values)

    def _value(self, formula: str, numbers: Values, drawn: Values) -> Decimal:
        try:
            value = evaluate(formula, numbers)
        except FormulaError as error:
            self._note("proof-zero" if error.reason == "zero" else "proof-absurd", formula, drawn, formula=formula)
            return Decimal(1)
        if abs(value) > ABSURD:
            self._note("proof-absurd", formula, drawn, formula=formula)
        elif value < 0 and self.positive and not self._is_wrong_choice(formula):
            self._note("proof-negative", formula, drawn, formula=formula)
        return value

    def _is_wrong_choice(self, formula: str) -> bool:
        return any(choice.formula == formula and not choice.right for choice in self.question.choices)

    def _distinct(self, numbers: Values, drawn: Values) -> None:
        question = self.question
        right = next((choice for choice in question.choices if choice.right), None)
        if right is None:
            return
        try:
            key = evaluate(right.formula, numbers)
            exact = question.decimals is None or question.tolerance.amount or key == rounded(key, question.decimals)
            if not exact:
                self._note("proof-decimals", "", drawn, decimals=question.decimals)
            for choice in question.choices:
                if not choice.right and question.tolerance.covers(key, evaluate(choice.formula, numbers)):
                    self._note("proof-same", choice.id, drawn, choice=choice.id)
        except FormulaError:
            return  # noted already: every formula was tried above
