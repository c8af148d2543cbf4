"""CPU of each page against the ceiling of the same run, with 1 and 2 workers, 1, 16 and 200 connections."""

from collections import defaultdict
from statistics import median

from benchmarks.load import MANY
from benchmarks.requests import pages
from benchmarks.servers import Cost, Server, serving
from benchmarks.stage import Stage
from benchmarks.table import Line, Report

CEILING = "ceiling"
TARGETS = {
    ("signed-in lesson", "SQLite"): 8.0,
    ("signed-in lesson", "PostgreSQL"): 12.0,
    ("visitor's lesson", "SQLite"): 2.0,
    ("visitor's lesson", "PostgreSQL"): 2.0,
    ("quiz save", "SQLite"): 12.0,
    ("quiz save", "PostgreSQL"): 18.0,
}
Costs = dict[str, list[Cost]]


def measure(stage: Stage, report: Report, wanted: list[str], rounds: int, seconds: float) -> None:
    """One server after the other; within each, the pages take turns, and every ratio is to the ceiling of its own round."""
    for workers in (1, 2):
        own = stage.copy()
        requests = {name: lines for name, lines in pages(own).items() if name == CEILING or name in wanted}
        name = f"{stage.kind}, {plural(workers)}"
        with serving(own.environment, workers) as server:
            runs = Runs(server, requests)
            runs.warm_up()
            busy = []
            for turn in range(rounds):
                report.progress(f"{name}: 16 connections, round {turn + 1} of {rounds}")
                busy.append(runs.round(16, seconds))
            report.progress(f"{name}: 1 and 200 connections")
            alone, crowded = runs.round(1, seconds / 2), runs.round(200, seconds)
        for page in requests:
            report.add(_line(f"{page}, {name}", page, stage.kind, busy, alone, crowded))


def plural(workers: int) -> str:
    return f"{workers} worker" if workers == 1 else f"{workers} workers"


class Runs:
    """The runs of one server. Every run begins where the last of its page ended, so that each save is a change."""

    def __init__(self, server: Server, requests: dict[str, list[str]]) -> None:
        self.server, self.requests = server, requests
        self.places: dict[str, int] = defaultdict(int)

    def warm_up(self) -> None:
        """Opens every page, and waits until the server has compiled its courses."""
        for page in self.requests:
            self.run(page, 4, 1.0, 200)
        self.server.settle()

    def round(self, connections: int, seconds: float) -> dict[str, Cost]:
        return {page: self.run(page, connections, seconds) for page in self.requests}

    def run(self, page: str, connections: int, seconds: float, count: int = MANY) -> Cost:
        requests = self.requests[page]
        cost = self.server.load(requests, connections, seconds, start=self.places[page], count=count)
        self.places[page] = (self.places[page] + cost.outcome.requests) % len(requests)
        if cost.outcome.errors or not cost.outcome.requests:
            raise SystemExit(f"{page}: {cost.outcome.errors} of {cost.outcome.requests} went wrong. {cost.outcome.first_error}")
        return cost


def _line(what: str, page: str, kind: str, busy: list[dict[str, Cost]], alone: dict[str, Cost], crowded: dict[str, Cost]) -> Line:
    milliseconds = median(one[page].application for one in busy)
    database = median(one[page].database for one in busy)
    waits = " · ".join(f"{cost.outcome.p50:.1f}/{cost.outcome.p99:.1f}" for cost in (alone[page], _middle(busy, page), crowded[page]))
    detail = f"{milliseconds:.2f} ms CPU" + (f" + {database:.2f} database" if database else "")
    detail += f"; {median(one[page].outcome.per_second for one in busy):,.0f}/s; p50/p99 ms at 1 · 16 · 200: {waits}"
    ratio = median(one[page].application / one[CEILING].application for one in busy)
    return Line(what, ratio, "×", TARGETS.get((page, kind)), detail=detail)


def _middle(busy: list[dict[str, Cost]], page: str) -> Cost:
    return sorted((one[page] for one in busy), key=lambda cost: cost.outcome.p50)[len(busy) // 2]
