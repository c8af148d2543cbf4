"""Form fields into answers: only choices that exist, texts of a bearable length, no control characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

MAXIMUM_TEXT = 10_000
MAXIMUM_LINE = 500
Answer = dict[str, Any]
Fields = Mapping[str, Sequence[str]]
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029\x85]")


class AnswerRejected(ValueError):
    """A form that no honest page sends. `reason`: unknown-choice, too-long, malformed. `field` names the input."""

    def __init__(self, reason: str, field: str) -> None:
        super().__init__(f"{reason}: {field}")
        self.reason, self.field = reason, field


def one(fields: Fields, name: str) -> str:
    """The one value of a field, "" where it is absent; several values are malformed."""
    values = fields.get(name, ())
    if isinstance(values, str) or len(values) > 1:
        raise AnswerRejected("malformed", name)
    value = values[0] if values else ""
    if not isinstance(value, str):
        raise AnswerRejected("malformed", name)
    return value


def text(fields: Fields, name: str, maximum: int = MAXIMUM_TEXT) -> str:
    """A typed text: NFC, line ends \\n, control characters and lone surrogates gone, outer space gone."""
    value = one(fields, name)
    if len(value) > maximum:
        raise AnswerRejected("too-long", name)
    value = _LINE_ENDS.sub("\n", value)
    value = "".join(c for c in value if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs", "Cn"))
    return unicodedata.normalize("NFC", value).strip()


def known(value: str, choices: Sequence[str], name: str) -> str:
    """A chosen id, "" where nothing was chosen."""
    if value and value not in choices:
        raise AnswerRejected("unknown-choice", name)
    return value
