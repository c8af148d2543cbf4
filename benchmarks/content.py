"""Checking and publishing from the shell: finance, and two hundred generated courses."""

import os
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.courses import small_courses
from benchmarks.stage import Stage, environment_of
from benchmarks.table import Line, Report
from tests.support.servers import ROOT

COURSES = 200


def measure(stage: Stage, report: Report, count: int = COURSES) -> None:
    """Seconds of each command as an author waits for it, start of Python included."""
    folder = stage.folder / "generated"
    shutil.rmtree(folder, ignore_errors=True)
    small_courses(folder, count)
    finance = stage.folder / "only-finance"
    if not finance.exists():
        finance.mkdir()
        shutil.copytree(ROOT / "content" / "finance", finance / "finance")
        for glossary in (ROOT / "content").glob("glossary.*.md"):
            shutil.copy(glossary, finance)
    for name, courses in (("finance", finance), (f"{count} generated courses", folder)):
        own = stage.empty()
        environment = {**os.environ, **environment_of(own, stage.folder), "TEQUIO_CONTENT_DIR": str(courses), "TEQUIO_LOG_LEVEL": "ERROR"}
        for verb, more in (("check", [str(courses)]), ("publish", [])):
            report.progress(f"{verb} {name}")
            report.add(_timed(f"{verb} {name}", ["content", verb, *more], environment, courses))
        report.add(_timed(f"publish {name} again, nothing changed", ["content", "publish"], environment, courses))


def _timed(what: str, arguments: list[str], environment: dict[str, str], courses: Path) -> Line:
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "app", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    spent, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(f"{what} ended with status {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    files = sum(1 for _ in courses.rglob("*.md"))
    return Line(what, spent, "s", detail=f"{cpu:.1f} s CPU, {files:,} Markdown files")
