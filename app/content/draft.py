"""One language of one file, read but not yet joined with its twin."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

import brotli
from markdown_it.token import Token

from app.content.page import Page
from app.content.questions import Question
from app.content.schema import IDENTIFIER
from app.content.syntax import closing, plain_text
from app.content.tree import Criterion, ExerciseField, UnitText

_NUMERAL = re.compile(r"(?<![\w#])(?<!\d[.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,]*\d)|(?<![^\W\d]\d)(?<![\w#])\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for an id. `line` is where it is (to be) written; `cell` counts table cells from 0; `scope` holds it."""

    kind: str
    id: str
    line: int
    scope: str = ""
    cell: int | None = None


@dataclass(frozen=True, slots=True)
class Numeral:
    value: Decimal
    line: int
    text: str


@dataclass(slots=True)
class Draft:
    """What one file says. `shared` must be alike in twins, and so must `skeleton` and the kinds and ids of `slots`."""

    path: str
    language: str
    kind: str
    page: Page
    id: str = ""
    minutes: int = 0
    aliases: tuple[str, ...] = ()
    text: UnitText = field(default_factory=lambda: UnitText(""))
    shared: dict[str, tuple[object, int]] = field(default_factory=dict)
    skeleton: list[tuple[str, int]] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
    numerals: list[Numeral] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    fields: list[ExerciseField] = field(default_factory=list)
    criteria: list[Criterion] = field(default_factory=list)
    extra: dict[str, object] = field(default_factory=dict)

    def slot(self, kind: str, name: object, line: int, scope: str = "", cell: int | None = None) -> str:
        """Note a place for an id and return the id, "" where it is missing or malformed (with its fault)."""
        text = str(name) if isinstance(name, str) else ""
        if not text:
            self.page.faults.add("id-missing", line, what=kind)
        elif not IDENTIFIER.fullmatch(text):
            self.page.faults.add("id-form", line, id=text)
            text = ""
        if text and any(slot.kind == kind and slot.scope == scope and slot.id == text for slot in self.slots):
            self.page.faults.add("id-reused", line, id=text, where="")
        self.slots.append(Slot(kind, text, line, scope, cell))
        return text

    def note_numerals(self, text: str, line: int) -> None:
        """Gather the numbers written in a text of the front matter."""
        self.numerals += numerals_of(text, line)


def numerals_of(text: str, line: int) -> list[Numeral]:
    """Numbers written like 1,250.50 in plain text; a number glued to a letter (Q1, CO2) names something and is left out."""
    return [Numeral(Decimal(found.group().replace(",", "")), line, found.group()) for found in _NUMERAL.finditer(text)]


def numerals_in(tokens: Iterable[Token], page: Page) -> list[Numeral]:
    """Numbers in block tokens, in reading order; code, links' addresses and placeholders do not count."""
    found: list[Numeral] = []
    for token in tokens:
        if token.type != "inline" or token.meta.get("uncounted"):
            continue
        offset = 0
        for child in token.children or []:
            if child.type in ("text", "image", "gap"):
                found += numerals_of(child.content, page.line(token.map, offset))
            offset += child.type in ("softbreak", "hardbreak")
    return found


def skeleton_of(tokens: list[Token], page: Page) -> list[tuple[str, int]]:
    """The shape of a text without its words: headings, containers, tables, lists, pictures, with their lines."""
    shape: list[tuple[str, int]] = []
    for index, token in enumerate(tokens):
        line = page.line(token.map)
        if token.type == "heading_open":
            shape.append((f"{'#' * int(token.tag[1])} {_marked(tokens, index)}".strip(), line))
        elif token.type == "container_box_open":
            shape.append((f"::: {token.meta['name']}", line))
        elif token.type == "table_open":
            inside = tokens[index : closing(tokens, index)]
            rows = sum(1 for inner in inside if inner.type == "tr_open")
            cells = sum(1 for inner in inside if inner.type in ("td_open", "th_open"))
            shape.append((f"table {rows}×{cells // max(rows, 1)}", line))
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            inside = tokens[index : closing(tokens, index)]
            items = sum(1 for inner in inside if inner.type == "list_item_open" and inner.level == token.level + 1)
            shape.append((f"list {items}", line))
        elif token.type == "fence":
            shape.append(("```" + token.info.strip(), line))
        elif token.type in ("dl_open", "footnote_block_open"):
            shape.append((token.type.removesuffix("_open"), line))
        elif token.type == "inline":
            shape += [("picture", line) for child in token.children or [] if child.type == "image"]
    return shape


def _marked(tokens: list[Token], index: int) -> str:
    name = tokens[index + 1].meta.get("id")
    return f"{{#{name}}}" if name else ""


def words_in(tokens: Iterable[Token]) -> str:
    """The readable text of block tokens, blocks parted by new lines."""
    lines = (plain_text(token.children or []) for token in tokens if token.type == "inline")
    return "\n".join(line for line in lines if line.strip())


def blocks_of(tokens: list[Token]) -> list[list[Token]]:
    """Top-level blocks: each a list of tokens from its opening to its closing one."""
    blocks: list[list[Token]] = []
    index = 0
    while index < len(tokens):
        end = closing(tokens, index)
        blocks.append(tokens[index : end + 1])
        index = end + 1
    return blocks


def box_name(block: list[Token]) -> str:
    """The name of a container block, "" for any other block."""
    return str(block[0].meta["name"]) if block[0].type == "container_box_open" else ""


def last_line(page: Page, token: Token) -> int:
    """The line of the file where an inline token ends."""
    return page.first_line + (token.map[1] - 1 if token.map else 0)


def weight_of(html: str, page: Page) -> int:
    """Bytes on the wire: the HTML compressed as the server does it, and each picture once."""
    body = len(brotli.compress(html.encode(), quality=4)) if html else 0
    return body + sum(page.site.pictures[path].weight for path in page.pictures)
