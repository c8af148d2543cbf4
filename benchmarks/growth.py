"""Growth: the same pages over 10, 1,000 and 100,000 learners; the last has a million answers."""

from contextlib import ExitStack
from statistics import median

from app.kernel.settings import settings
from benchmarks.pages import CEILING, Runs
from benchmarks.requests import pages
from benchmarks.servers import serving
from benchmarks.stage import Stage
from benchmarks.table import Line, Report
from tests.support.plans import Statement, full_scans, statements

FEW, SOME, MANY = 10, 1_000, 100_000
SAMPLE = 10  # learners who browse: the same number on every stage
MOST = 1.5  # times as long with MANY as with FEW


def measure(stage: Stage, report: Report, rounds: int, seconds: float, many: int = MANY) -> None:
    """Asserts that statements stay as many and need no full scan, then lets servers over the three sizes take turns."""
    stages = {}
    for size in (FEW, SOME, many):
        report.progress(f"{stage.kind}: {size:,} learners, {size * 10:,} answers")
        stages[size] = stage.copy(size)
    _prove(stages[FEW], stages[many], report)
    waits: dict[int, dict[str, list[float]]] = {size: {} for size in stages}
    with ExitStack() as stack:
        runs = {}
        for size, one in stages.items():
            server = stack.enter_context(serving(one.environment))
            requests = {name: lines for name, lines in pages(one, SAMPLE).items() if name not in (CEILING, "visitor's lesson")}
            runs[size] = Runs(server, requests)
            runs[size].warm_up()
        for turn in range(rounds):
            for size in sorted(runs, reverse=turn % 2 == 1):
                report.progress(f"{stage.kind}: {size:,} learners, round {turn + 1} of {rounds}")
                for page, cost in runs[size].round(1, seconds).items():
                    waits[size].setdefault(page, []).append(cost.outcome.p50)
    for page, few in waits[FEW].items():
        ratio = median(large / small for large, small in zip(waits[many][page], few, strict=True))
        middle = median(one / small for one, small in zip(waits[SOME][page], few, strict=True))
        detail = f"p50 {median(few):.1f} ms with {FEW}, {median(waits[many][page]):.1f} ms with {many:,}; {SOME:,} learners: {middle:.2f} ×"
        report.add(Line(f"{page}, {many:,} learners to {FEW}, {stage.kind}", ratio, "×", MOST, detail=detail))


def _prove(few: Stage, many: Stage, report: Report) -> None:
    report.progress(f"{few.kind}: statements and plans")
    asked = {stage.learners: _asked(stage) for stage in (few, many)}
    for page, ran in asked[many.learners].items():
        before = len(asked[few.learners][page])
        assert len(ran) == before, f"{page}: {before} statements with {few.learners} learners, {len(ran)} with {many.learners}"
        if scans := full_scans(many.url, ran):
            raise AssertionError(f"{page} reads a whole table: {scans}")
        report.add(Line(f"{page}, statements, {many.kind}", len(ran), "", before, detail=f"no full scan with {many.learners:,} learners"))


def _asked(stage: Stage) -> dict[str, list[Statement]]:
    """What each page asks of the database, in this process."""
    site = stage.site()
    found = {}
    try:
        for page, requests in pages(stage, SAMPLE).items():
            if page in (CEILING, "visitor's lesson"):
                continue
            head, _, body = requests[-1].partition("\r\n\r\n")
            method, path, _ = head.split(" ", 2)
            lines = [line.partition(": ") for line in head.split("\r\n")[1:]]
            headers = {name: value for name, _, value in lines if name not in ("host", "content-length")}
            browser = site.visitor()
            for _ in range(2):  # the first time compiles the course
                with statements() as ran:
                    answer = browser.request(method, path, headers=headers, content=body or None)
            assert answer.status_code == 200, f"{page}: {answer.status_code}"
            found[page] = ran
    finally:
        site.unit.close()
        settings.cache_clear()
    return found
