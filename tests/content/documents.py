"""The examples of the guides for authors, taken out of the documents as files of a course."""

import posixpath
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
_EXAMPLE = re.compile(r"^````\w+ (\S+)\n(.*?)^````$", re.DOTALL | re.MULTILINE)


def examples(language: str) -> dict[str, str]:
    """Path under the content folder -> text."""
    text = (ROOT / "docs" / language / "authors.md").read_text(encoding="utf-8")
    return {posixpath.normpath(f"market-stall/{path}"): body for path, body in _EXAMPLE.findall(text)}
