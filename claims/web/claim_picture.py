"""The chart of a claim with its biggest moves, and what came after a settled claim's day."""

from collections.abc import Collection
from datetime import date
from typing import cast

from django.templatetags.static import static

from claims.queries.claim import Cited, ClaimPage
from claims.queries.claim_evidence import Mark as Told
from claims.scoring import percent_words, points
from claims.web.claim_judgement import cite_href, time_tag
from claims.web.paths import evidence_path
from claims.web.pictures import Judged, Mark, biggest_moves, ended_on, figure

MOST_SINCE = 6


def picture_of(page: ClaimPage, on_page: Collection[int], *, today: date, day: date | None) -> dict[str, object]:
    """The figure, the moves and the items since it was settled, as ready strings."""
    judged = [
        Judged(one.as_of, one.recorded_at, one.status, one.probability, tuple(page.citations.get(one.id, ())))
        for one in reversed(page.assessments)
    ]
    status = page.last.status if page.last else "open"
    occurred_on = page.last.occurred_on if page.last else None
    settled_on = ended_on(judged, status=status, occurred_on=occurred_on)
    moves = biggest_moves(judged, until=settled_on)
    since_when = None if page.head.kind == "fact" else settled_on
    forecast = any(one.status == "open" for one in judged)
    return {
        "title": "Probability and evidence over time" if forecast else "Evidence over time",
        "figure": figure(
            judged,
            [Mark(told.known_by, told.stance, told.weight) for told in page.marks],
            opened_on=page.head.opened_on,
            today=today,
            horizon=page.wording.horizon,
            occurred_on=occurred_on,
            status=status,
            icons_url=static("claims/icons.svg"),
        ),
        "moves": [
            {
                "letter": move.letter,
                "numbers": f"{points(move.earlier)} to {percent_words(move.later)}",
                "day": time_tag(move.day),
                "cause": _cause(cast(tuple[Cited, ...], move.cites), on_page, day),
            }
            for move in moves
        ],
        "since": _since(page.marks, since_when, on_page, day),
        "since_more": since_when is not None and sum(told.known_by > since_when for told in page.marks) > MOST_SINCE,
    }


def _cause(cited: tuple[Cited, ...], on_page: Collection[int], day: date | None) -> tuple[str, str] | None:
    """The heaviest item that the judgement cites: address and title."""
    heaviest = next((one for one in cited if one.shown), None)
    return (cite_href(heaviest, on_page, day), heaviest.title) if heaviest else None


def _since(
    marks: Collection[Told], settled_on: date | None, on_page: Collection[int], day: date | None
) -> list[tuple[object, str, str]]:
    if settled_on is None:
        return []
    later = [told for told in marks if told.known_by > settled_on][:MOST_SINCE]
    return [
        (
            time_tag(told.known_by),
            f"#item-{told.number}" if told.number in on_page else evidence_path(told.evidence_id, day),
            told.title,
        )
        for told in later
    ]
