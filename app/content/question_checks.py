"""What each type of question must hold: right answers, numbers of choices, nothing twice."""

from __future__ import annotations

from app.content.faults import Faults
from app.content.proof import prove
from app.content.questions import Question

COUNTS = {"single": (3, 5), "true-false": (2, 2), "multiple": (3, 8), "ordering": (3, 9), "matching": (2, 9), "numeric": (1, 9)}
_USES = {
    "tolerance": ("numeric",), "decimals": ("numeric", "gaps", "single", "multiple"), "typos": ("short-text", "gaps"),
}  # fmt: skip


def check_question(question: Question, faults: Faults) -> None:
    """Note everything wrong with one question; `faults` points at its file."""
    rights = sum(1 for choice in question.choices if choice.right)
    low, high = COUNTS.get(question.type, (0, 99))
    if question.choices and not low <= len(question.choices) <= high:
        wanted = str(low) if low == high else f"{low}–{high}"
        faults.add("choice-count", question.line, wanted=wanted, count=len(question.choices))
    if question.type in ("single", "true-false", "numeric", "multiple", "short-text") and question.choices:
        if rights == 0:
            faults.add("right-missing", question.line)
        elif rights > 1 and question.type in ("single", "true-false", "numeric"):
            faults.add("right-many", question.line, count=rights)
    for text in question.texts.values():
        seen: set[str] = set()
        for choice_id, words in text.choices.items():
            same = words.source.casefold()
            if same in seen and question.type != "numeric":
                faults.add("choice-same", question.line, choice=choice_id)
            seen.add(same)
    if question.tolerance.amount and question.type not in _USES["tolerance"]:
        faults.add("setting-idle", question.line, key="tolerance", kind=question.type)
    if question.typos is not None and question.type not in _USES["typos"]:
        faults.add("setting-idle", question.line, key="typos", kind=question.type)
    prove(question, faults)
