"""Two languages of one unit compared and joined: structure once, words per language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.content.draft import Draft
from app.content.questions import Choice, Question
from app.content.tree import Acceptance, Criterion, Exercise, ExerciseField, Lesson, Quiz, QuizRules, Unit


def compare(first: Draft, second: Draft) -> None:
    """Note on `second` where it differs from `first` in structure, settings or ids."""
    faults = second.page.faults
    for key in sorted(first.shared.keys() | second.shared.keys()):
        here, there = second.shared.get(key), first.shared.get(key)
        if (here[0] if here else None) != (there[0] if there else None):
            line = here[1] if here else 1
            faults.add("twin-setting", line, key=key, here=_said(here), there=_said(there), file=first.path)
    if not same_shape(first, second):
        for (mine, line), (other, _) in zip([*second.skeleton, ("fin / end", 0)], [*first.skeleton, ("fin / end", 0)], strict=False):
            if _bare(mine) != _bare(other):
                faults.add("twin-structure", line, here=mine, there=other, file=first.path)
                return
    for own, twin in zip(second.slots, first.slots, strict=False):
        if (own.kind, own.cell) != (twin.kind, twin.cell):
            faults.add("twin-structure", own.line, here=own.kind, there=twin.kind, file=first.path)
            return
        if own.id != twin.id and own.id and twin.id:
            faults.add("twin-id", own.line, here=own.id, there=twin.id, file=first.path)
    if len(first.slots) != len(second.slots):
        faults.add("twin-structure", 0, here=f"{len(second.slots)} ids", there=f"{len(first.slots)} ids", file=first.path)
    for mine_q, other_q in zip(second.questions, first.questions, strict=False):
        if mine_q.id == other_q.id and _key(mine_q) != _key(other_q):
            faults.add("twin-right", mine_q.line, file=first.path)


def same_shape(first: Draft, second: Draft) -> bool:
    """Whether two files have the same headings, containers, tables, lists and pictures (ids apart)."""
    shapes = [[_bare(label) for label, _ in draft.skeleton] for draft in (first, second)]
    return shapes[0] == shapes[1]


def _bare(label: str) -> str:
    """A shape without ids; the number of spellings of a short answer may differ between languages."""
    return "list" if label.startswith("list") else label.split("{", maxsplit=1)[0].strip()


def _said(value: tuple[object, int] | None) -> str:
    return "—" if value is None else str(value[0])


def _key(question: Question) -> tuple[object, ...]:
    """What makes an answer right, the languages' own spellings left out."""
    choices = tuple((choice.id, choice.right, choice.formula, choice.pair) for choice in question.choices)
    return question.type, choices


def join(drafts: Sequence[Draft], module: str, slug: str) -> Unit | None:
    """One unit of one or two drafts of the same kind; the first one's structure counts."""
    base = drafts[0]
    same = [draft for draft in drafts if draft.kind == base.kind]
    name = base.id or next((draft.id for draft in same if draft.id), "") or f"?{module}/{slug}"
    texts = {draft.language: draft.text for draft in same}
    if base.kind == "lesson":
        return Lesson(name, slug, module, base.minutes, base.aliases, texts)
    if base.kind == "quiz":
        rules = base.extra["rules"]
        assert isinstance(rules, QuizRules)
        questions = tuple(_question(item, [draft.questions for draft in same[1:]]) for item in base.questions)
        return Quiz(name, slug, module, base.minutes, base.aliases, texts, rules, questions)
    if base.kind == "exercise":
        acceptance = base.extra["acceptance"]
        assert isinstance(acceptance, Acceptance)
        fields = tuple(_field(item, [draft.fields for draft in same[1:]]) for item in base.fields)
        criteria = tuple(_criterion(item, [draft.criteria for draft in same[1:]]) for item in base.criteria)
        return Exercise(
            name, slug, module, base.minutes, base.aliases, texts, str(base.extra["document"]), acceptance, fields, criteria,
        )  # fmt: skip
    return None


def _question(question: Question, others: Sequence[Sequence[Question]]) -> Question:
    for questions in others:
        twin = next((other for other in questions if other.id == question.id and other.type == question.type), None)
        if twin is not None:
            choices = tuple(_choice(choice, twin) for choice in question.choices)
            question = replace(question, texts={**question.texts, **twin.texts}, choices=choices)
    return question


def _choice(choice: Choice, twin: Question) -> Choice:
    other = twin.choice(choice.id)
    if other is None or not other.accepted:
        return choice
    return replace(choice, accepted=tuple(dict.fromkeys(choice.accepted + other.accepted)))


def _field(field: ExerciseField, others: Sequence[Sequence[ExerciseField]]) -> ExerciseField:
    twins = (other for fields in others for other in fields if other.id == field.id)
    for twin in twins:
        field = replace(field, texts={**field.texts, **twin.texts})
    return field


def _criterion(criterion: Criterion, others: Sequence[Sequence[Criterion]]) -> Criterion:
    twins = (other for criteria in others for other in criteria if other.id == criterion.id)
    for twin in twins:
        criterion = replace(criterion, texts={**criterion.texts, **twin.texts})
    return criterion
