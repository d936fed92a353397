"""Figures and the table that they are shown in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

HEADINGS = ("work", "took", "anchor", "took", "ratio", "goal", "met")


@dataclass(frozen=True)
class Figure:
    """One measured work beside its anchor; times in seconds, `goal` the greatest ratio that meets it."""

    work: str
    took: float
    anchor: str
    anchor_took: float
    goal: float

    @property
    def ratio(self) -> float:
        """How many times as long as the anchor it took."""
        return self.took / self.anchor_took

    @property
    def met(self) -> bool:
        """Whether the ratio is no greater than the goal."""
        return self.ratio <= self.goal

    @property
    def cells(self) -> Sequence[str]:
        """The cells of its row."""
        times = _time(self.took), _time(self.anchor_took)
        return (self.work, times[0], self.anchor, times[1], f"{self.ratio:.2f}", f"≤ {self.goal:g}", _word(self.met))


@dataclass(frozen=True)
class Count:
    """Something counted, of which there may be so many at most."""

    work: str
    count: int
    goal: int

    @property
    def met(self) -> bool:
        """Whether there are no more than the goal."""
        return self.count <= self.goal

    @property
    def cells(self) -> Sequence[str]:
        """The cells of its row."""
        return (self.work, str(self.count), "", "", "", f"≤ {self.goal}", _word(self.met))


def table(rows: Iterable[Figure | Count]) -> str:
    """The figures as a table in plain text, a line each."""
    lines = [HEADINGS, *(row.cells for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    written = ["  ".join(map(str.ljust, line, widths)).rstrip() for line in lines]
    return "\n".join([written[0], "-" * len(written[0]), *written[1:]])


def _time(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"


def _word(met: bool) -> str:
    return "yes" if met else "NO"
