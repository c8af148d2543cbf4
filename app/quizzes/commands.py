"""The verb `tequio quizzes regrade`."""

import sys
from functools import partial
from typing import Annotated

import typer

from app.kernel.database import Unit
from app.kernel.settings import settings
from app.quizzes.regrading import BATCH, Change, NoCourse, apply, attempts_at, changes, quizzes_to_regrade

quizzes = typer.Typer(no_args_is_help=True, help="Quizzes: grade anew after a key was corrected.")


@quizzes.command()
def regrade(
    course: Annotated[str, typer.Argument(help="The course, by its slug.")],
    quiz: Annotated[str, typer.Argument(help="Only this quiz, by its slug or id.")] = "",
    apply_it: Annotated[bool, typer.Option("--apply", help="Write the new results; without it they are only shown.")] = False,
    allow_lower: Annotated[bool, typer.Option(help="Write results that are lower than before, too.")] = False,
) -> None:
    """Grades what was handed in against the newest key: says who changes and by how much; writes it with --apply."""
    unit = Unit(settings().database_url)
    try:
        found, looked_at = regrade_course(unit, course, quiz, apply_it=apply_it, allow_lower=allow_lower)
    except NoCourse as error:
        typer.echo(f"There is no quiz to grade here: {error}. See: tequio content status", err=True)
        raise typer.Exit(2) from error
    finally:
        unit.close()
    kept = sum(change.is_lower for change in found) if not allow_lower else 0
    lowered = f" {kept} would be lower and stay as they are (--allow-lower lowers them)." if kept else ""
    verb = "changed" if apply_it else "would change"
    typer.echo(f"{looked_at} attempts graded anew, {len(found) - kept} {verb}.{lowered}")


def regrade_course(
    unit: Unit, course: str, quiz: str = "", *, apply_it: bool = False, allow_lower: bool = False
) -> tuple[list[Change], int]:
    """Grades a course's quizzes anew, a batch a transaction. Returns every change there is, and how many attempts were looked at."""
    found: list[Change] = []
    looked_at = 0
    for one in unit.read_now(lambda db: quizzes_to_regrade(db, course, quiz)):
        ids = unit.read_now(partial(attempts_at, course_slug=course, unit_id=one.id))
        for start in range(0, len(ids), BATCH):
            batch = ids[start : start + BATCH]
            news = unit.read_now(partial(changes, quiz=one, attempt_ids=batch))
            for change in news:
                typer.echo(_line(change))
            if apply_it and news:
                changed = [change.attempt_id for change in news]
                unit.write_now(partial(apply, quiz=one, attempt_ids=changed, allow_lower=allow_lower))
            found += news
            looked_at += len(batch)
            if sys.stderr.isatty():
                sys.stderr.write(f"\r{one.slug}: {min(start + BATCH, len(ids))} of {len(ids)}\n")
    return found, looked_at


def _line(change: Change) -> str:
    before, after = change.before, change.after
    verdict = "" if before.passed == after.passed else ", now passed" if after.passed else ", no longer passed"
    points = f"{before.score:g} -> {after.score:g} of {change.maximum:g}"
    return f"{change.learner}: {change.unit_id}, attempt {change.number}: {points}{verdict} ({', '.join(change.questions)})"
