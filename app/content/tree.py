"""A course as a frozen tree: plain values only, safe to share between threads and to pickle.

HTML is finished and sanitised. `text(language)` answers in the language asked for, or in the one that exists.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from app.content.page import Term
from app.content.questions import Question
from app.content.rules import Acceptance, Criterion, CriterionText, ExerciseField, FieldText, QuizRules

__all__ = [
    "Acceptance", "Completion", "Course", "CourseText", "Criterion", "CriterionText", "Exercise", "ExerciseField", "Fact", "FieldText",
    "Kind", "Lesson", "Module", "ModuleText", "Quiz", "QuizRules", "Unit", "UnitText",
]  # fmt: skip

Kind = Literal["lesson", "quiz", "exercise"]


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement that grows old: where, as of which month (2026-01), which office says so. `text` is inline HTML."""

    place: str
    as_of: str
    office: str
    text: str


@dataclass(frozen=True, slots=True)
class UnitText:
    """A unit's words in one language. `weight` is bytes on the wire: compressed HTML and its pictures."""

    title: str
    html: str = ""
    rule: str = ""
    remember: str = ""
    step: str = ""
    fills: str = ""
    facts: tuple[Fact, ...] = ()
    pictures: tuple[str, ...] = ()
    weight: int = 0
    words: int = 0
    plain: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """What all kinds share. `aliases` are old slugs that lead here (own module) or `module/unit`."""

    id: str
    slug: str
    module: str
    minutes: int
    aliases: tuple[str, ...]
    texts: Mapping[str, UnitText]

    @property
    def kind(self) -> Kind:
        raise NotImplementedError

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self.texts)

    def text(self, language: str) -> UnitText:
        return self.texts.get(language) or next(iter(self.texts.values()))

    def title(self, language: str) -> str:
        """Plain text, not HTML."""
        return self.text(language).title

    def html(self, language: str) -> str:
        return self.text(language).html

    def weight(self, language: str) -> int:
        return self.text(language).weight

    def facts(self, language: str) -> tuple[Fact, ...]:
        return self.text(language).facts


@dataclass(frozen=True, slots=True)
class Lesson(Unit):
    """Text to read. `text(language)` has rule, remember and step as inline HTML."""

    @property
    def kind(self) -> Kind:
        return "lesson"


@dataclass(frozen=True, slots=True)
class Quiz(Unit):
    """Questions and how they are asked; `html` is the introduction."""

    rules: QuizRules = field(default_factory=QuizRules)
    questions: tuple[Question, ...] = ()

    @property
    def kind(self) -> Kind:
        return "quiz"

    def question(self, question_id: str) -> Question | None:
        return next((question for question in self.questions if question.id == question_id), None)


@dataclass(frozen=True, slots=True)
class Exercise(Unit):
    """Work to hand in; `html` is instructions, template and example; fields and criteria are data."""

    document: str = ""
    acceptance: Acceptance = field(default_factory=Acceptance)
    fields: tuple[ExerciseField, ...] = ()
    criteria: tuple[Criterion, ...] = ()

    @property
    def kind(self) -> Kind:
        return "exercise"


@dataclass(frozen=True, slots=True)
class ModuleText:
    title: str
    html: str = ""


@dataclass(frozen=True, slots=True)
class Module:
    id: str
    slug: str
    aliases: tuple[str, ...]
    texts: Mapping[str, ModuleText]
    units: tuple[Unit, ...]

    def text(self, language: str) -> ModuleText:
        return self.texts.get(language) or next(iter(self.texts.values()))

    def title(self, language: str) -> str:
        return self.text(language).title

    @property
    def minutes(self) -> int:
        return sum(unit.minutes for unit in self.units)


@dataclass(frozen=True, slots=True)
class CourseText:
    """A course's words in one language: plain text, except `html` (its body)."""

    title: str
    subtitle: str
    summary: str
    audience: str
    outcomes: tuple[str, ...]
    takeaway: str
    takeaway_text: str
    authors: tuple[str, ...]
    reviewers: tuple[str, ...]
    html: str


@dataclass(frozen=True, slots=True)
class Completion:
    lessons: Literal["opened", "optional"] = "opened"
    quizzes: Literal["passed", "optional"] = "passed"
    exercises: Literal["required", "optional"] = "required"


@dataclass(frozen=True, slots=True)
class Course:
    """`sample` is (module slug, unit slug) or None; `hours` of honest study; `updated` a month such as 2026-11."""

    id: str
    slug: str
    topic: str
    order: int
    hours: int
    license: str
    updated: str
    completion: Completion
    sample: tuple[str, str] | None
    retired: tuple[str, ...]
    aliases: tuple[str, ...]
    texts: Mapping[str, CourseText]
    modules: tuple[Module, ...]
    pictures: tuple[str, ...] = ()
    terms: Mapping[str, Mapping[str, Term]] = field(default_factory=dict)

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self.texts)

    @property
    def minutes(self) -> int:
        return sum(module.minutes for module in self.modules)

    def text(self, language: str) -> CourseText:
        return self.texts.get(language) or next(iter(self.texts.values()))

    def title(self, language: str) -> str:
        return self.text(language).title

    def weight(self, language: str) -> int:
        """Bytes of all units together."""
        return sum(unit.weight(language) for unit in self.units)

    @property
    def units(self) -> tuple[Unit, ...]:
        return tuple(unit for _, unit in self.outline)

    @property
    def outline(self) -> tuple[tuple[Module, Unit], ...]:
        """Every unit in reading order with its module."""
        return tuple(self._outline())

    def _outline(self) -> Iterator[tuple[Module, Unit]]:
        for module in self.modules:
            for unit in module.units:
                yield module, unit

    def module(self, slug: str) -> Module | None:
        return next((module for module in self.modules if module.slug == slug or slug in module.aliases), None)

    def unit(self, module_slug: str, unit_slug: str) -> Unit | None:
        """The unit at an address, old addresses included (compare its slugs to know whether to redirect)."""
        for module, unit in self._outline():
            if unit.slug == unit_slug and module_slug in (module.slug, *module.aliases):
                return unit
        for module, unit in self._outline():
            if f"{module_slug}/{unit_slug}" in unit.aliases:
                return unit
            if unit_slug in unit.aliases and module_slug in (module.slug, *module.aliases):
                return unit
        return None

    def unit_by_id(self, unit_id: str) -> Unit | None:
        return next((unit for unit in self.units if unit.id == unit_id), None)

    def neighbours(self, unit: Unit) -> tuple[Unit | None, Unit | None]:
        """The units before and after one, across modules."""
        units = self.units
        place = next((index for index, other in enumerate(units) if other.id == unit.id), 0)
        return (units[place - 1] if place else None, units[place + 1] if place + 1 < len(units) else None)
