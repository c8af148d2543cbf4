"""Tokens put in order before they are rendered: faults found, links resolved, tables, figures and headings given their form."""

from __future__ import annotations

from markdown_it.token import Token

from app.content.page import Page, slugified
from app.content.syntax import closing, plain_text

TITLED_BY_HEADING = {"example", "yours", "template"}
KNOWN_BOXES = {*TITLED_BY_HEADING, "note", "warning", "check"}
OWN_BOXES = {"solution", "fields", "rubric"}


def reshape(tokens: list[Token], page: Page) -> None:
    """Change tokens in place so that the plain renderer makes the page's markup."""
    level = 1
    for index, token in enumerate(tokens):
        line = page.line(token.map)
        if token.type == "inline":
            _inline(
                token, page, alone=index > 0 and tokens[index - 1].type == "paragraph_open" and tokens[index - 1].level == token.level - 1
            )
            if token.meta.get("figure") and index:
                tokens[index - 1].tag = tokens[index + 1].tag = "figure"
                tokens[index - 1].hidden = tokens[index + 1].hidden = False
        elif token.type == "html_block":
            page.faults.add("raw-html", line)
        elif token.type == "heading_open":
            level = _heading(tokens, index, level, page)
        elif token.type == "table_open":
            _table(tokens[index : closing(tokens, index) + 1])
        elif token.type == "container_box_open":
            _box(token, page, line)
            level = 2 if token.meta["name"] in TITLED_BY_HEADING else level
        elif token.type == "list_item_open" and index + 2 < len(tokens):
            name = tokens[index + 2].meta.get("id") if tokens[index + 2].type == "inline" else None
            if name:
                token.attrs["id"] = page.unique_id(str(name))
        elif token.type == "hr":
            token.hidden = True


def _box(token: Token, page: Page, line: int) -> None:
    name = token.meta["name"]
    if not name:
        page.faults.add("box-nameless", line)
    elif name in OWN_BOXES:
        page.faults.add("box-misplaced", line, name=name)
    elif name not in KNOWN_BOXES:
        page.faults.add("box-unknown", line, name=name)
    elif name == "check" and not token.meta["title"]:
        page.faults.add("check-question", line)


def unclosed(tokens: list[Token], lines: list[str], page: Page) -> None:
    """A container that nothing closes swallows the rest of the page: say where it began."""
    for token in tokens:
        if token.type == "container_box_open" and token.map and token.meta["name"]:
            end = token.map[1]
            if end >= len(lines) or not lines[end].lstrip(" >").startswith(":::"):
                page.faults.add("box-unclosed", page.line(token.map), name=token.meta["name"])


def _heading(tokens: list[Token], index: int, before: int, page: Page) -> int:
    token, inline = tokens[index], tokens[index + 1]
    level = int(token.tag[1])
    line = page.line(token.map)
    if level == 1:
        page.faults.add("heading-first", line)
        token.tag = tokens[index + 2].tag = "h2"
        level = 2
    elif level > before + 1:
        page.faults.add("heading-jump", line)
    wanted = str(inline.meta.get("id") or slugified(plain_text(inline.children or [])))
    token.attrs["id"] = page.unique_id(wanted)
    return level


def _table(tokens: list[Token]) -> None:
    body = total = False
    for index, token in enumerate(tokens):
        if token.type in ("th_open", "td_open"):
            first = tokens[index - 1].type == "tr_open"
            total = _cell(tokens, index, body, total and not first)
            if body and first and total:
                tokens[index - 1].attrs["class"] = "sum"
        elif token.type == "thead_open":
            end = closing(tokens, index)
            if not any(inner.content.strip() for inner in tokens[index:end] if inner.type == "inline"):
                for inner in tokens[index : end + 1]:
                    inner.type, inner.tag, inner.hidden, inner.children, inner.content = "nothing", "", True, [], ""
        elif token.type == "tbody_open":
            body = True


def _cell(tokens: list[Token], index: int, body: bool, total: bool) -> bool:
    """Give one cell its tag and classes; the answer says whether its row is a total."""
    token, inline = tokens[index], tokens[index + 1]
    empty = not inline.content.strip()
    if "right" in str(token.attrs.pop("style", "")):
        token.attrs["class"] = "r"
    if not body:
        token.attrs.update({} if empty else {"scope": "col"})
        if empty:
            _retag(tokens, index, "td")
        return False
    if tokens[index - 1].type == "tr_open" and not empty:
        _retag(tokens, index, "th")
        token.attrs["scope"] = "row"
        return _unbold(inline)
    if total:
        _unbold(inline)
    return total


def _retag(tokens: list[Token], index: int, tag: str) -> None:
    tokens[index].tag = tag
    tokens[closing(tokens, index)].tag = tag


def _unbold(inline: Token) -> bool:
    """Whether a cell is wholly bold; its strong tags are taken off, since the row's class says it."""
    children = [child for child in inline.children or [] if child.type != "text" or child.content]
    if len(children) < 2 or children[0].type != "strong_open" or closing(children, 0) != len(children) - 1:
        return False
    inline.children = children[1:-1]
    return True


def _inline(inline: Token, page: Page, alone: bool) -> None:
    children = inline.children or []
    offset = 0
    result: list[Token] = []
    gloss: str | None = None
    for child in children:
        line = page.line(inline.map, offset)
        offset += child.type in ("softbreak", "hardbreak")
        if child.type == "html_inline":
            page.faults.add("raw-html", line)
        elif child.type == "placeholder" and not page.placeholders:
            page.faults.add("placeholder-misplaced", line)
        elif child.type == "gap" and not page.gaps:
            page.faults.add("gap-misplaced", line)
        elif child.type == "image":
            _image(child, page, line, alone and children[0] is child)
        elif child.type == "link_open":
            target = str(child.attrs.get("href", ""))
            if target.startswith("glossary:"):
                gloss = _gloss(child, target[9:], page, line)
                if gloss is None:
                    child.attrs["href"] = ""
            else:
                child.attrs["href"] = page.href(target, line)
        elif child.type == "link_close" and gloss is not None:
            child.type, child.tag, child.meta = "gloss_close", "", {"html": gloss}
            gloss = None
        result.append(child)
    inline.children = result
    if children and children[0].type == "image" and alone:
        inline.children = _figure(inline, page)


def _gloss(child: Token, name: str, page: Page, line: int) -> str | None:
    term = page.terms.get(name)
    if term is None:
        page.faults.add("term-unknown", line, term=name)
        return None
    page.glosses += 1
    child.type, child.tag, child.meta = "gloss_open", "", {"id": f"term-{page.glosses}"}
    return term.html


def _image(child: Token, page: Page, line: int, alone: bool) -> None:
    if not child.content.strip():
        page.faults.add("picture-alt", line)
    if not alone:
        page.faults.add("picture-alone", line)
    picture = page.picture(str(child.attrs.get("src", "")), line)
    size = [str(child.attrs.get(key, "")) for key in ("width", "height")]
    if not all(part.isdigit() and 0 < int(part) < 5000 for part in size if len(part) < 9) or "" in size:
        page.faults.add("picture-size", line)
        child.attrs.pop("width", None)
        child.attrs.pop("height", None)
    elif (
        picture
        and picture.width
        and abs(picture.width * int(size[1]) - picture.height * int(size[0])) > 0.03 * picture.width * int(size[1])
    ):
        page.faults.add("picture-shape", line, width=picture.width, height=picture.height)
    child.attrs["src"] = page.site.media_url(picture.path) if picture else ""


def _figure(inline: Token, page: Page) -> list[Token]:
    children = inline.children or []
    inline.meta = {**inline.meta, "figure": True}
    rest = [child for child in children[1:] if child.type != "text" or child.content.strip()]
    if not rest:
        return children[:1]
    if len(rest) > 2 and rest[0].type == "softbreak" and rest[1].type == "em_open" and closing(rest, 1) == len(rest) - 1:
        opening = Token("em_open", "figcaption", 1, attrs={"class": "small"})
        return [children[0], opening, *rest[2:-1], Token("em_close", "figcaption", -1)]
    page.faults.add("picture-alone", page.line(inline.map))
    return children
