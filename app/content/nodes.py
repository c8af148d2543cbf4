"""YAML read as data with line numbers: no tags, no anchors, no aliases, no duplicate keys, nothing deep or huge.

PyYAML only splits the text into events here; nothing is ever constructed by it, so no document can run code or grow.
Scalars stay text: `no` is the word "no", and `2026-11` is never a date or a sum.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from app.content.faults import Faults

MAXIMUM_BYTES = 40_000
MAXIMUM_EVENTS = 6_000
MAXIMUM_DEPTH = 8


@dataclass(frozen=True, slots=True)
class Scalar:
    text: str
    line: int
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    items: tuple[Node, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Mapping:
    entries: tuple[tuple[Scalar, Node], ...]
    line: int

    def get(self, key: str) -> Node | None:
        return next((value for name, value in self.entries if name.text == key), None)


Node = Scalar | Sequence | Mapping


class _Refused(Exception):
    def __init__(self, code: str, line: int, **values: str) -> None:
        super().__init__(code)
        self.code, self.line, self.values = code, line, values


def plain(node: Node) -> object:
    """The node as nested dict, list and str; used to compare twins."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.entries}


def read_mapping(text: str, first_line: int, faults: Faults) -> Mapping | None:
    """Read a YAML mapping; `first_line` is the line of the file where `text` begins. Faults are noted, None returned."""
    try:
        if len(text) > MAXIMUM_BYTES:
            raise _Refused("yaml-too-much", first_line)
        node = _document(iter(_events(text, first_line)), first_line, faults)
    except _Refused as refused:
        faults.add(refused.code, refused.line, **refused.values)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        why = " ".join(str(part) for part in (error.problem, error.context) if part)
        faults.add("yaml", first_line + (mark.line if mark else 0), why=why)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        faults.add("yaml", first_line, why=type(error).__name__)
    else:
        if isinstance(node, Mapping):
            return node
        faults.add("yaml", first_line, why="key: value")
    return None


def _events(text: str, first_line: int) -> list[yaml.Event]:
    events: list[yaml.Event] = []
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        line = first_line + _row(event)
        forbidden = _forbidden(event)
        if forbidden:
            raise _Refused("yaml-refused", line, what=forbidden)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        events.append(event)
        if depth > MAXIMUM_DEPTH or len(events) > MAXIMUM_EVENTS:
            raise _Refused("yaml-too-much", line)
    return events


def _row(event: yaml.Event) -> int:
    return event.start_mark.line if event.start_mark else 0


def _forbidden(event: yaml.Event) -> str:
    anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
    if isinstance(event, yaml.AliasEvent):
        return f"*{anchor}"
    return f"&{anchor}" if anchor else str(tag) if tag else ""


def _document(events: Iterator[yaml.Event], first_line: int, faults: Faults) -> Node:
    documents = 0
    found: Node = Mapping((), first_line)
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _Refused("yaml-refused", first_line + _row(event), what="---")
        elif isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            found = _node(event, events, first_line, faults)
    return found


def _node(event: yaml.Event, events: Iterator[yaml.Event], first_line: int, faults: Faults) -> Node:
    line = first_line + _row(event)
    if isinstance(event, yaml.ScalarEvent):
        return Scalar(event.value, line, quoted=event.style in ("'", '"', "|", ">"))
    if isinstance(event, yaml.SequenceStartEvent):
        items = []
        for inner in events:
            if isinstance(inner, yaml.SequenceEndEvent):
                break
            items.append(_node(inner, events, first_line, faults))
        return Sequence(tuple(items), line)
    entries: dict[str, tuple[Scalar, Node]] = {}
    for inner in events:
        if isinstance(inner, yaml.MappingEndEvent):
            break
        key = _node(inner, events, first_line, faults)
        value = _node(next(events), events, first_line, faults)
        if not isinstance(key, Scalar):
            faults.add("yaml-refused", key.line, what="? key")
        elif key.text in entries:
            faults.add("key-twice", key.line, key=key.text)
        else:
            entries[key.text] = (key, value)
    return Mapping(tuple(entries.values()), line)
