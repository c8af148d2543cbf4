"""Reads course and module files and joins their languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.content.draft import Draft, skeleton_of
from app.content.markdown import render
from app.content.reshape import unclosed
from app.content.schema import Keys
from app.content.source import read_source
from app.content.syntax import parse
from app.content.tree import Completion, Course, CourseText, Module, ModuleText, Unit

if TYPE_CHECKING:
    from app.content.reader import Reading

TOPICS = ("business", "finance", "markets", "leadership", "negotiation", "agreements")
LICENSES = ("CC BY-SA 4.0", "CC BY 4.0", "CC0 1.0")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)?")


def read_course_text(draft: Draft, reading: Reading) -> bool:
    """Read `course.<lang>.md` into the draft; False where the file cannot be read at all."""
    source = read_source(draft.path, reading.files, draft.page.faults)
    if source is None:
        return False
    keys = Keys(source.front, draft.page.faults)
    draft.id = keys.identifier()
    if keys.node.get("id") is None:
        draft.slot("course", "", 1)
    draft.aliases = keys.texts("aliases", shared=True)
    texts = {name: keys.text(name, required=True) for name in ("title", "subtitle", "summary", "audience", "takeaway", "takeaway_text")}
    outcomes = keys.texts("outcomes", required=True)
    authors = keys.texts("authors", required=True)
    reviewers = keys.texts("reviewers")
    updated = keys.text("updated", required=True, shared=True)
    if updated and not re.fullmatch(r"20\d\d-(?:0[1-9]|1[0-2])(?:-\d\d)?", updated):
        keys.wrong("updated", keys.line("updated"), "un mes como 2026-11", "a month such as 2026-11")
    sample = keys.text("sample", shared=True)
    draft.extra.update(
        topic=keys.choice("topic", TOPICS, required=True), order=keys.integer("order", 0, 0, 1000),
        hours=keys.integer("hours", 1, 1, 1000, required=True), license=keys.choice("license", LICENSES, LICENSES[0]),
        updated=updated, sample=sample, completion=_completion(draft, keys), retired=keys.texts("retired", shared=True),
    )  # fmt: skip
    if sample and tuple(sample.split("/")) not in set(reading.site.pages.values()):
        keys.faults.add("sample-unknown", keys.line("sample"), sample=sample)
    keys.finish()
    draft.shared.update(keys.shared)
    draft.shared["outcomes (n)"] = (len(outcomes), keys.line("outcomes"))
    html = _body(draft, source.body, source.body_line)
    draft.extra["text"] = CourseText(
        texts["title"], texts["subtitle"], texts["summary"], texts["audience"], outcomes, texts["takeaway"],
        texts["takeaway_text"], authors, reviewers, html,
    )  # fmt: skip
    return True


def _completion(draft: Draft, keys: Keys) -> Completion:
    node = keys.mapping("completion")
    if node is None:
        return Completion()
    inner = Keys(node, draft.page.faults, "completion.")
    completion = Completion(
        inner.choice("lessons", ("opened", "optional"), "opened"),  # type: ignore[arg-type]
        inner.choice("quizzes", ("passed", "optional"), "passed"),  # type: ignore[arg-type]
        inner.choice("exercises", ("required", "optional"), "required"),  # type: ignore[arg-type]
    )
    inner.finish()
    draft.shared.update({f"completion.{key}": value for key, value in inner.shared.items()})
    return completion


def _body(draft: Draft, body: str, first_line: int) -> str:
    draft.page.first_line = first_line
    tokens = parse(body)
    unclosed(tokens, body.split("\n"), draft.page)
    draft.skeleton = skeleton_of(tokens, draft.page)
    return render(tokens, draft.page)


def read_module_text(draft: Draft, reading: Reading) -> bool:
    """Read `module.<lang>.md` into the draft; False where the file cannot be read at all."""
    source = read_source(draft.path, reading.files, draft.page.faults)
    if source is None:
        return False
    keys = Keys(source.front, draft.page.faults)
    draft.id = keys.identifier()
    if keys.node.get("id") is None:
        draft.slot("module", "", 1)
    draft.aliases = keys.texts("aliases", shared=True)
    title = keys.text("title", required=True)
    keys.finish()
    draft.shared.update(keys.shared)
    draft.extra["text"] = ModuleText(title, _body(draft, source.body, source.body_line))
    return True


def join_module(drafts: list[Draft], slug: str, units: tuple[Unit, ...]) -> Module | None:
    """One module of its languages; None where neither file could be read."""
    texts = {draft.language: text for draft in drafts if isinstance(text := draft.extra["text"], ModuleText)}
    return Module(drafts[0].id or f"?{slug}", slug, drafts[0].aliases, texts, units) if texts else None


def join_course(drafts: list[Draft], slug: str, modules: tuple[Module, ...], reading: Reading) -> Course:
    """The whole tree."""
    base = drafts[0].extra
    texts = {draft.language: text for draft in drafts if isinstance(text := draft.extra["text"], CourseText)}
    sample = tuple(str(base["sample"]).split("/"))
    completion, retired = base["completion"], base["retired"]
    assert isinstance(completion, Completion) and isinstance(retired, tuple)
    pictures = sorted({path for group in reading.units for draft in group for path in draft.page.pictures})
    return Course(
        drafts[0].id or f"?{slug}", slug, str(base["topic"]), int(str(base["order"])), int(str(base["hours"])), str(base["license"]),
        str(base["updated"]), completion, (sample[0], sample[1]) if len(sample) == 2 else None, retired, drafts[0].aliases, texts,
        modules, tuple(pictures), reading.glossary,
    )  # fmt: skip
