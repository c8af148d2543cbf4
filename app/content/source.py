"""Files as they come: bytes from a folder, text out of bytes, front matter apart from the body.

Nothing here trusts what it reads. Whatever a file holds, the answer is a fault with a line, never an exception.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping as Files
from dataclasses import dataclass
from pathlib import Path

from app.content.faults import Faults
from app.content.nodes import Mapping, read_mapping

MAXIMUM_TEXT = 1_000_000
MAXIMUM_PICTURE = 2_000_000
MAXIMUM_LINE = 20_000
MAXIMUM_FILES = 5_000
TEXT_ENDINGS = (".md", ".yaml", ".yml", ".svg")
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029\ufeff\ufffe\uffff]|[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One Markdown file. `body_line` is the number of the body's first line (lines start at 1)."""

    path: str
    front: Mapping
    body: str
    body_line: int


def read_folder(folder: Path, faults: Faults) -> dict[str, bytes]:
    """Every file under `folder` as relative POSIX path -> bytes; links that lead out and huge files are faults."""
    files: dict[str, bytes] = {}
    try:
        root = folder.resolve()
    except (OSError, RuntimeError):
        root = folder
    if not root.is_dir():
        faults.at(str(folder)).add("folder-missing", path=folder)
        return files
    for where, folders, names in os.walk(root, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in [*folders, *sorted(names)]:
            path = Path(where, name)
            relative = path.relative_to(root).as_posix()
            shown = relative.encode("utf-8", "replace").decode()
            if name in folders and not path.is_symlink():
                continue
            if name.startswith(".") or name.endswith("~"):
                continue
            if len(files) >= MAXIMUM_FILES:
                faults.at(str(folder)).add("too-many-files", limit=MAXIMUM_FILES)
                return files
            data = _bytes(path, root, faults.at(shown))
            if data is not None:
                files[shown] = data
    return files


def _bytes(path: Path, root: Path, faults: Faults) -> bytes | None:
    try:
        if path.is_symlink() and not path.resolve(strict=True).is_relative_to(root):
            faults.add("link-outside")
            return None
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # pipes and devices would wait for ever; linked folders may go in circles
            faults.add("link-outside" if path.is_symlink() else "file-unknown")
            return None
        limit = MAXIMUM_TEXT if path.name.endswith(TEXT_ENDINGS) else MAXIMUM_PICTURE
        if status.st_size > limit:
            faults.add("file-too-large", size=status.st_size // 1000, limit=limit // 1000)
            return None
        with path.open("rb") as stream:
            return stream.read(limit)
    except (OSError, RuntimeError, ValueError) as error:
        faults.add("file-unreadable", why=getattr(error, "strerror", None) or type(error).__name__)
        return None


def text_of(data: bytes, faults: Faults, longest_line: int = MAXIMUM_LINE) -> str | None:
    """The text of a file, line ends made \\n; None and a fault where it is no text."""
    if len(data) > MAXIMUM_TEXT:
        faults.add("file-too-large", size=len(data) // 1000, limit=MAXIMUM_TEXT // 1000)
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        faults.add("not-utf8", data.count(b"\n", 0, error.start) + 1)
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = _CONTROL.search(text)
    if found:
        faults.add("control-character", text.count("\n", 0, found.start()) + 1, sign=f"U+{ord(found.group()):04X}")
        return None
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > longest_line:
            faults.add("long-line", number, limit=longest_line)
            return None
    return text


def read_source(path: str, files: Files[str, bytes], faults: Faults) -> SourceFile | None:
    """One Markdown file taken apart; None (and faults) where that is impossible."""
    text = text_of(files[path], faults)
    if text is None:
        return None
    found = _FRONT.match(text)
    if found is None:
        faults.add("front-missing", 1)
        return None
    front = read_mapping(found.group(1), 2, faults)
    if front is None:
        return None
    return SourceFile(path, front, text[found.end() :], text.count("\n", 0, found.end()) + 1)
