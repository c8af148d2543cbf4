"""Reads an exercise: instructions, template and example as text; fields and rubric as data."""

from __future__ import annotations

import re

from markdown_it.token import Token

from app.content.draft import Draft, blocks_of, box_name, last_line, weight_of, words_in
from app.content.markdown import render, render_inline, render_sentence
from app.content.nodes import Mapping, read_mapping
from app.content.schema import Keys
from app.content.syntax import plain_text
from app.content.tree import Acceptance, Criterion, CriterionText, ExerciseField, FieldText, UnitText

DOCUMENTS = ("business-plan", "partners-agreement", "financing-proposal", "governance-plan")
FIELD_TYPES = ("line", "text", "number", "money", "percent", "date", "choice")
_PLACE = re.compile(r"[a-z0-9-]{1,40}(?:/[a-z0-9-]{1,40})?")


def read_exercise(draft: Draft, keys: Keys, tokens: list[Token]) -> None:
    """Fill a draft with the exercise's fields and criteria."""
    page, body_line = draft.page, draft.page.first_line
    fills = keys.text("fills")
    draft.note_numerals(fills, keys.line("fills"))
    draft.extra["document"] = _document(keys)
    draft.extra["acceptance"] = _acceptance(draft, keys)
    page.first_line = keys.line("fills")
    fills_html = render_sentence(fills, page)
    page.first_line = body_line
    rest: list[Token] = []
    boxes: dict[str, int] = {}
    for block in blocks_of(tokens):
        name = box_name(block)
        if name in ("fields", "rubric"):
            boxes[name] = boxes.get(name, 0) + 1
            (_fields if name == "fields" else _rubric)(draft, block[4:-1], page.line(block[0].map))
        else:
            rest += block
    html = render(rest, page)
    for name, code in (("fields", "fields-missing"), ("rubric", "rubric-missing")):
        if boxes.get(name) != 1:
            page.faults.add(code, page.first_line)
    hints = "".join(field.text(page.language).hint for field in draft.fields)
    draft.text = UnitText(
        draft.text.title, html, fills=fills_html, pictures=tuple(page.pictures), weight=weight_of(html + hints, page),
        words=draft.text.words, plain=draft.text.plain,
    )  # fmt: skip


def _document(keys: Keys) -> str:
    name = keys.text("document", shared=True)
    parts = name.split("/")
    if name and (parts[0] not in DOCUMENTS or not _PLACE.fullmatch(name)):
        keys.faults.add("value-choice", keys.line("document"), key="document", value=name, choices=", ".join(DOCUMENTS))
    return name


def _acceptance(draft: Draft, keys: Keys) -> Acceptance:
    node = keys.mapping("pass")
    inner = Keys(node or Mapping((), keys.node.line), draft.page.faults, "pass.")
    acceptance = Acceptance(inner.integer("points", 0, 0, 1000), inner.integer("no_level", 0, 0, 10))
    inner.finish()
    draft.shared.update({f"pass.{key}": value for key, value in inner.shared.items()})
    return acceptance


def _fields(draft: Draft, tokens: list[Token], line: int) -> None:
    blocks = blocks_of(tokens)
    starts = [index for index, block in enumerate(blocks) if block[0].type == "heading_open"]
    if not starts:
        draft.page.faults.add("fields-missing", line)
    for block in blocks[: starts[0] if starts else 0]:
        draft.page.faults.add("field-extra", draft.page.line(block[0].map))
    for start, end in zip(starts, [*starts[1:], len(blocks)], strict=False):
        _field(draft, blocks[start], blocks[start + 1 : end])


def _field(draft: Draft, heading: list[Token], blocks: list[list[Token]]) -> None:
    page = draft.page
    line = page.line(heading[0].map)
    name = draft.slot("field", heading[1].meta.get("id"), last_line(page, heading[1])) or f"?{len(draft.fields) + 1}"
    fence = next((block[0] for block in blocks if block[0].type == "fence" and block[0].info.strip() == "field"), None)
    node = None
    if fence is None:
        page.faults.add("field-settings", line)
    else:
        node = read_mapping(fence.content, page.line(fence.map) + 1, page.faults)
    keys = Keys(node or Mapping((), line), page.faults, "field.")
    kind = keys.choice("type", FIELD_TYPES, "text", required=fence is not None)
    unit = keys.text("unit")
    required = keys.boolean("required", True)
    fills = keys.text("fills", shared=True)
    if fills and not _PLACE.fullmatch(fills):
        keys.wrong("fills", keys.line("fills"), "un lugar como annex-a/sales", "a place such as annex-a/sales")
    words = keys.integer("words", 0, 0, 5000)
    keys.finish()
    for key, value in keys.shared.items():
        draft.shared[f"{name}: {key}"] = value
    choices: dict[str, str] = {}
    hint: list[Token] = []
    for block in blocks:
        if block[0] is fence:
            continue
        if kind == "choice" and block[0].type == "bullet_list_open":
            for item in blocks_of(block[1:-1]):
                inline = next((token for token in item if token.type == "inline"), None)
                if inline is not None:
                    found = draft.slot("field choice", inline.meta.get("id"), last_line(page, inline), name)
                    choices[found or f"?{len(choices) + 1}"] = render_inline([inline], page)
        else:
            hint += block
    if kind == "choice" and len(choices) < 2:
        page.faults.add("choices-missing", line, kind=kind)
    label = plain_text(heading[1].children or [])
    text = FieldText(label, render(hint, page) if hint else "", unit, choices)
    draft.fields.append(ExerciseField(name, kind, required, fills, words, tuple(choices), {page.language: text}))  # type: ignore[arg-type]


def _rubric(draft: Draft, tokens: list[Token], line: int) -> None:
    page = draft.page
    rows = [tokens[index:] for index, token in enumerate(tokens) if token.type == "tr_open"]
    cells = [_cells(row) for row in rows]
    levels = [cell.content.strip() for cell in cells[0][1:]] if cells else []
    numbers = tuple(int(level) for level in levels if re.fullmatch(r"\d", level))
    if len(cells) < 2 or len(numbers) < 2 or len(numbers) != len(levels) or list(numbers) != sorted(set(numbers), reverse=True):
        page.faults.add("rubric-form", line)
        return
    draft.shared["rubric levels"] = (numbers, line)
    for row, found in zip(rows[1:], cells[1:], strict=True):
        at = page.line(row[0].map)
        name = draft.slot("criterion", found[0].meta.get("id"), at, cell=0) or f"?{len(draft.criteria) + 1}"
        texts = {level: render_inline([cell], page) for level, cell in zip(numbers, found[1:], strict=False)}
        if any(not words_in([cell]).strip() for cell in found) or len(found) != len(numbers) + 1:
            page.faults.add("rubric-empty", at)
        label = plain_text(found[0].children or [])
        draft.criteria.append(Criterion(name, numbers, {page.language: CriterionText(label, texts)}))


def _cells(row: list[Token]) -> list[Token]:
    end = next((index for index, token in enumerate(row) if token.type == "tr_close"), len(row))
    return [token for token in row[:end] if token.type == "inline"]
