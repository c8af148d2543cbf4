"""`make check`: every check by name, all of them even when one fails; ends with one line that says what was done."""

import subprocess
import sys
import time
from pathlib import Path

TOOLS = Path(sys.executable).parent
PYTHON = sys.executable

CHECKS: list[tuple[str, list[str]]] = [
    ("Format", [str(TOOLS / "ruff"), "format", "--check", "."]),
    ("Lint", [str(TOOLS / "ruff"), "check", "."]),
    ("Types", [str(TOOLS / "mypy")]),
    ("Imports", [str(TOOLS / "lint-imports"), "--no-cache"]),
    ("Templates", [str(TOOLS / "djlint"), "templates", "--lint", "--quiet"]),
    ("Translations", [PYTHON, "-m", "tests.support.translations"]),
    ("Migrations", [PYTHON, "-m", "tests.support.migrations"]),
    ("Container", [str(TOOLS / "hadolint"), "Dockerfile"]),
    ("Services", [PYTHON, "-m", "tests.support.services"]),
    ("Content", [PYTHON, "-m", "app", "content", "check", "content", "--reading"]),
]


def main() -> None:
    failed = []
    started = time.monotonic()
    for name, command in CHECKS:
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        print(f"{name}: {'ok' if result.returncode == 0 else 'FAILED'}", flush=True)
        if result.returncode != 0:
            failed.append(name)
            print(result.stdout + result.stderr, flush=True)
    print(f"{len(CHECKS) - len(failed)} checks passed, {len(failed)} failed in {time.monotonic() - started:.0f} s")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
