"""Reading settings key by key: each key is asked for once, what was never asked for is an unknown key."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection
from decimal import Decimal, InvalidOperation

from app.content.faults import Faults
from app.content.nodes import Mapping, Node, Scalar, Sequence

IDENTIFIER = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_UNFINISHED = re.compile(r"^(?:\.\.\.|…|TODO\b|FIXME\b|XXX\b)")


def decimal_of(text: str) -> Decimal | None:
    """A number written plainly (1250.5, -3); None for anything else, also for NaN and infinity."""
    if not re.fullmatch(r"[+-]?\d{1,15}(?:\.\d{1,10})?", text.strip(), re.ASCII):
        return None
    try:
        return Decimal(text.strip())
    except InvalidOperation:
        return None


class Keys:
    """The keys of one mapping. `shared` gathers what twins must have alike: key -> (value, line)."""

    def __init__(self, node: Mapping, faults: Faults, prefix: str = "") -> None:
        self.node, self.faults, self.prefix = node, faults, prefix
        self.asked: set[str] = set()
        self.shared: dict[str, tuple[object, int]] = {}

    def take(self, key: str, required: bool = False) -> Node | None:
        self.asked.add(key)
        node = self.node.get(key)
        if node is None and required:
            self.faults.add("key-missing", self.node.line, key=self.prefix + key)
        return node

    def wrong(self, key: str, line: int, wanted_es: str, wanted_en: str) -> None:
        self.faults.add("value-kind", line, key=self.prefix + key, wanted_es=wanted_es, wanted_en=wanted_en)

    def text(self, key: str, required: bool = False, default: str = "", shared: bool = False) -> str:
        node = self.take(key, required)
        if node is None:
            return default
        if not isinstance(node, Scalar):
            self.wrong(key, node.line, "un texto (¿lleva «: »? entonces va entre comillas)", "a text (has it ': '? then quote it)")
            return default
        if required and not node.text.strip():
            self.faults.add("key-missing", node.line, key=self.prefix + key)
        if _UNFINISHED.match(node.text):
            self.faults.add("placeholder-text", node.line, what=node.text)
        if shared:
            self.shared[key] = (node.text.strip(), node.line)
        return node.text.strip()

    def line(self, key: str) -> int:
        node = self.node.get(key)
        return node.line if node else self.node.line

    def identifier(self, key: str = "id") -> str:
        """A stable id, or "" where it is missing (left to the caller, who can mend it) or malformed."""
        node = self.take(key)
        if node is None:
            return ""
        text = node.text.strip() if isinstance(node, Scalar) else ""
        self.shared[key] = (text, node.line)
        if not IDENTIFIER.fullmatch(text):
            self.faults.add("id-form", node.line, id=text)
            return ""
        return text

    def integer(self, key: str, default: int, low: int = 0, high: int = 100_000, required: bool = False) -> int:
        node = self.take(key, required)
        if node is None:
            self.shared[key] = (default, self.node.line)
            return default
        value = default
        if isinstance(node, Scalar) and re.fullmatch(r"\d{1,9}", node.text, re.ASCII) and low <= int(node.text) <= high:
            value = int(node.text)
        else:
            self.wrong(key, node.line, f"un número entero de {low} a {high}", f"a whole number from {low} to {high}")
        self.shared[key] = (value, node.line)
        return value

    def boolean(self, key: str, default: bool) -> bool:
        node = self.take(key)
        value = default
        if node is not None:
            if isinstance(node, Scalar) and node.text in ("true", "false"):
                value = node.text == "true"
            else:
                self.wrong(key, node.line, "true o false", "true or false")
        self.shared[key] = (value, node.line if node else self.node.line)
        return value

    def choice(self, key: str, choices: Collection[str], default: str = "", required: bool = False) -> str:
        node = self.take(key, required)
        value = default
        if node is not None:
            value = node.text.strip() if isinstance(node, Scalar) else "?"
            if value not in choices:
                self.faults.add("value-choice", node.line, key=self.prefix + key, value=value, choices=", ".join(choices))
                value = default
        self.shared[key] = (value, node.line if node else self.node.line)
        return value

    def texts(self, key: str, required: bool = False, shared: bool = False) -> tuple[str, ...]:
        node = self.take(key, required)
        if node is None or (isinstance(node, Scalar) and not node.text.strip()):
            return ()
        items = node.items if isinstance(node, Sequence) else (node,)
        found = []
        for item in items:
            if isinstance(item, Scalar) and item.text.strip():
                found.append(item.text.strip())
            else:
                self.wrong(key, item.line, "una lista de textos", "a list of texts")
        if shared:
            self.shared[key] = (tuple(found), node.line)
        return tuple(found)

    def mapping(self, key: str) -> Mapping | None:
        node = self.take(key)
        if node is None or isinstance(node, Mapping):
            return node
        self.wrong(key, node.line, "claves con sus valores", "keys with their values")
        return None

    def mappings(self, key: str) -> tuple[Mapping, ...]:
        node = self.take(key)
        if node is None or (isinstance(node, Scalar) and not node.text.strip()):
            return ()
        items = node.items if isinstance(node, Sequence) else (node,)
        found = tuple(item for item in items if isinstance(item, Mapping))
        if len(found) != len(items):
            self.wrong(key, node.line, "una lista de claves con sus valores", "a list of keys with their values")
        return found

    def finish(self) -> None:
        """Call last: every key that nobody asked for is a fault, with the nearest known name."""
        for key, _ in self.node.entries:
            if key.text not in self.asked:
                near = difflib.get_close_matches(key.text, self.asked, 1)
                hint = f" ({near[0]}?)" if near else ""
                self.faults.add("key-unknown", key.line, key=self.prefix + key.text, hint=hint)
