"""The Markdown dialect: CommonMark, tables, footnotes, definition lists, containers, ids, blanks, gaps and placeholders.

Raw HTML is recognised only so that it can be refused. Parsing gives tokens; `markdown.py` turns tokens into HTML.
"""

from __future__ import annotations

import re
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

ID = re.compile(r"(?:(?<=\s)|(?<!\])(?=\{))\s*\{#([^{}\n]*)\}\s*$|^\{#([^{}\n]*)\}\s*$")
TASK = re.compile(r"^\[([ xX])\](?:\s+|$)")
_GAP = re.compile(r"\[\[([^\[\]\n]{1,200})\]\](?:\{#([^{}\n]*)\})?")
_PLACEHOLDER = re.compile(r"\{\{([^{}\n]{1,300})\}\}")
_BLANK = re.compile(r"_{3,}")
TITLED = ("summary", "heading")


@lru_cache(maxsize=1)
def dialect() -> MarkdownIt:
    """The one parser; it keeps no state between texts."""
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 20}).enable("table")
    container_plugin(parser, "box", validate=lambda *_: True)
    deflist_plugin(parser)
    footnote_plugin(parser, inline=False)
    attrs_plugin(parser, after=("image",), allowed=("width", "height"))
    parser.inline.ruler.before("emphasis", "blank", _blank)
    parser.inline.ruler.before("link", "gap", _gap)
    parser.inline.ruler.before("link", "placeholder", _placeholder)
    parser.inline.add_terminator_char("{")
    parser.core.ruler.after("block", "marks", _marks)
    parser.core.ruler.after("block", "titles", _titles)
    return parser


def parse(text: str) -> list[Token]:
    """Tokens of a text; token.meta may hold `id`, `ticked` (True, False) and `raw` (inline source without both)."""
    return dialect().parse(text, {})


def parse_inline(text: str) -> list[Token]:
    """Tokens of one line of text without blocks."""
    return dialect().parseInline(text, {})


def _blank(state: StateInline, silent: bool) -> bool:
    found = _BLANK.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        state.push("blank", "", 0)
    state.pos = found.end()
    return True


def _gap(state: StateInline, silent: bool) -> bool:
    found = _GAP.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        token = state.push("gap", "", 0)
        token.content = found.group(1)
        token.meta = {"id": found.group(2)}
    state.pos = found.end()
    return True


def _placeholder(state: StateInline, silent: bool) -> bool:
    found = _PLACEHOLDER.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        state.push("placeholder", "", 0).content = found.group(1).strip()
    state.pos = found.end()
    return True


def _marks(state: StateCore) -> None:
    """Take `[x]` and `{#id}` off the texts of headings, list items and cells, before they are read as Markdown."""
    previous: Token | None = None
    item_first = False
    for token in state.tokens:
        if token.type == "list_item_open":
            item_first = True
        if token.type == "inline" and previous is not None:
            raw = token.content
            marks: dict[str, object] = {}
            if item_first and previous.type == "paragraph_open":
                task = TASK.match(raw)
                if task:
                    marks["ticked"] = task.group(1) != " "
                    raw = raw[task.end() :]
            if previous.type in ("heading_open", "td_open", "th_open", "dt_open") or item_first:
                found = ID.search(raw)
                if found and not raw[: found.start()].endswith("]]"):
                    marks["id"] = (found.group(1) if found.group(1) is not None else found.group(2)) or ""
                    raw = raw[: found.start()].rstrip()
            marks["raw"] = raw
            marks["uncounted"] = "ticked" in marks and raw.lstrip().startswith("=")  # a formula is no number in the prose
            token.content = raw
            token.meta = {**token.meta, **marks}
            item_first = False
        previous = token


def _titles(state: StateCore) -> None:
    """Split `::: name Title` and make the title text that is read as Markdown like any other."""
    result: list[Token] = []
    for token in state.tokens:
        result.append(token)
        if token.type != "container_box_open":
            continue
        name, _, title = token.info.strip().partition(" ")
        token.meta = {"name": name, "title": title.strip()}
        inline = Token("inline", "", 0, content=title.strip(), children=[], map=token.map, level=token.level + 1)
        inline.meta = {"raw": title.strip()}
        result += [Token("title_open", "", 1, map=token.map), inline, Token("title_close", "", -1)]
    state.tokens = result


def closing(tokens: list[Token], start: int) -> int:
    """The index of the token that closes the one at `start` (itself when it opens nothing)."""
    depth = 0
    for index in range(start, len(tokens)):
        depth += tokens[index].nesting
        if depth <= 0:
            return index
    return len(tokens) - 1


def plain_text(tokens: list[Token]) -> str:
    """The words a reader sees in inline tokens, code included, pictures by their alternative text."""
    parts: list[str] = []
    for token in tokens:
        if token.type in ("text", "code_inline"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif token.type == "gap":
            parts.append("…")
        elif token.type == "image":
            parts.append(token.content)
    return "".join(parts)
