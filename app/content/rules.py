"""What a quiz and an exercise are made of, apart from their questions: rules, fields, criteria."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class QuizRules:
    """How a quiz runs. `passing` in percent; `draw` None = all; `attempts` and `time_limit` 0 = no limit; times in minutes."""

    purpose: Literal["module", "pretest", "posttest", "final"] = "module"
    draw: int | None = None
    shuffle: bool = True
    passing: int = 70
    attempts: int = 0
    pause: int = 0
    time_limit: int = 0
    grade: Literal["best", "last"] = "best"
    answers: Literal["after", "passed", "never"] = "after"
    required: bool = True
    pair: str = ""


@dataclass(frozen=True, slots=True)
class FieldText:
    label: str
    hint: str = ""
    unit: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ExerciseField:
    """One answer of an exercise. `choices` are ids (type choice); `words` is how many are expected (type text)."""

    id: str
    type: Literal["line", "text", "number", "money", "percent", "date", "choice"]
    required: bool
    fills: str
    words: int
    choices: tuple[str, ...]
    texts: Mapping[str, FieldText]

    def text(self, language: str) -> FieldText:
        return self.texts.get(language) or next(iter(self.texts.values()))


@dataclass(frozen=True, slots=True)
class CriterionText:
    label: str
    levels: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of a rubric: `levels` best first, such as (4, 3, 2, 1)."""

    id: str
    levels: tuple[int, ...]
    texts: Mapping[str, CriterionText]

    def text(self, language: str) -> CriterionText:
        return self.texts.get(language) or next(iter(self.texts.values()))


@dataclass(frozen=True, slots=True)
class Acceptance:
    """When work is accepted: at least `points` in sum, and no criterion at `no_level` (0 = no such rule)."""

    points: int = 0
    no_level: int = 0
