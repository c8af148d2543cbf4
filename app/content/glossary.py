"""The glossary: one for all courses, a definition list per language."""

from __future__ import annotations

from collections.abc import Mapping as Files

from markdown_it.token import Token

from app.content.faults import Faults
from app.content.markdown import render_inline
from app.content.page import Page, Site, Term
from app.content.reshape import unclosed
from app.content.schema import IDENTIFIER, Keys
from app.content.source import read_source
from app.content.syntax import parse, plain_text

LANGUAGES = ("es", "en")
Glossary = dict[str, dict[str, Term]]
_NOWHERE = Site("", {}, {}, frozenset(), lambda path: path, lambda *_: "")


def read_glossary(files: Files[str, bytes], faults: Faults) -> Glossary:
    """`glossary.<lang>.md` of a content folder -> language -> id -> Term; a folder without one has an empty glossary."""
    glossary: Glossary = {}
    for language in LANGUAGES:
        path = f"glossary.{language}.md"
        if path in files:
            glossary[language] = _read(path, language, files, faults.at(path))
    if len(glossary) == 2:
        for language, other in (("es", "en"), ("en", "es")):
            for name in glossary[language].keys() - glossary[other].keys():
                term = glossary[language][name]
                faults.at(f"glossary.{language}.md").add("glossary-twin", term.line, term=name, file=f"glossary.{other}.md")
    return glossary


def _read(path: str, language: str, files: Files[str, bytes], faults: Faults) -> dict[str, Term]:
    source = read_source(path, files, faults)
    if source is None:
        return {}
    keys = Keys(source.front, faults)
    keys.identifier()
    keys.text("title")
    keys.finish()
    page = Page(path, language, _NOWHERE, faults, source.body_line)
    tokens = parse(source.body)
    unclosed(tokens, source.body.split("\n"), page)
    terms: dict[str, Term] = {}
    for index, token in enumerate(tokens):
        if token.type == "html_block":
            faults.add("raw-html", page.line(token.map))
        if token.type == "dt_open":
            _term(tokens[index + 1], tokens[index + 2 :], page, terms)
        elif token.level == 0 and token.type in ("paragraph_open", "table_open", "bullet_list_open", "heading_open"):
            faults.add("glossary-form", page.line(token.map))
    return terms


def _term(title: Token, tokens: list[Token], page: Page, terms: dict[str, Term]) -> None:
    line = page.line(title.map)
    name = str(title.meta.get("id") or "")
    after = next((token for token in tokens if token.type in ("dt_open", "dd_open")), None)
    if after is None or after.type != "dd_open":
        page.faults.add("glossary-form", line)
        return
    start = tokens.index(after)
    end = next(index for index in range(start, len(tokens)) if tokens[index].type == "dd_close")
    inline = [token for token in tokens[start:end] if token.type == "inline"]
    if not IDENTIFIER.fullmatch(name):
        page.faults.add("id-form" if name else "id-missing", line, id=name, what="glossary")
    elif name in terms:
        page.faults.add("id-reused", line, id=name, where="")
    elif len(inline) != 1:
        page.faults.add("glossary-form", line)
    else:
        terms[name] = Term(name, plain_text(title.children or []), render_inline(inline, page), line)
