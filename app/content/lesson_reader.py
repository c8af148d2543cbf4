"""Reads a lesson: its sentences and facts in the front matter, its text below."""

from __future__ import annotations

import re

from markdown_it.token import Token

from app.content.draft import Draft, weight_of
from app.content.markdown import render, render_sentence
from app.content.schema import Keys
from app.content.tree import Fact, UnitText

MONTH = re.compile(r"20\d\d-(?:0[1-9]|1[0-2])")


def read_lesson(draft: Draft, keys: Keys, tokens: list[Token]) -> None:
    """Fill a draft with the lesson's words."""
    page, body_line = draft.page, draft.page.first_line
    sentences = {}
    for name in ("rule", "remember", "step"):
        text = keys.text(name, required=True)
        draft.note_numerals(text, keys.line(name))
        page.first_line = keys.line(name)
        sentences[name] = render_sentence(text, page)
    facts = _facts(draft, keys)
    page.first_line = body_line
    html = render(tokens, page)
    pictures = tuple(page.pictures)
    draft.text = UnitText(
        draft.text.title, html, sentences["rule"], sentences["remember"], sentences["step"], facts=facts, pictures=pictures,
        weight=weight_of(html, page), words=draft.text.words, plain=draft.text.plain,
    )  # fmt: skip


def _facts(draft: Draft, keys: Keys) -> tuple[Fact, ...]:
    facts = []
    for index, node in enumerate(keys.mappings("facts"), 1):
        inner = Keys(node, draft.page.faults, "facts.")
        place, office = inner.text("place", required=True), inner.text("office", required=True)
        as_of = inner.text("as_of", required=True, shared=True)
        text = inner.text("text", required=True)
        if as_of and not MONTH.fullmatch(as_of):
            inner.wrong("as_of", inner.line("as_of"), "un mes como 2026-01", "a month such as 2026-01")
        inner.finish()
        draft.shared[f"facts.{index}.as_of"] = (as_of, inner.line("as_of"))
        draft.page.first_line = inner.line("text")
        facts.append(Fact(place, as_of, office, render_sentence(text, draft.page)))
    return tuple(facts)
