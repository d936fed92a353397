"""The rows and the column heads of a matrix, as ready strings for a flat loop."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.matrix import Column, Report, Row
from claims.models import EvidenceType
from claims.queries.matrix import ArticleMatrix, Crossing, Item, Tested, Waiting
from claims.scoring import percent_words
from claims.web import paths
from claims.web.claim_evidence import dated
from claims.web.icons import icon
from claims.web.matrix_cells import cells, edit_path, empty, told, voices_words, waits

MOST_DISPUTES = 200
_LINKED = {"supersedes": "superseded", "corrects": "corrected", "retracts": "retracted"}


class Editing(NamedTuple):
    """What the person may set: public bearings if they publish, else new ones alone, of which some may wait."""

    publishes: bool
    waiting: Mapping[Crossing, Waiting]


@dataclass(frozen=True, slots=True)
class Heading:
    """A claim at the head of its column; `word` says how it stands where the number does not."""

    href: str
    title: str
    number: str
    icon: SafeString
    word: str
    inconsistency: str
    supports: str
    contradicts: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row: a story under the report that leads it, or one report; `apart` is empty below a story's first."""

    id: UUID
    href: str
    title: str
    source: str
    dated: SafeString
    grade: str
    linked: str
    more: str
    apart: str
    cells: SafeString


@dataclass(frozen=True, slots=True)
class Dispute:
    """An item and a claim on which analysts disagree, and who says what."""

    id: str
    item: str
    item_href: str
    claim: str
    claim_href: str
    voices: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Body:
    """The rows, story by story, and the disputes that they show; `each` leads to every report by itself."""

    stories: list[list[Line]]
    disputes: list[Dispute]
    more_disputes: bool
    each: str


@dataclass
class _Disputes:
    """Numbers the disputes as the rows come to them."""

    found: ArticleMatrix
    as_of: date | None
    numbers: dict[Crossing, str] = field(default_factory=dict)

    def at(self, reports: Sequence[Report], claim: int) -> str:
        """The anchor of the first dispute about these reports and this claim, or nothing."""
        anchors = [self._anchor((report.id, claim)) for report in reports if (report.id, claim) in self.found.torn]
        return anchors[0] if anchors else ""

    def listed(self) -> list[Dispute]:
        return [self._told(crossing, anchor) for crossing, anchor in list(self.numbers.items())[:MOST_DISPUTES]]

    def _anchor(self, crossing: Crossing) -> str:
        return self.numbers.setdefault(crossing, f"disagree-{len(self.numbers) + 1}")

    def _told(self, crossing: Crossing, anchor: str) -> Dispute:
        item, claim = self.found.items[crossing[0]], self.found.claims[crossing[1]]
        return Dispute(
            id=anchor,
            item=item.title,
            item_href=paths.evidence_path(item.id, self.as_of),
            claim=claim.title,
            claim_href=paths.claim_path(claim.slug, self.as_of),
            voices=voices_words(self.found.torn[crossing]),
        )


def apart_words(apart: Decimal) -> str:
    """How far a story parts the claims: "×25", "×1.56"."""
    return f"×{float(apart):.3g}"


def inconsistency_words(inconsistency: float | None) -> str:
    """How much speaks against a claim: "15.9", a dash where nothing bears on it."""
    return "–" if inconsistency is None else f"{inconsistency:.1f}"


def headings_of(found: ArticleMatrix, columns: Sequence[Column], *, as_of: date | None) -> list[Heading]:
    """The heads of these columns."""
    return [_heading(found.claims[column.claim], column, as_of) for column in columns]


def body_of(
    found: ArticleMatrix,
    rows: Sequence[Row],
    columns: Sequence[Column],
    editing: Editing | None,
    *,
    as_of: date | None,
    each: str,
) -> Body:
    """The rows of a page; every report has one where `each` is empty, else a story leads to its reports there."""
    disputes = _Disputes(found, as_of)
    stories = []
    for row in rows:
        folded = (
            [(row.reports, row.heads)] if each else [((one,), dict.fromkeys(one.cells, one)) for one in row.reports]
        )
        lines = [
            _line(found, reports, heads, columns, editing, disputes, apart="" if place else apart_words(row.apart))
            for place, (reports, heads) in enumerate(folded)
        ]
        stories.append(lines)
    return Body(stories, disputes.listed(), len(disputes.numbers) > MOST_DISPUTES, each)


def _heading(claim: Tested, column: Column, as_of: date | None) -> Heading:
    opened = claim.status == "open"
    number = percent_words(claim.probability) if opened and claim.probability is not None else ""
    return Heading(
        href=paths.claim_path(claim.slug, as_of),
        title=claim.title,
        number=number or ("–" if opened else ""),
        icon=SafeString("") if opened else icon(claim.status),
        word="" if number else "not assessed yet" if opened else claim.status.replace("-", " "),
        inconsistency=inconsistency_words(column.inconsistency),
        supports=f"{column.supports:,}",
        contradicts=f"{column.contradicts:,}",
    )


def _line(
    found: ArticleMatrix,
    reports: Sequence[Report],
    heads: Mapping[int, Report],
    columns: Sequence[Column],
    editing: Editing | None,
    disputes: _Disputes,
    *,
    apart: str,
) -> Line:
    item = found.items[reports[0].id]
    others = len(reports) - 1
    return Line(
        id=item.id,
        href=paths.evidence_path(item.id, disputes.as_of),
        title=item.title,
        source=item.source_name,
        dated=_dated(item),
        grade=f"{item.reliability or '–'}{item.credibility}",
        linked=_LINKED.get(item.link or "", ""),
        more=f"{others:,} more report{'' if others == 1 else 's'}" if others else "",
        apart=apart,
        cells=cells([_cell(found, reports, heads, column.claim, editing, disputes) for column in columns]),
    )


def _dated(item: Item) -> SafeString:
    looked = item.type == EvidenceType.NOT_FOUND
    when = dated(item.published_from, item.published_to, item.event_from, item.event_to, looked=looked)
    return format_html("{}, nothing found", when) if looked else when


def _cell(
    found: ArticleMatrix,
    reports: Sequence[Report],
    heads: Mapping[int, Report],
    claim: int,
    editing: Editing | None,
    disputes: _Disputes,
) -> str:
    on, head = found.claims[claim], heads.get(claim)
    if head is None:
        return _unsaid(reports, on, claim, editing)
    cell = head.cells[claim]
    dispute = disputes.at(reports, claim) if found.torn else ""
    href = f"#{dispute}" if dispute else ""
    if editing and editing.publishes:
        href = edit_path(head.id, on.slug)
    return told(cell.stance, cell.weight, on=on.title, href=href, torn=dispute)


def _unsaid(reports: Sequence[Report], on: Tested, claim: int, editing: Editing | None) -> str:
    if editing is None:
        return empty()
    for report in reports:
        if waiting := editing.waiting.get((report.id, claim)):
            return waits(waiting, on=on.title, href=edit_path(report.id, on.slug))
    return empty(edit_path(reports[0].id, on.slug))
