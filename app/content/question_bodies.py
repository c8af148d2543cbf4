"""What stands under a question, type by type: choices, pairs, steps, numbers, gaps, each with its feedback."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

from markdown_it.token import Token

from app.content.draft import Draft, blocks_of, last_line
from app.content.expressions import FormulaError, parsed
from app.content.markdown import render, render_inline
from app.content.questions import EMPTY, GAP_PLACE, Choice, Text
from app.content.schema import decimal_of

LISTED = ("single", "multiple", "true-false", "short-text", "numeric")


@dataclass(slots=True)
class Body:
    """A question's choices with their words in one language."""

    choices: list[Choice] = field(default_factory=list)
    texts: dict[str, Text] = field(default_factory=dict)
    feedback: dict[str, Text] = field(default_factory=dict)
    rights: dict[str, Text] = field(default_factory=dict)
    body: Text = EMPTY
    cloze: Text = EMPTY


def read_body(kind: str, draft: Draft, scope: str, blocks: list[list[Token]], line: int) -> Body:
    """Read the blocks of a question other than its settings and solution."""
    body = Body()
    wanted = {"matching": "table_open", "ordering": "ordered_list_open", "open": ""}.get(kind, "bullet_list_open")
    places = [index for index, block in enumerate(blocks) if block[0].type == wanted]
    place = places[-1] if places else None
    cloze: list[Token] = []
    rest: list[Token] = []
    for index, block in enumerate(blocks):
        if index == place:
            continue
        has_gap = any(child.type == "gap" for token in block for child in token.children or [])
        (cloze if has_gap and kind == "gaps" else rest).extend(block)
    body.body = Text(render(rest, draft.page)) if rest else Text()
    found = blocks[place] if place is not None else []
    if kind == "gaps":
        _gaps(draft, scope, body, cloze, found, line=line)
    elif kind == "open":
        return body
    elif not found:
        draft.page.faults.add("choices-missing", line, kind=kind)
    elif kind == "matching":
        _matching(draft, scope, body, found)
    else:
        _items(kind, draft, scope, body, found)
    return body


def _items(kind: str, draft: Draft, scope: str, body: Body, tokens: list[Token]) -> None:
    page = draft.page
    variants: list[str] = []
    for item in blocks_of(tokens[1:-1]):
        inline, feedback, line = _item(draft, item)
        if inline is None:
            continue
        ticked = inline.meta.get("ticked")
        if kind != "ordering" and ticked is None:
            page.faults.add("choice-tick", line)
        right = kind == "ordering" or bool(ticked)
        raw = str(inline.meta.get("raw", ""))
        if kind == "short-text" and right and variants:
            variants.append(raw)
            if not inline.meta.get("id"):
                continue
        name = draft.slot("choice", inline.meta.get("id"), last_line(page, inline), scope) or f"?{len(body.choices) + 1}"
        if not feedback and not (kind == "short-text" and right and variants):
            page.faults.add("feedback-missing", line, choice=raw)
        if kind == "short-text" and right:
            if not variants:
                variants.append(raw)
                body.choices.append(Choice(name, True))
        elif kind == "numeric":
            body.choices.append(Choice(name, right, _formula(raw, draft, line)))
        else:
            body.choices.append(Choice(name, right, accepted=(raw,) if kind == "short-text" else ()))
        body.texts[name] = _words(kind, inline, body.choices[-1], draft)
        body.feedback[name] = feedback
        if kind not in ("numeric",) and not raw.strip():
            page.faults.add("choice-empty", line)
    if variants:
        body.choices = [Choice(choice.id, True, accepted=tuple(variants)) if choice.right else choice for choice in body.choices]


def _words(kind: str, inline: Token, choice: Choice, draft: Draft) -> Text:
    if kind == "numeric":
        return Text("{{= " + escape(choice.formula) + "}}")
    if kind == "short-text":
        return Text(escape(str(inline.meta.get("raw", ""))))
    return Text(render_inline([inline], draft.page))


def _item(draft: Draft, item: list[Token]) -> tuple[Token | None, Text, int]:
    page = draft.page
    line = page.line(item[0].map)
    inner = blocks_of(item[1:-1])
    inline = inner[0][1] if inner and inner[0][0].type == "paragraph_open" else None
    quotes = [token for block in inner[1:] if block[0].type == "blockquote_open" for token in block[1:-1]]
    for block in inner[1:]:
        if block[0].type != "blockquote_open":
            page.faults.add("choice-extra", page.line(block[0].map))
    if inline is None:
        page.faults.add("choice-empty", line)
    return inline, Text(render(quotes, page)) if quotes else Text(), line


def _formula(raw: str, draft: Draft, line: int) -> str:
    text = raw.strip()
    if text.startswith("="):
        try:
            parsed(text[1:].strip())
        except FormulaError:
            draft.page.faults.add("formula-form", line, formula=text[1:])
            return "0"
        return text[1:].strip()
    number = decimal_of(text.replace(",", "").replace("−", "-").replace("\\", ""))
    if number is None:
        draft.page.faults.add("choice-number", line, choice=raw)
        return "0"
    return str(number)


def _matching(draft: Draft, scope: str, body: Body, tokens: list[Token]) -> None:
    page = draft.page
    rows = [tokens[index:] for index, token in enumerate(tokens) if token.type == "tr_open"]
    pairs: list[tuple[str, str]] = []
    for number, row in enumerate(rows):
        end = next(index for index, token in enumerate(row) if token.type == "tr_close")
        cells = [token for token in row[:end] if token.type == "inline"]
        line = page.line(row[0].map)
        if number == 0 and not any(cell.meta.get("id") for cell in cells):
            continue
        if len(cells) < 2:
            page.faults.add("matching-columns", line)
            continue
        left = ""
        if cells[0].content.strip() or cells[0].meta.get("id"):
            left = draft.slot("left", cells[0].meta.get("id"), line, scope, 0) or f"?l{number}"
            body.texts[left] = Text(render_inline([cells[0]], page))
            if len(cells) < 3 or not cells[2].content.strip():
                page.faults.add("feedback-missing", line, choice=cells[0].content)
            body.feedback[left] = Text(render_inline([cells[2]], page)) if len(cells) > 2 else Text()
        if not cells[1].content.strip():
            page.faults.add("choice-empty", line)
        name = str(cells[1].meta.get("id") or "")
        right = name if name in body.rights else draft.slot("right", name, line, scope, 1) or f"?r{number}"
        words = Text(render_inline([cells[1]], page))
        if words.source and any(words == other and key != right for key, other in body.rights.items()):
            page.faults.add("matching-same", line, choice=cells[1].content)
        body.rights.setdefault(right, words)
        if left:
            pairs.append((left, right))
    body.choices = [Choice(left, pair=right) for left, right in pairs]


def _gaps(draft: Draft, scope: str, body: Body, cloze: list[Token], tokens: list[Token], *, line: int) -> None:
    page = draft.page
    for token in cloze:
        for child in token.children or []:
            if child.type != "gap":
                continue
            at = page.line(token.map)
            name = draft.slot("gap", child.meta.get("id"), at, scope) or f"?{len(body.choices) + 1}"
            child.meta["id"] = name
            accepted = tuple(part.strip() for part in child.content.split("|") if part.strip())
            if not accepted:
                page.faults.add("choice-empty", at)
            body.choices.append(Choice(name, accepted=accepted))
    if not body.choices:
        page.faults.add("choices-missing", line, kind="gaps")
    body.cloze = Text(render(cloze, page))
    for item in blocks_of(tokens[1:-1]) if tokens else []:
        inline, feedback, at = _item(draft, item)
        name = str(inline.meta.get("id") or "") if inline else ""
        if not any(choice.id == name for choice in body.choices):
            page.faults.add("gap-unknown", at, gap=name)
        elif feedback:
            body.feedback[name] = feedback
    for choice in body.choices:
        if choice.id not in body.feedback:
            page.faults.add("feedback-missing", line, choice=choice.id)
    if len(GAP_PLACE.findall(body.cloze.source)) != len(body.choices):
        page.faults.add("gap-unknown", line, gap="")
