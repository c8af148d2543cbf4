"""The verbs of the shell: `tequio --help` lists them."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import typer

from app.accounts import commands
from app.catalog.commands import content
from app.kernel.settings import settings
from app.quizzes.commands import quizzes

T = TypeVar("T")

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Tequio: courses, people, certificates, operation.")

commands.register(app)
app.add_typer(content, name="content")
app.add_typer(quizzes, name="quizzes")


@content.callback()
def join_content() -> None:
    """Courses: check them, publish them, see what is published."""
    join_features()


@quizzes.callback()
def join_quizzes() -> None:
    """Quizzes: grade anew after a key was corrected."""
    join_features()


def join_features() -> None:
    from app.main import subscribe

    subscribe()


@app.command()
def migrate(revision: str = "head") -> None:
    """Brings the database to a revision (the newest, unless another is named)."""
    from app.kernel.migrations import upgrade

    upgrade(settings().database_url, revision)
    typer.echo(f"The database is at {revision}.")


PORT = typer.Option(int(os.environ.get("PORT", "8000")), help="The port to listen on.")
WORKERS = typer.Option(0, help="How many processes serve; TEQUIO_WORKERS unless given.")


@app.command()
def start(port: int = PORT, workers: int = WORKERS) -> None:
    """Makes everything ready (database, courses, in development people to try it with) and serves the site."""
    from app import starting

    with starting.ending_cleanly(typer.echo), starting.port_taken(settings().bind, port) as listener:
        starting.prepare(settings(), typer.echo)
        starting.serve(settings(), listener, workers or settings().workers, typer.echo)


@app.command()
def serve(port: int = PORT, workers: int = WORKERS) -> None:
    """Serves the site as the database has it."""
    from app import starting

    with starting.ending_cleanly(typer.echo), starting.port_taken(settings().bind, port) as listener:
        starting.serve(settings(), listener, workers or settings().workers, typer.echo)


@app.command()
def backup(target: Path = typer.Argument(help="The ZIP file to write.")) -> None:
    """Writes everything, rows and files, into one verified ZIP; safe while the site runs."""
    from app import models  # noqa: F401  (makes every table known)
    from app.kernel.backup import back_up, verify
    from app.kernel.storage import storage

    made = _shown(lambda show: back_up(settings().database_url, storage(), target, show))
    verify(target)
    typer.echo(f"{target}: {made.rows} rows and {made.files} files saved and read back, {target.stat().st_size / 1e6:.1f} MB.")


@app.command()
def restore(source: Path = typer.Argument(help="A ZIP that `tequio backup` wrote.")) -> None:
    """Restores a backup into the empty database and storage that the settings name."""
    from app.kernel.backup import BackupFault
    from app.kernel.backup import restore as restore_backup
    from app.kernel.storage import storage

    try:
        made = _shown(lambda show: restore_backup(settings().database_url, storage(), source, show))
    except BackupFault as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(1) from fault
    typer.echo(f"{source}: {made.rows} rows and {made.files} files restored.")


def _shown(work: Callable[[Callable[[str, int], None]], T]) -> T:
    """Runs long work with its progress on one line of the terminal; Ctrl-C ends it cleanly."""

    def show(what: str, count: int) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r\033[K{what}: {count}")

    try:
        return work(show)
    except KeyboardInterrupt as interruption:
        typer.echo("\nInterrupted. Nothing was left half done.", err=True)
        raise typer.Exit(130) from interruption
    finally:
        if sys.stderr.isatty():
            sys.stderr.write("\r\033[K")


def main() -> None:
    app()
