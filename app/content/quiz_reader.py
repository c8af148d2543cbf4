"""Reads a quiz: its settings, and under each heading a question. Types are read in `question_bodies.py`."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

from markdown_it.token import Token

from app.content.draft import Draft, blocks_of, box_name, last_line, weight_of, words_in
from app.content.markdown import render, render_inline
from app.content.nodes import Mapping, Scalar, Sequence, plain, read_mapping
from app.content.question_bodies import Body, read_body
from app.content.questions import TYPES, Parameter, Question, QuestionText, QuestionType, Text, Tolerance
from app.content.schema import NAME, Keys, decimal_of
from app.content.tree import QuizRules, UnitText

MAXIMUM_VALUES = 2_000


def read_quiz(draft: Draft, keys: Keys, tokens: list[Token]) -> None:
    """Fill a draft with the quiz's rules and questions. For search only the questions count, never the answers."""
    draft.extra["rules"] = QuizRules(
        purpose=keys.choice("purpose", ("module", "pretest", "posttest", "final"), "module"),  # type: ignore[arg-type]
        draw=keys.integer("draw", 0, 1, 200) or None,
        shuffle=keys.boolean("shuffle", True),
        passing=keys.integer("pass", 70, 0, 100),
        attempts=keys.integer("attempts", 0, 0, 100),
        pause=keys.integer("pause", 0, 0, 100_000),
        time_limit=keys.integer("time_limit", 0, 0, 1_000),
        grade=keys.choice("grade", ("best", "last"), "best"),  # type: ignore[arg-type]
        answers=keys.choice("answers", ("after", "passed", "never"), "after"),  # type: ignore[arg-type]
        required=keys.boolean("required", True),
        pair=keys.text("pair", shared=True),
    )
    blocks = blocks_of(tokens)
    starts = [index for index, block in enumerate(blocks) if block[0].type == "heading_open" and block[0].tag in ("h1", "h2")]
    first = starts[0] if starts else len(blocks)
    plain = [words_in([token for block in blocks[:first] for token in block])]
    html = [render([token for block in blocks[:first] for token in block], draft.page)]
    for start, end in zip(starts, [*starts[1:], len(blocks)], strict=False):
        question = _question(draft, blocks[start], blocks[start + 1 : end])
        draft.questions.append(question)
        html += _everything(question, draft.page.language)
        plain.append(question.text(draft.page.language).plain)
    page = draft.page
    draft.text = UnitText(
        draft.text.title, html[0], pictures=tuple(page.pictures), weight=weight_of("\n".join(html), page),
        words=draft.text.words, plain="\n".join(plain),
    )  # fmt: skip


def _everything(question: Question, language: str) -> list[str]:
    text = question.text(language)
    return [text.prompt.source, text.body.source, text.cloze.source, *(item.source for item in text.choices.values())] + [
        item.source for item in text.rights.values()
    ]


def _question(draft: Draft, heading: list[Token], blocks: list[list[Token]]) -> Question:
    page = draft.page
    line = page.line(heading[0].map)
    if heading[0].tag == "h1":
        page.faults.add("heading-first", line)
    name = draft.slot("question", heading[1].meta.get("id"), last_line(page, heading[1]))
    scope = name or f"?{len(draft.questions) + 1}"
    fence = next((block[0] for block in blocks if block[0].type == "fence" and block[0].info.strip() == "question"), None)
    node = Mapping((), line)
    if fence is None:
        page.faults.add("question-settings", line)
    else:
        node = read_mapping(fence.content, page.line(fence.map) + 1, page.faults) or node
    keys = Keys(node, page.faults, "question.")
    if fence is None:
        keys.asked.update(("type", "lesson"))
    kind = keys.choice("type", TYPES, "single", required=fence is not None)
    lesson = _lesson(draft, keys, required=fence is not None)
    points = keys.integer("points", 1, 1, 100)
    shuffle = keys.boolean("shuffle", True)
    parameters, derived = _parameters(keys), _derived(keys)
    decimals = keys.integer("decimals", 0, 0, 6) if keys.node.get("decimals") else None
    typos = keys.integer("typos", 0, 0, 3) if keys.node.get("typos") else None
    keys.asked.update(("decimals", "typos"))
    tolerance = _tolerance(keys)
    unit = keys.text("unit")
    keys.finish()
    for key, value in keys.shared.items():
        draft.shared[f"{scope}: {key}"] = value
    page.placeholders, page.gaps = bool(parameters), kind == "gaps"
    prompt = Text(render_inline(heading, page))
    plain_words = words_in(heading)
    solution, inner = Text(), []
    for block in blocks:
        if box_name(block) == "solution":
            solution = Text(render(block[4:-1], page))
            if block[0].meta["title"]:
                page.faults.add("solution-title", page.line(block[0].map))
        elif block[0] is not fence:
            inner.append(block)
    if not solution:
        page.faults.add("solution-missing", line)
    body: Body = read_body(kind, draft, scope, inner, line)
    page.placeholders = page.gaps = False
    text = QuestionText(
        prompt, body.body, body.texts, body.feedback, body.rights, body.cloze, solution, unit, plain_words,
    )  # fmt: skip
    return Question(
        scope, cast(QuestionType, kind), points, lesson, shuffle, tuple(body.choices), {page.language: text}, tuple(body.rights),
        parameters, derived, tolerance, decimals, typos, line,
    )  # fmt: skip


def _lesson(draft: Draft, keys: Keys, required: bool) -> tuple[str, str] | None:
    name = keys.text("lesson", required=required, shared=True)
    if not name:
        return None
    units = set(draft.page.site.pages.values())
    module = draft.page.site.pages.get(draft.path, ("", ""))[0]
    parts = name.split("/")
    found = (module, name) if len(parts) == 1 else (parts[0], parts[1])
    if len(parts) <= 2 and found in units:
        return found
    elsewhere = [unit for unit in units if unit[1] == name]
    if len(parts) == 1 and len(elsewhere) == 1:
        return elsewhere[0]
    keys.faults.add("lesson-unknown", keys.line("lesson"), lesson=name)
    return None


def _tolerance(keys: Keys) -> Tolerance:
    text = keys.text("tolerance", default="0", shared=True).replace(" ", "")
    amount = decimal_of(text.removesuffix("%"))
    if amount is None or amount < 0:
        keys.wrong("tolerance", keys.line("tolerance"), "un número como 0.5 o 1%", "a number such as 0.5 or 1%")
        return Tolerance()
    return Tolerance(amount, text.endswith("%"))


def _parameters(keys: Keys) -> tuple[Parameter, ...]:
    node = keys.mapping("parameters")
    if node is None:
        return ()
    keys.shared["parameters"] = (plain(node), node.line)
    found = []
    for name, value in node.entries:
        values = _values(value)
        if not NAME.fullmatch(name.text) or not values:
            keys.faults.add("parameter-form", name.line, name=name.text)
        else:
            found.append(Parameter(name.text, values))
    return tuple(found)


def _values(node: object) -> tuple[Decimal, ...]:
    if not isinstance(node, Mapping):
        return ()
    known = {key.text: value for key, value in node.entries}
    if set(known) == {"values"} and isinstance(known["values"], Sequence):
        items = [decimal_of(item.text) if isinstance(item, Scalar) else None for item in known["values"].items]
        return tuple(item for item in items if item is not None) if None not in items and len(items) <= MAXIMUM_VALUES else ()
    numbers = {key: decimal_of(value.text) if isinstance(value, Scalar) else None for key, value in known.items()}
    low, high, step = numbers.get("from"), numbers.get("to"), numbers.get("step", Decimal(1))
    if set(known) - {"from", "to", "step"} or low is None or high is None or step is None or step <= 0 or high < low:
        return ()
    count = int((high - low) / step) + 1
    return tuple(low + step * index for index in range(count)) if count <= MAXIMUM_VALUES else ()


def _derived(keys: Keys) -> tuple[tuple[str, str], ...]:
    node = keys.mapping("derived")
    if node is None:
        return ()
    keys.shared["derived"] = (plain(node), node.line)
    found = []
    for name, value in node.entries:
        if not NAME.fullmatch(name.text) or not isinstance(value, Scalar):
            keys.faults.add("parameter-form", name.line, name=name.text)
        else:
            found.append((name.text, value.text.strip()))
    return tuple(found)
