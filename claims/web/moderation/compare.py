"""A waiting item beside the published one that it resembles, row by row, with each difference named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.models import BearingState, EvidenceType
from claims.queries.queue_beside import Standing
from claims.queries.queue_item import Item, Set
from claims.scoring import WEIGHT_ORDER
from claims.web import paths
from claims.web.claim_evidence import weight_tag
from claims.web.evidence import partial_tag
from claims.web.grades import grade_tag
from claims.web.icons import icon
from claims.web.moderation.words import counted, stance_tag

Span = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; `differs` names the difference, `here` puts it on the waiting item's side."""

    label: str
    href: str
    mine: SafeString
    theirs: SafeString
    differs: str = ""
    here: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """The table with its caption."""

    caption: str
    rows: Sequence[Row]


def comparison(item: Item, mine: Sequence[Set], standing: Standing, theirs: Sequence[Set]) -> Comparison:
    """The waiting item with its bearings beside the standing one with its own."""
    return Comparison(
        caption=_caption(standing),
        rows=[*_facts(item, standing), *_bearings(mine, theirs)],
    )


def bearing_tag(bearing: Set | None) -> SafeString:
    """A stance, its weight and its note; nothing for none."""
    if bearing is None:
        return SafeString("")
    note = format_html('<span class="compare__note" dir="auto">{}</span>', bearing.note) if bearing.note else ""
    return format_html("{} {}{}", stance_tag(bearing.stance), weight_tag(bearing.weight), note)


def _standing_tag(bearing: Set | None) -> SafeString:
    """A bearing of the published item, which may wait itself."""
    waits = bearing is not None and bearing.state == BearingState.PENDING
    note = SafeString('<span class="compare__note">waits for approval itself</span>') if waits else ""
    return format_html("{}{}", bearing_tag(bearing), note)


def source_tag(name: str, slug: str, reliability: str | None, credibility: int | None) -> SafeString:
    """A source with the grade of source and information."""
    return format_html(
        '<a href="{}" dir="auto">{}</a> {}', paths.source_path(slug), name, grade_tag(reliability, credibility)
    )


def dated_tag(published: Span, event: Span, *, type: str) -> SafeString:
    """When the page appeared, else when what it reports happened, as far as either is known; or when it was looked."""
    if type == EvidenceType.NOT_FOUND:
        return format_html("looked {}", partial_tag(*event, "on no day yet"))
    if published[0] is None and event[0] is not None:
        return format_html("undated page, event {}", partial_tag(*event))
    return partial_tag(*published, "undated")


def _caption(standing: Standing) -> str:
    if standing.same_address:
        return "Its address is published already"
    others = standing.reports - 1
    more = f"; {counted(others, 'other report')} of it {'stands' if others == 1 else 'stand'}" if others else ""
    return f"Says it is the same event as an item that stands{more}"


def _facts(item: Item, standing: Standing) -> list[Row]:
    link = format_html('<a href="{}" dir="auto">{}</a>', paths.evidence_path(standing.id), standing.title)
    rows = [
        Row("Title", "", format_html('<span dir="auto">{}</span>', item.title), link, _other_title(item, standing)),
        *_whens(item, standing),
    ]
    rows.append(
        Row(
            "Source",
            "",
            source_tag(item.source, item.source_slug, item.reliability, item.credibility),
            source_tag(standing.source, standing.source_slug, standing.reliability, standing.credibility),
            _other_grade(item, standing),
        )
    )
    return rows


def _whens(item: Item, standing: Standing) -> list[Row]:
    """When each appeared and what it reports happened; a day of looking is compared with no other day."""
    published = (item.published_from, item.published_to), (standing.published_from, standing.published_to)
    event = (item.event_from, item.event_to), (standing.event_from, standing.event_to)
    if EvidenceType.NOT_FOUND in (item.type, standing.type):
        mine = dated_tag(published[0], event[0], type=item.type)
        return [Row("Dated", "", mine, dated_tag(published[1], event[1], type=standing.type))]
    rows = [_dates("Published", *published)]
    return [*rows, _dates("Happened", *event)] if item.event_from or standing.event_from else rows


def _other_title(item: Item, standing: Standing) -> str:
    return "another title" if standing.same_address and item.title.casefold() != standing.title.casefold() else ""


def _other_grade(item: Item, standing: Standing) -> str:
    """Other sources of one event are expected to differ; how far they are believed is not."""
    words = []
    if standing.same_address and item.source_slug != standing.source_slug:
        words.append("another source")
    if item.credibility and item.credibility != standing.credibility:
        words.append("believed more" if standing.credibility < item.credibility else "believed less")
    return ", ".join(words)


def _dates(label: str, mine: Span, theirs: Span) -> Row:
    unknown = "not known"
    return Row(label, "", partial_tag(*mine, unknown), partial_tag(*theirs, unknown), _apart(mine, theirs))


def _apart(mine: Span, theirs: Span) -> str:
    (from_a, to_a), (from_b, to_b) = mine, theirs
    if mine == theirs:
        return ""
    if from_a is None or to_a is None or from_b is None or to_b is None:
        return "only one has a date"
    days = (max(from_a, from_b) - min(to_a, to_b)).days
    return f"{counted(days, 'day')} apart" if days > 0 else "not as exact"


def _bearings(mine: Sequence[Set], theirs: Sequence[Set]) -> list[Row]:
    there = {bearing.claim_id: bearing for bearing in theirs}
    here = {bearing.claim_id for bearing in mine}
    rows = [_bearing(bearing, there.get(bearing.claim_id)) for bearing in mine]
    return rows + [
        Row(one.title, paths.claim_path(one.slug), SafeString(""), _standing_tag(one), "no bearing", here=True)
        for one in theirs
        if one.claim_id not in here
    ]


def _bearing(mine: Set, theirs: Set | None) -> Row:
    return Row(
        mine.title, paths.claim_path(mine.slug), bearing_tag(mine), _standing_tag(theirs), _otherwise(mine, theirs)
    )


def _otherwise(mine: Set, theirs: Set | None) -> str:
    if theirs is None:
        return "no bearing"
    if mine.stance != theirs.stance:
        return "points another way"
    if mine.weight != theirs.weight:
        return "weighs more" if WEIGHT_ORDER[theirs.weight] > WEIGHT_ORDER[mine.weight] else "weighs less"
    return ""


def difference_tag(words: str) -> SafeString:
    """A difference, with its sign."""
    return format_html("<b>{}{}</b>", icon("alert"), words) if words else SafeString("")
