"""What the shell does with content: check it, mend it, say what was found."""

from __future__ import annotations

import datetime
import sys
import time
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path

import typer

from app.content.checker import check_reading
from app.content.faults import Fault
from app.content.fix import fix_course
from app.content.folder import Content, open_content
from app.content.reader import Reading

WORDS = {
    "es": ("línea", "Se revisaron", "cursos", "unidades", "errores", "avisos", "archivos corregidos", "Interrumpido; nada quedó a medias."),
    "en": ("line", "Checked", "courses", "units", "errors", "warnings", "files mended", "Interrupted; nothing is half done."),
}


def check(
    folders: Sequence[Path], fix: bool = False, language: str = "es", reading: bool = False, today: datetime.date | None = None
) -> int:
    """Check content folders (or single courses), print every fault and a closing line.

    The exit status: 0 clean, 1 errors, 2 a tool is missing, 130 interrupted.
    """
    if reading and find_spec("textstat") is None:
        typer.echo("The report on reading ease needs the tools of developers; `make check` installs them.", err=True)
        return 2
    started = time.monotonic()
    faults: list[Fault] = []
    ease: list[str] = []
    courses = units = mended = 0
    try:
        for folder in folders:
            content = open_content(folder)
            faults += [_placed(fault, folder) for fault in content.faults.items]
            for slug in content.courses:
                progress(slug)
                course = _check_one(content, slug, fix, reading, today)
                found, was_mended = course.faults, len(course.mended)
                ease += course.ease
                faults += [_placed(fault, content.folder_of(slug)) for fault in found]
                courses, units, mended = courses + 1, units + len(course.reading.units), mended + was_mended
    except KeyboardInterrupt:
        typer.echo(WORDS[language][-1], err=True)
        return 130
    finally:
        progress("")
    _show(faults, language)
    for line in ease:
        typer.echo(line)
    errors = sum(1 for fault in faults if fault.severity == "error")
    word = WORDS[language]
    closing = f"{word[1]} {courses} {word[2]}, {units} {word[3]}: {errors} {word[4]}, {len(faults) - errors} {word[5]}"
    closing += f", {mended} {word[6]}" if fix else ""
    typer.echo(f"{closing} ({time.monotonic() - started:.1f} s).")
    return 1 if errors else 0


class _Checked:
    def __init__(self, reading: Reading, mended: list[str], ease: list[str]) -> None:
        self.reading, self.mended, self.ease = reading, mended, ease
        self.faults = sorted(reading.faults.items)


def _check_one(content: Content, slug: str, fix: bool, ease: bool, today: datetime.date | None) -> _Checked:
    mended: list[str] = []
    reading = content.read(slug)
    refusals: list[Fault] = []
    if fix:
        mended = fix_course(reading, content.folder_of(slug))
        refusals = [fault for fault in reading.faults.items if fault.code == "fix-refused"]
        if mended:
            reading = content.reopened().read(slug)
            reading.faults.items += refusals
    check_reading(reading, today or datetime.datetime.now(datetime.UTC).date())
    content.check_wording(slug, reading.faults)
    ease_of: list[str] = []
    if ease:
        from app.content.reading_ease import check_reading_ease

        ease_of = [f"{slug}: {line}" for line in check_reading_ease(reading)]
    return _Checked(reading, mended, ease_of)


def _placed(fault: Fault, folder: Path) -> Fault:
    shown = str(folder / fault.file) if fault.file and not Path(fault.file).is_absolute() and fault.file != str(folder) else str(folder)
    return Fault(shown, fault.line, fault.code, fault.values)


def _show(faults: Iterable[Fault], language: str) -> None:
    for fault in faults:
        place = f"{fault.file}:{fault.line}" if fault.line else fault.file
        mark = "error" if fault.severity == "error" else {"es": "aviso", "en": "warning"}[language]
        typer.echo(f"{place}: {mark}: {fault.sentence(language)} {fault.mend(language)}")


def progress(what: str) -> None:
    """Shows on a terminal what is being done now, in the place of what was shown before; "" clears it."""
    if sys.stderr.isatty():
        typer.echo(f"\r\033[K{what}", nl=False, err=True)
