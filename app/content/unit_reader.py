"""Reads what all units have in their front matter; the kind decides who reads the rest."""

from __future__ import annotations

from app.content.draft import Draft, numerals_in, skeleton_of, words_in
from app.content.exercise_reader import read_exercise
from app.content.lesson_reader import read_lesson
from app.content.page import Page
from app.content.quiz_reader import read_quiz
from app.content.reshape import unclosed
from app.content.schema import Keys
from app.content.source import SourceFile
from app.content.syntax import parse
from app.content.tree import UnitText

KINDS = ("lesson", "quiz", "exercise")


def read_unit(source: SourceFile, page: Page) -> Draft:
    """A unit's file as a draft; its kind decides who reads the body."""
    keys = Keys(source.front, page.faults)
    kind = keys.choice("kind", KINDS, required=True)
    draft = Draft(source.path, page.language, kind, page)
    draft.id = keys.identifier()
    if keys.node.get("id") is None:
        draft.slot("unit", "", 1)
    title = keys.text("title", required=True)
    draft.minutes = keys.integer("minutes", 1, 1, 600, required=True)
    draft.aliases = keys.texts("aliases", shared=True)
    page.first_line = source.body_line
    tokens = parse(source.body)
    unclosed(tokens, source.body.split("\n"), page)
    draft.skeleton = skeleton_of(tokens, page)
    draft.numerals = numerals_in(tokens, page)
    plain = words_in(tokens)
    draft.text = UnitText(title, plain=plain, words=len(plain.split()))
    if kind == "lesson":
        read_lesson(draft, keys, tokens)
    elif kind == "quiz":
        read_quiz(draft, keys, tokens)
    elif kind == "exercise":
        read_exercise(draft, keys, tokens)
    if kind:
        keys.finish()
    draft.shared.update(keys.shared)
    return draft
