"""The documents of the repository: where they are, and the table of settings in docs/operators.md.

`python -m tests.support.documents` writes the table anew.
"""

import re
import subprocess
from pathlib import Path

from pydantic import SecretStr

from app.kernel.settings import Settings

ROOT = Path(__file__).parents[2]
OPERATORS = ROOT / "docs" / "operators.md"
START, END = "<!-- settings: written by `python -m tests.support.documents` -->\n", "<!-- /settings -->"
SPECIAL_DEFAULTS = {"secret_key": "one for development, refused in production", "htmx_url": "the CDN jsDelivr, by exact version and hash"}


def documents() -> list[Path]:
    """Every Markdown document that is not course content."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "*.md"], cwd=ROOT, capture_output=True, text=True, check=True)
    found = [ROOT / name for name in listed.stdout.splitlines() if not name.startswith(("content/", "tests/fixtures/"))]
    return sorted(path for path in found if path.exists())


def settings_table() -> str:
    """A row for every setting: its name, what it is for, its default."""
    rows = ["| Name | What it is for | Default |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = field.default.get_secret_value() if isinstance(field.default, SecretStr) else str(field.default)
        shown = SPECIAL_DEFAULTS.get(name) or (f"`{default}`" if default else "empty")
        description = (field.description or "").replace("|", "\\|")
        rows.append(f"| `TEQUIO_{name.upper()}` | {description} | {shown} |")
    return "\n".join(rows) + "\n"


def with_table(text: str) -> str:
    """The document with the table as it must be. Raises ValueError when the place for it is missing."""
    before, _, rest = text.partition(START)
    _, mark, after = rest.partition(END)
    if not mark:
        raise ValueError(f"docs/operators.md must hold the lines {START.strip()} and {END}.")
    return f"{before}{START}{settings_table()}{mark}{after}"


def links(path: Path) -> list[str]:
    """Where a document's links and pictures lead, code left out."""
    text = re.sub(r"```.*?```|`[^`\n]*`", "", path.read_text(), flags=re.DOTALL)
    return [inline or bare for inline, bare in re.findall(r"\]\(([^)\s]+)\)|<(https?://[^>]+)>", text)]


if __name__ == "__main__":
    OPERATORS.write_text(with_table(OPERATORS.read_text()))
