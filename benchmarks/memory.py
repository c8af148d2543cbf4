"""Memory of a worker after ten thousand requests for pages of six courses."""

from benchmarks.courses import SIX
from benchmarks.pages import Runs
from benchmarks.requests import LESSONS, get, some
from benchmarks.servers import serving
from benchmarks.stage import LEARNERS, Stage
from benchmarks.table import Line, Report

MOST = 150.0  # MB
REQUESTS = 10_000


def measure(stage: Stage, report: Report, count: int = REQUESTS) -> None:
    own = stage.copy()
    secrets = [own.walker.secret(number) for number in some(own, LEARNERS)]
    units = [*LESSONS, "two-boxes/questions", "two-boxes/fourteen-days"]
    paths = [f"/{lang}/courses/{course}/{unit}" for unit in units for lang in ("es", "en") for course in SIX]
    paths += [f"/{lang}{path}" for lang in ("es", "en") for path in ("", "/me", "/courses", "/courses?q=ahorro")]
    requests = [get(path, secret) for secret in secrets for path in paths]
    with serving(own.environment) as server:
        runs = Runs(server, {"pages": requests})
        runs.warm_up()
        done = 0
        while done < count:
            report.progress(f"{stage.kind}: memory, {done:,} of {count:,} requests")
            done += runs.run("pages", 16, 60.0, min(1000, count - done)).outcome.requests
        memory = server.process.memory_full_info()
    detail = f"after {done:,} requests, {len(SIX)} courses; {memory.uss / 1e6:.0f} MB of it private"
    report.add(Line(f"memory per worker, {stage.kind}", memory.rss / 1e6, "MB", MOST, detail=detail))
