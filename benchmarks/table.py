"""The table at the end: what was measured, its target, and whether it is met."""

import sys
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Line:
    """One figure. `unit` follows it (× is a ratio); `target` is the most allowed, or the least where `at_least`."""

    what: str
    figure: float
    unit: str = ""
    target: float | None = None
    at_least: bool = False
    detail: str = ""

    @property
    def is_missed(self) -> bool:
        if self.target is None:
            return False
        return self.figure < self.target if self.at_least else self.figure > self.target

    @property
    def verdict(self) -> str:
        return "" if self.target is None else "MISSED" if self.is_missed else "ok"

    def cells(self) -> tuple[str, str, str, str, str]:
        bound = "" if self.target is None else f"{'≥' if self.at_least else '≤'} {number(self.target)}"
        return self.what, f"{number(self.figure)} {self.unit}".rstrip(), bound, self.verdict, self.detail


@dataclass
class Report:
    """Lines as they come: each is shown at once when a terminal watches, and all of them at the end."""

    lines: list[Line] = field(default_factory=list)

    def add(self, line: Line) -> None:
        self.lines.append(line)

    def progress(self, what: str) -> None:
        """Says what is being measured, on one line of the terminal."""
        if sys.stderr.isatty():
            sys.stderr.write(f"\r\033[K{what}")
            sys.stderr.flush()

    @property
    def missed(self) -> list[Line]:
        return [line for line in self.lines if line.is_missed]

    def text(self) -> str:
        rows = [("what", "measured", "target", "", ""), *(line.cells() for line in self.lines)]
        widths = [max(len(row[column]) for row in rows) for column in range(4)]
        return "\n".join(
            "  ".join((row[0].ljust(widths[0]), row[1].rjust(widths[1]), row[2].rjust(widths[2]), row[3].ljust(widths[3]), row[4])).rstrip()
            for row in rows
        )


def number(value: float) -> str:
    """A figure with as many digits as it deserves."""
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
