"""What a learner must do and what counts as right, without the words: equal in a correction, changed in a revision."""

import hashlib
import json
from dataclasses import asdict
from typing import Any

from app.content.tree import Course, Exercise, Quiz, Unit

WORDS = {"texts", "line", "lesson"}


def requirements_hash(course: Course) -> str:
    """A digest of a course's ids, answer keys, rules and rubrics; titles, texts, order and addresses do not count."""
    units = sorted((_of(unit) for unit in course.units), key=lambda unit: str(unit["id"]))
    facts = {"id": course.id, "hours": course.hours, "completion": asdict(course.completion), "units": units}
    return hashlib.sha256(json.dumps(facts, sort_keys=True, default=str).encode()).hexdigest()


def _of(unit: Unit) -> dict[str, Any]:
    facts: dict[str, Any] = {"id": unit.id, "kind": unit.kind}
    if isinstance(unit, Quiz):
        facts["rules"] = asdict(unit.rules)
        facts["questions"] = [_without_words(question) for question in unit.questions]
    if isinstance(unit, Exercise):
        facts["document"] = unit.document
        facts["acceptance"] = asdict(unit.acceptance)
        facts["fields"] = [_without_words(field) for field in unit.fields]
        facts["criteria"] = [_without_words(criterion) for criterion in unit.criteria]
    return facts


def _without_words(thing: Any) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in thing.__dataclass_fields__ if name not in WORDS}
