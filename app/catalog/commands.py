"""The verbs `tequio content check|publish|status`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from app.content.commands import progress
from app.kernel.database import Unit
from app.kernel.settings import settings

content = typer.Typer(no_args_is_help=True, help="Courses: check them, publish them, see what is published.")
OUTCOMES = {
    "first": "published for the first time",
    "correction": "published as a correction: everyone has it at once",
    "revision": "published as a revision: new learners get it, the others stay with theirs",
    "unchanged": "unchanged",
    "refused": "refused: nothing has changed for learners",
    "diverged": "not published: the course was changed elsewhere since its last publish from the folder, and the folder changed too. "
    "Decide: tequio content publish --course {slug} --take-folder",
}
Say = Callable[[str], None]


@content.command()
def check(
    folders: Annotated[
        list[Path] | None, typer.Argument(help="Content folders or single courses; the site's own when none is named.")
    ] = None,
    fix: Annotated[bool, typer.Option(help="Write missing ids into both languages.")] = False,
    reading: Annotated[bool, typer.Option(help="Add a report on reading ease.")] = False,
    language: Annotated[str, typer.Option(help="es or en")] = "es",
) -> None:
    """Says everything that is wrong with courses, each fault with its file, line and mend."""
    from app.content.commands import check as check_folders

    raise typer.Exit(check_folders(folders or [settings().content_dir], fix, language if language == "en" else "es", reading))


@content.command()
def publish(
    course: Annotated[str, typer.Option(help="Only this course.")] = "",
    take_folder: Annotated[bool, typer.Option(help="Publish the folder over what was changed elsewhere.")] = False,
    language: Annotated[str, typer.Option(help="The language of faults: es or en.")] = "es",
) -> None:
    """Publishes what has changed in the content folder. A course with faults changes nothing."""
    with _unit() as unit:
        outcomes = publish_folder(unit, settings().content_dir, course=course, take_folder=take_folder, language=language)
    if course and not outcomes:
        typer.echo(f"There is no course {course} in {settings().content_dir}.", err=True)
        raise typer.Exit(1)
    raise typer.Exit(1 if {"refused", "diverged"} & set(outcomes.values()) else 0)


@content.command()
def status() -> None:
    """Says what is published, and whether the folder differs."""
    from app.catalog.folder import read_content
    from app.catalog.publishing import prepare, standing

    folder = read_content(settings().content_dir)
    with _unit() as unit:
        for one in folder.courses:
            ready = prepare(one.slug, one.files, folder.neighbours)
            typer.echo(f"{one.slug}: {unit.read_now(partial(standing, ready=ready))}")
    typer.echo(f"{len(folder.courses)} courses in {settings().content_dir}.")


def publish_folder(
    unit: Unit, folder: Path, *, course: str = "", take_folder: bool = False, language: str = "es", say: Say = typer.echo
) -> dict[str, str]:
    """Publishes every course of a folder that changed, one transaction each; says what it did. Course -> outcome."""
    from app.catalog.folder import read_content
    from app.catalog.publishing import Publication, hash_of_manifest, manifest_of, prepare, publish_from_folder, published_from_folder

    outcomes: dict[str, str] = {}
    found = read_content(folder)
    wanted = [one for one in found.courses if course in ("", one.slug)]
    try:
        for number, one in enumerate(wanted, 1):
            progress(f"{number}/{len(wanted)} {one.slug}")
            unchanged = partial(published_from_folder, slug=one.slug, manifest_hash=hash_of_manifest(manifest_of(one.files)))
            if not take_folder and (current := unit.read_now(unchanged)) is not None:
                done = Publication(current, "unchanged")
            else:
                ready = prepare(one.slug, one.files, found.neighbours, one.faults)
                done = unit.write_now(partial(publish_from_folder, ready=ready, take_folder=take_folder))
            outcomes[one.slug] = done.kind
            progress("")
            for fault in done.faults if done.kind == "refused" else ():
                if fault.severity == "error":
                    place = f"{folder / one.slug / fault.file}" + (f":{fault.line}" if fault.line else "")
                    say(f"{place}: {fault.sentence(language)} {fault.mend(language)}")
            say(f"{one.slug}: {OUTCOMES[done.kind].format(slug=one.slug)}" + (f" (edition {done.edition.number})" if done.edition else ""))
    except KeyboardInterrupt:
        say("Interrupted; the courses named above are done, the others untouched.")
    finally:
        progress("")
    published = sum(1 for outcome in outcomes.values() if outcome in ("first", "correction", "revision"))
    say(f"{len(outcomes)} of {len(wanted)} courses looked at, {published} published.")
    return outcomes


@contextmanager
def _unit() -> Iterator[Unit]:
    unit = Unit(settings().database_url)
    try:
        yield unit
    finally:
        unit.close()
