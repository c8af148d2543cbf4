"""Writes missing ids into both twins together; where their structures differ it refuses and touches nothing."""

from __future__ import annotations

import re
from pathlib import Path

from app.content.draft import Draft, Slot
from app.content.page import slug_of, slugified
from app.content.reader import Reading
from app.content.twins import same_shape

_CELL = re.compile(r"(?<!\\)\|")


def fix_course(reading: Reading, folder: Path) -> list[str]:
    """Mend a course's files in `folder`; returns the relative paths written. Refusals are noted as faults."""
    taken = {draft.id for group in reading.units for draft in group} | {draft.id for _, group in reading.modules for draft in group}
    taken |= {slot.id for group in reading.units for draft in group for slot in draft.slots if slot.kind == "question"}
    if reading.course:
        taken |= {reading.course.id, *reading.course.retired}
    written: list[str] = []
    groups = [group for _, group in reading.modules] + reading.units + [reading.course_drafts]
    for group in groups:
        if not any(not slot.id for draft in group for slot in draft.slots):
            continue
        if not _alike(group):
            for draft in group:
                draft.page.faults.add("fix-refused")
            continue
        ids = _ids(group, reading.slug, taken)
        for draft in group:
            path = folder / draft.path
            text = path.read_bytes().decode("utf-8-sig")
            mended = _write(text, draft.slots, ids)
            if mended != text:
                path.write_bytes(mended.encode())
                written.append(draft.path)
    return written


def _alike(group: list[Draft]) -> bool:
    if len(group) < 2:
        return True
    first, second = group
    kinds = [[(slot.kind, slot.cell) for slot in draft.slots if slot.kind not in _OWN] for draft in group]
    both = all(a.id == b.id or not a.id or not b.id for a, b in zip(*(_slots(d) for d in group), strict=False))
    return first.kind == second.kind and kinds[0] == kinds[1] and both and same_shape(first, second)


_OWN = ("course", "module", "unit")


def _slots(draft: Draft) -> list[Slot]:
    return [slot for slot in draft.slots if slot.kind not in _OWN]


def _ids(group: list[Draft], course: str, taken: set[str]) -> list[str]:
    """The id of every slot but the file's own; [0] is the file's own."""
    own = next((draft.id for draft in group if draft.id), "") or _free(_file_id(group[0].path, course), taken)
    ids = [own]
    scopes: dict[str, set[str]] = {}
    english = next((draft for draft in group if draft.language == "en"), group[0])
    for place, slot in enumerate(_slots(english)):
        twins = [_slots(draft)[place] for draft in group]
        name = next((twin.id for twin in twins if twin.id), "")
        used = scopes.setdefault(f"{slot.kind}/{slot.scope}", set())
        if not name and slot.kind == "question":
            name = _free("q-" + _file_id(group[0].path, "").removeprefix("-")[:30] + f"-{place + 1}", taken)
        elif not name and slot.kind in ("field", "criterion"):
            name = _free(f"{slot.kind}-{len(used) + 1}", used)
        elif not name:
            present = {other.id for draft in group for other in draft.slots if (other.kind, other.scope) == (slot.kind, slot.scope)}
            letters = "xyzwvutsrqponm" if slot.kind == "right" else "abcdefghijklmn"
            name = next((letter for letter in letters if letter not in used | present), "") or _free(f"c{place}", used | present)
        used.add(name)
        ids.append(name)
    return ids


def _file_id(path: str, course: str) -> str:
    parts = [slug_of(part) for part in path.split("/")]
    parts = [part for part in parts if part not in ("module", "course")]
    return slugified("-".join([course, *parts]))


def _free(wanted: str, taken: set[str]) -> str:
    name, number = wanted[:40].strip("-"), 2
    while name in taken:
        name, number = f"{wanted[:36]}-{number}", number + 1
    taken.add(name)
    return name


def _write(text: str, slots: list[Slot], ids: list[str]) -> str:
    lines = text.split("\n")
    own = [slot for slot in slots if slot.kind in _OWN]
    others = [slot for slot in slots if slot.kind not in _OWN]
    for slot, name in zip(others, ids[1:], strict=True):
        if slot.id or not 0 < slot.line <= len(lines):
            continue
        line = lines[slot.line - 1].rstrip("\r")
        end = "\r" if lines[slot.line - 1].endswith("\r") else ""
        lines[slot.line - 1] = (_into_cell(line, slot.cell, name) if slot.cell is not None else _into_text(line, slot, name)) + end
    if own and lines and lines[0].strip() == "---":
        lines.insert(1, f"id: {ids[0]}" + ("\r" if lines[0].endswith("\r") else ""))
    return "\n".join(lines)


def _into_text(line: str, slot: Slot, name: str) -> str:
    if slot.kind == "gap":
        return re.sub(r"(\[\[[^\[\]]+\]\])(?!\{)", rf"\1{{#{name}}}", line, count=1)
    return f"{line.rstrip()} {{#{name}}}"


def _into_cell(line: str, cell: int, name: str) -> str:
    bars = [found.start() for found in _CELL.finditer(line)]
    if not line.lstrip().startswith("|"):
        bars.insert(0, -1)
    if cell + 1 >= len(bars):
        return f"{line.rstrip()} {{#{name}}}"
    at = bars[cell + 1]
    return f"{line[:at].rstrip()} {{#{name}}} {line[at:]}"
