"""Certificates per second, from the form with the name to the stored PDFs."""

from benchmarks.requests import post
from benchmarks.servers import serving
from benchmarks.stage import Stage
from benchmarks.table import Line, Report
from tests.support.crowd import complete

COURSE = "finance"
PATH = f"/es/courses/{COURSE}/certificate"
NAME = "Teresa Sánchez Núñez"


def measure(stage: Stage, report: Report, count: int) -> None:
    own = stage.copy(count)
    site = own.site()
    site.write(lambda db: complete(db, COURSE))
    site.unit.close()
    requests = [post(PATH, own.walker.secret(number), {"name": NAME}) for number in range(1, count + 1)]
    report.progress(f"certificates: {count}")
    with serving(own.environment) as server:
        cost = server.load(requests[:4], 1, 60.0, count=4, expected=303)  # fonts are found once
        cost = server.load(requests[4:], 4, 120.0, count=count - 4, expected=303)
    if cost.outcome.errors:
        raise SystemExit(f"certificates: {cost.outcome.errors} went wrong. {cost.outcome.first_error}")
    detail = (
        f"{cost.application:.0f} ms CPU each, A4 and Letter; p50 {cost.outcome.p50:.0f} ms, p99 {cost.outcome.p99:.0f} ms with 4 waiting"
    )
    report.add(Line("certificates per second", cost.outcome.per_second, "/s", detail=detail))
