"""`make bench`, or `python -m benchmarks [--quick] [section ...]`: figures beside their targets.

Method. Servers run as in production, log included, over a database of six courses (copies of finance serve until there
are six) and 200 learners who each have the progress of one who really walked the site. The load comes from one process
of its own over loopback, with keep-alive; every status is checked and one wrong answer ends the run. What counts is
CPU: user and system time of the server's processes, divided by requests; PostgreSQL's own is told apart. Each figure is
a ratio to the ceiling (200 bytes behind the full middleware that reads the session) of the same server and the same
round; pages take turns, and the median of the rounds is shown. PostgreSQL writes through to the disk, as SQLite does.

Noise. Load and server share the machine. Milliseconds of CPU move by a quarter between a quiet and a busy moment, and
requests per second by more; ratios of one round move by a tenth. Trust no gap below a fifth. p50 and p99 are waits
under full load (every connection sends again at once), not what one person feels: that is the figure at 1 connection.

Sections: lesson visitor quiz course me catalogue check writes memory growth bytes certificates content.
`--quick` measures SQLite alone, in fewer and shorter rounds. Ctrl-C stops the servers and shows what there is.
"""

import argparse
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path
from types import FrameType

from benchmarks import certificates, content, growth, memory, pages, stage, weights, writes
from benchmarks.table import Report
from tests.support.servers import ROOT

PAGES = {
    "lesson": "signed-in lesson",
    "visitor": "visitor's lesson",
    "quiz": "quiz save",
    "course": "course page",
    "me": "my page",
    "catalogue": "catalogue",
    "check": "certificate check",
}
OTHERS = ["writes", "memory", "growth", "bytes", "certificates", "content"]


def measure(report: Report, folder: Path, sections: list[str], quick: bool) -> None:
    """Runs the sections; adds their lines to the report."""
    rounds, seconds = (2, 0.6) if quick else (3, 1.0)
    wanted = [PAGES[section] for section in sections if section in PAGES]
    for kind in ("SQLite",) if quick else ("SQLite", "PostgreSQL"):
        report.progress(f"{kind}: publishing six courses")
        where = stage.prepare(kind, folder)
        if wanted:
            pages.measure(where, report, wanted, rounds, seconds)
        if "writes" in sections:
            writes.measure(where, report, rounds, seconds)
        if "growth" in sections:
            growth.measure(where, report, 2 * rounds - 1, seconds / 4, 10_000 if quick else growth.MANY)
        if kind == "SQLite":
            if "memory" in sections:
                memory.measure(where, report, 2_000 if quick else memory.REQUESTS)
            if "bytes" in sections:
                weights.measure(where, report)
            if "certificates" in sections:
                certificates.measure(where, report, 20 if quick else 100)
            if "content" in sections:
                content.measure(where, report, 20 if quick else content.COURSES)


def stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main() -> None:
    """Measures what is asked for. Status 0 when every target is met, 1 when one is missed, 130 when interrupted."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measures, beside targets. See benchmarks/__main__.py.")
    parser.add_argument("sections", nargs="*", choices=[*PAGES, *OTHERS, []], metavar="section", help=" ".join([*PAGES, *OTHERS]))
    parser.add_argument("--quick", action="store_true", help="SQLite alone, in two minutes")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, stop)
    report, started, interrupted = Report(), time.monotonic(), False
    base = ROOT / "var"
    base.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="benchmarks-", dir=base))
    try:
        measure(report, folder, asked.sections or [*PAGES, *OTHERS], asked.quick)
    except KeyboardInterrupt:
        interrupted = True
    finally:
        report.progress("")
        shutil.rmtree(folder, ignore_errors=True)
        print(report.text())
        missed = ", ".join(line.what for line in report.missed)
        ending = f"{len(report.missed)} missed: {missed}" if missed else "no target missed"
        how = "Interrupted" if interrupted else "Measured"
        print(f"{how}: {len(report.lines)} figures in {time.monotonic() - started:.0f} s, {ending}.")
    sys.exit(130 if interrupted else 1 if report.missed else 0)


if __name__ == "__main__":
    main()
