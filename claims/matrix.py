"""The matrix of evidence and claims: what tells the claims apart, and what speaks against each.

After Richards J. Heuer, Psychology of Intelligence Analysis (Center for the Study of Intelligence, 1999), chapter 8,
"Analysis of Competing Hypotheses". Evidence is diagnostic as far as it makes some claims likelier than others, and a
claim is tested by what contradicts it and not by what supports it.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import fsum, log2
from typing import NamedTuple
from uuid import UUID

from claims.scoring import LIKELIHOOD_RATIO, STANCES, effect, heaviest_first_key

EFFECT = {(stance, weight): effect(stance, weight) for stance in STANCES for weight in LIKELIHOOD_RATIO}
HALVINGS = {weight: log2(ratio) for weight, ratio in LIKELIHOOD_RATIO.items()}
"""How often a contradicting item of this weight halves the odds of a claim: the weight of evidence in bits (I. J. Good,
Probability and the Weighing of Evidence, 1950)."""

_NEUTRAL = Decimal(1)

Place = tuple[Decimal, int, int, UUID]


class Cell(NamedTuple):
    """What one report says about one claim; `number` is that of the bearing within its claim."""

    stance: str
    weight: str
    number: int


@dataclass(frozen=True, slots=True)
class Report:
    """One item with what it says about each claim that it bears on; an empty `story` stands alone."""

    id: UUID
    story: str
    credibility: int
    known_by: date
    cells: Mapping[int, Cell]


@dataclass(frozen=True, slots=True)
class Row:
    """One story: its reports, the one that leads it first, and which of them stands for it on each claim.

    `apart` is how many times better it fits the claim that it helps most than the one that it hurts most; `tilts`
    counts the claims for or against which it speaks.
    """

    reports: tuple[Report, ...]
    heads: Mapping[int, Report]
    apart: Decimal
    tilts: int

    @property
    def lead(self) -> Report:
        """The report whose title stands for the story."""
        return self.reports[0]

    def cell(self, claim: int) -> Cell | None:
        """What the story says about a claim: what the report says that stands for it there."""
        return self.heads[claim].cells[claim] if claim in self.heads else None

    @property
    def place(self) -> Place:
        """Sorts rows: those that part the claims most, of these on most claims, of these the last known."""
        return -self.apart, -self.tilts, -self.lead.known_by.toordinal(), self.lead.id


@dataclass(frozen=True, slots=True)
class Column:
    """One claim: how much speaks against it, and how many stories speak for and against it.

    `inconsistency` is None where no story bears on the claim, which is then untested.
    """

    claim: int
    inconsistency: float | None
    supports: int
    contradicts: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows and columns in their order."""

    rows: Sequence[Row]
    columns: Sequence[Column]


def matrix(reports: Iterable[Report], *, claims: int) -> Matrix:
    """The stories that these reports tell, and the claims from 0 to `claims` - 1, both in their order.

    The claim with the least against it stands first, as in Heuer's seventh step; of equals the one given first; those
    on which nothing bears stand last.
    """
    told: dict[Hashable, list[Report]] = {}
    for report in reports:
        told.setdefault(report.story or report.id, []).append(report)
    rows = sorted((_row(group, claims) for group in told.values()), key=lambda row: row.place)
    columns = sorted((_column(claim, rows) for claim in range(claims)), key=_least_inconsistent_first)
    return Matrix(rows, columns)


def apart(effects: Iterable[Decimal], *, claims: int) -> Decimal:
    """The diagnosticity of a story: its greatest effect on the odds of a claim, divided by its least.

    `effects` are those on the claims that it bears on; on every other of the `claims` its effect is 1. What says the
    same of every claim has 1, and so has everything where there is but one claim.
    """
    told = list(effects)
    if len(told) < claims or not told:
        told.append(_NEUTRAL)
    return max(told) / min(told)


def inconsistency(weights: Iterable[str]) -> float:
    """The inconsistency of a claim: how often what contradicts it, a story of each of these weights, halves its odds.

    What supports a claim counts for nothing here: Heuer (1999, chapter 8, step 5) counts what is inconsistent with it,
    and the program made after him weighs that by steps (Good, Shrager, Stefik, Pirolli and Card, ACH 1.1: A Tool for
    Analyzing Competing Hypotheses, PARC). Here a likelihood ratio r counts as log2 r, since the ratios of independent
    stories multiply and their logarithms add up.
    """
    return fsum(HALVINGS[weight] for weight in weights)


def _row(group: Sequence[Report], claims: int) -> Row:
    heads: dict[int, Report] = {}
    for report in group:
        for claim in report.cells:
            if claim not in heads or _heaviness(report, claim) < _heaviness(heads[claim], claim):
                heads[claim] = report
    effects = [EFFECT[report.cells[claim][:2]] for claim, report in heads.items()]
    tilts = sum(effect != _NEUTRAL for effect in effects)
    return Row(_lead_first(group, heads), heads, apart(effects, claims=claims), tilts)


def _lead_first(group: Sequence[Report], heads: Mapping[int, Report]) -> tuple[Report, ...]:
    """The report that stands for the story on most claims; of equals the most credible, then the one known first."""
    if len(group) == 1:
        return (group[0],)
    standing = [report.id for report in heads.values()]
    return tuple(sorted(group, key=lambda it: (-standing.count(it.id), it.credibility, it.known_by, it.id)))


def _heaviness(report: Report, claim: int) -> tuple[int, int, int, int]:
    cell = report.cells[claim]
    return heaviest_first_key(
        weight=cell.weight, credibility=report.credibility, known_by=report.known_by, number=cell.number
    )


def _column(claim: int, rows: Sequence[Row]) -> Column:
    cells = [cell for row in rows if (cell := row.cell(claim))]
    against = [cell.weight for cell in cells if cell.stance == "contradicts"]
    supports = sum(cell.stance == "supports" for cell in cells)
    return Column(claim, inconsistency(against) if cells else None, supports, len(against))


def _least_inconsistent_first(column: Column) -> tuple[bool, float, int]:
    return column.inconsistency is None, column.inconsistency or 0, column.claim
