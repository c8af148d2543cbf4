"""Tokens to HTML, in the markup of the lesson page; what has no place in a course is refused with a fault."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from html import escape

import nh3
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from app.content.page import Page, slugified
from app.content.reshape import reshape
from app.content.syntax import closing, dialect, parse, parse_inline, plain_text

LABELS = {
    "es": {"example": "Ejemplo resuelto", "yours": "Ahora tú", "template": "Plantilla"},
    "en": {"example": "Worked example", "yours": "Your turn", "template": "Template"},
}
SECTIONS = {"example": "work", "yours": "yours", "template": "template"}
CALLOUTS = {"note": "note", "warning": "note warn"}
CONTAINERS = {*SECTIONS, *CALLOUTS, "check"}
_TAGS = {
    "a", "b", "blockquote", "br", "caption", "code", "dd", "details", "dfn", "div", "dl", "dt", "em", "figcaption",
    "figure", "h2", "h3", "h4", "h5", "img", "input", "label", "li", "ol", "p", "pre", "section", "span", "strong",
    "summary", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {
    "*": {"id", "class"},
    "a": {"href", "hreflang"},
    "h2": {"data-k"}, "h3": {"data-k"},
    "img": {"src", "alt", "width", "height", "loading", "decoding"},
    "input": {"type"},
    "label": {"for"},
    "ol": {"start"},
    "section": {"aria-labelledby"},
    "span": {"role"},
    "th": {"scope"},
}  # fmt: skip


def sanitised(html: str) -> str:
    """The last gate: whatever a renderer made, only known tags and attributes leave. Text without a tag is safe as it is."""
    if "<" not in html:
        return html
    return nh3.clean(
        html, tags=_TAGS, attributes=_ATTRIBUTES, link_rel=None, url_schemes={"https", "mailto", "tel"},
        generic_attribute_prefixes=None, strip_comments=True,
    )  # fmt: skip


Rule = Callable[[Sequence[Token], int, Page], str]
_RULES: dict[str, Rule] = {}
_PER_CENT = re.compile(r"(?:^|(?<=\d)) %")  # a number and its sign stay on one line


def _rule(*names: str) -> Callable[[Rule], Rule]:
    """The function renders tokens of these types."""

    def register(function: Rule) -> Rule:
        _RULES.update(dict.fromkeys(names, function))
        return function

    return register


@_rule("text")
def _text(tokens: Sequence[Token], index: int, page: Page) -> str:
    return escape(_PER_CENT.sub("\N{NO-BREAK SPACE}%", tokens[index].content))


@_rule("gap")
def _gap(tokens: Sequence[Token], index: int, page: Page) -> str:
    return "{{gap " + str(tokens[index].meta.get("id") or "") + "}}"


@_rule("placeholder")
def _placeholder(tokens: Sequence[Token], index: int, page: Page) -> str:
    return "{{" + escape(tokens[index].content) + "}}"


@_rule("blank")
def _blank(tokens: Sequence[Token], index: int, page: Page) -> str:
    return '<span class="blank"></span>'


@_rule("html_block", "html_inline")
def _refused(tokens: Sequence[Token], index: int, page: Page) -> str:
    return ""


@_rule("image")
def _image(tokens: Sequence[Token], index: int, page: Page) -> str:
    attributes = tokens[index].attrs
    if not attributes.get("src"):
        return ""
    size = "".join(f' {key}="{escape(str(attributes[key]))}"' for key in ("width", "height") if key in attributes)
    alt, src = escape(tokens[index].content), escape(str(attributes["src"]))
    return f'<img src="{src}" alt="{alt}"{size} loading="lazy" decoding="async">'


@_rule("gloss_open")
def _gloss_open(tokens: Sequence[Token], index: int, page: Page) -> str:
    name = tokens[index].meta["id"]
    return f'<input type="checkbox" class="term-box" id="{name}"><label class="term" for="{name}">'


@_rule("gloss_close")
def _gloss_close(tokens: Sequence[Token], index: int, page: Page) -> str:
    return f'</label><span class="gloss" role="note">{tokens[index].meta["html"]}</span>'


@_rule("footnote_block_open")
def _footnotes_open(tokens: Sequence[Token], index: int, page: Page) -> str:
    return '<section class="footnotes small"><ol>\n'


@_rule("footnote_block_close")
def _footnotes_close(tokens: Sequence[Token], index: int, page: Page) -> str:
    return "</ol></section>\n"


@_rule("container_box_open")
def _box_open(tokens: Sequence[Token], index: int, page: Page) -> str:
    token = tokens[index]
    name = token.meta["name"]
    if name == "check":
        return "<details>"
    if name in CALLOUTS:
        return f'<div class="{CALLOUTS[name]}">'
    if name in SECTIONS:
        token.meta["ref"] = page.unique_id(slugified(token.meta["title"] or LABELS[page.language][name]))
        return f'<section class="{SECTIONS[name]}" aria-labelledby="{token.meta["ref"]}">'
    return "<div>"


@_rule("container_box_close")
def _box_close(tokens: Sequence[Token], index: int, page: Page) -> str:
    name = _opener(tokens, index).meta["name"]
    return "</details>\n" if name == "check" else "</section>\n" if name in SECTIONS else "</div>\n"


@_rule("title_open")
def _title_open(tokens: Sequence[Token], index: int, page: Page) -> str:
    box = tokens[index - 1]
    name, title = box.meta["name"], box.meta["title"]
    if name == "check":
        return "<summary>"
    if name in CALLOUTS:
        return "<p><strong>" if title else ""
    label = LABELS[page.language].get(name, "")
    kind = f' data-k="{label}"' if name == "example" and title else ""
    return f'<h2 id="{box.meta.get("ref", "")}"{kind}>' + ("" if title else label)


@_rule("title_close")
def _title_close(tokens: Sequence[Token], index: int, page: Page) -> str:
    box = tokens[index - 3]
    name, title = box.meta["name"], box.meta["title"]
    if name == "check":
        return "</summary>"
    if name in CALLOUTS:
        return "</strong></p>\n" if title else ""
    return "</h2>\n"


def _opener(tokens: Sequence[Token], index: int) -> Token:
    depth = 0
    for place in range(index, -1, -1):
        depth -= tokens[place].nesting
        if depth == 0:
            return tokens[place]
    return tokens[index]


@lru_cache(maxsize=1)
def _renderer() -> RendererHTML:
    for name, rule in _RULES.items():
        dialect().add_render_rule(name, _bound(rule))
    renderer = dialect().renderer
    assert isinstance(renderer, RendererHTML)
    return renderer


def _bound(rule: Rule) -> Callable[..., str]:
    """A rule in the shape markdown-it calls."""

    def render_token(_: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, env: EnvType) -> str:
        return rule(tokens, index, env["page"])

    return render_token


def render(tokens: list[Token], page: Page) -> str:
    """Block tokens to sanitised HTML. The tokens are changed on the way: render a range once."""
    reshape(tokens, page)
    return sanitised(_renderer().render(tokens, dialect().options, {"page": page})).strip()


def render_inline(tokens: list[Token], page: Page) -> str:
    """Inline text (a heading's, a choice's) to sanitised HTML without a paragraph around it."""
    html = []
    for token in tokens:
        if token.type == "inline":
            reshape([token], page)
            html.append(_renderer().renderInline(token.children or [], dialect().options, {"page": page}))
    return sanitised("".join(html)).strip()


def render_sentence(text: str, page: Page) -> str:
    """One sentence from the front matter, read as inline Markdown."""
    return render_inline(parse_inline(text), page)


def render_text(text: str, page: Page) -> str:
    """A whole small text (a course's body)."""
    return render(parse(text), page)


__all__ = [
    "CONTAINERS", "closing", "parse", "parse_inline", "plain_text", "render", "render_inline", "render_sentence",
    "render_text", "sanitised", "slugified",
]  # fmt: skip
