"""Every message of templates and code has its Spanish, with the same placeholders, and no Spanish is left over."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from app.kernel.i18n import LOCALE_FOLDER

ROOT = Path(__file__).parents[2]
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2), "translate_plural": (1, 2)}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
Message = str | tuple[str, ...]


def used() -> Iterator[tuple[str, Message]]:
    """(place, message id) of every message in the program."""
    options = {
        "extensions": "jinja2.ext.i18n,jinja2.ext.do",
        "trim_blocks": "true",
        "lstrip_blocks": "true",
        "silent": "false",
        "newstyle_gettext": "true",
    }
    for folder, method in (("templates", [("**.html", "jinja2"), ("**.txt", "jinja2")]), ("app", [("**.py", "python")])):
        kinds = {method_[0]: options for method_ in method} if folder == "templates" else None
        for name, line, message, _comments, _context in extract_from_dir(ROOT / folder, method, kinds, keywords=KEYWORDS):
            yield f"{folder}/{name}:{line}", message


def main() -> None:
    faults = []
    known: dict[str, tuple[Path, tuple[str, ...]]] = {}
    for path in sorted((LOCALE_FOLDER / "es").glob("*.po")):
        with path.open("rb") as file:
            for entry in read_po(file, locale="es"):
                if not entry.id:
                    continue
                ids = (entry.id,) if isinstance(entry.id, str) else tuple(entry.id)
                strings = (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ())
                if not all(strings) or entry.fuzzy:
                    faults.append(f"{path.name}:{entry.lineno}: no Spanish yet for {ids[0]!r}")
                for one, text in zip(ids, strings, strict=False):
                    if set(PLACEHOLDER.findall(one)) != set(PLACEHOLDER.findall(text)) and len(ids) == 1:
                        faults.append(f"{path.name}:{entry.lineno}: the placeholders differ in {one!r}")
                known[ids[0]] = (path, ids)
    seen = set()
    for place, message in used():
        first = message if isinstance(message, str) else message[0]
        seen.add(first)
        if first and first not in known:
            faults.append(f"{place}: no Spanish for {first!r}; add it to app/locale/es/<feature>.po")
    faults += [f"{path.name}: nothing uses {first!r} any more" for first, (path, _) in known.items() if first not in seen]
    print("\n".join(sorted(set(faults))) or f"{len(seen)} messages, all translated")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
