"""`python -m app.content check`: the check without a site, its settings or its database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

shell = typer.Typer(no_args_is_help=True, add_completion=False, help="Courses: check them.")


@shell.callback()
def content() -> None:
    """Checks courses."""


@shell.command(name="check")
def check_folders(
    folders: Annotated[list[Path] | None, typer.Argument()] = None,
    fix: Annotated[bool, typer.Option(help="Write missing ids into both languages.")] = False,
    reading: Annotated[bool, typer.Option(help="Add a report on reading ease.")] = False,
    language: Annotated[str, typer.Option(help="es or en")] = "es",
) -> None:
    """Say everything that is wrong with the courses in FOLDERS (default: content)."""
    from app.content.commands import check

    raise typer.Exit(check(folders or [Path("content")], fix, language if language == "en" else "es", reading))


if __name__ == "__main__":
    shell()
