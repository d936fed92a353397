"""A lead as a row of the list: its words with what matched marked, its claims, who has it."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from claims.addresses import domain_of
from claims.queries.leads import Line, Match
from claims.text import excerpt
from claims.web import paths
from claims.web.moderation.words import age_tag, day_tag

SUMMARY_SHOWN = 320
BEFORE_A_WORD = 80
WORDS_SHOWN = 4
_UNSEEN = "Not yet compared with the claims."
# From which score on a match is called so; most of what is above the threshold for unrelated texts is faint.
_CLOSENESS = ((0.4, 3, "close"), (0.25, 2, "fair"), (0, 1, "faint"))


def row(line: Line, matches: Sequence[Match], *, person: UUID, now: datetime) -> dict[str, Any]:
    """What the template shows of a lead."""
    told = {word for match in matches for word, _ in match.words}
    return {
        "id": line.id,
        "address": line.address,
        "name": line.title or excerpt(line.address, 100),
        "title": marked_words(line.title, told) if line.title else excerpt(line.address, 100),
        "summary": marked_words(_around(line.summary, told), told),
        "feed": line.feed,
        "feed_href": f"/desk/leads/?{urlencode({'feed': line.feed_id})}" if line.feed_id else "",
        "host": domain_of(line.address) if line.address else "",
        "age": format_html("{} ago", age_tag(line.dated_at, now)),
        "matches": [_match(match) for match in matches],
        "mine": line.assigned_to == person,
        "assigned": "" if line.assigned_to in (None, person) else line.assigned or "a former member",
        "suggested": _suggested(line.suggested),
        "notes": line.notes,
        "unmatched": "" if matches else "It matches no claim." if line.matched_at else _UNSEEN,
        "decided": _decided(line),
        "item": paths.evidence_path(line.evidence) if line.evidence else "",
    }


def marked_words(text: str, words: set[str]) -> SafeString:
    """The text with these words in `mark` elements, whole words in any case; escaped."""
    if not words:
        return conditional_escape(text)
    parts = _whole(words).split(text)
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", part) if place % 2 else part,) for place, part in enumerate(parts))
    )


def _whole(words: set[str]) -> re.Pattern[str]:
    found = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    return re.compile(rf"(?<!\w)({found})(?!\w)", flags=re.IGNORECASE)


def _around(summary: str, words: set[str]) -> str:
    """The beginning of a summary, or what stands around the first word that told where that comes later."""
    first = _whole(words).search(summary) if words else None
    if first is None or first.end() < SUMMARY_SHOWN:
        return excerpt(summary, SUMMARY_SHOWN)
    begin = summary.find(" ", first.start() - BEFORE_A_WORD, first.start()) + 1 or first.start()
    return f"… {excerpt(summary[begin:], SUMMARY_SHOWN)}"


def _match(match: Match) -> dict[str, Any]:
    level, word = next((level, word) for least, level, word in _CLOSENESS if match.score >= least)
    told = ((word, f"{share:.0%}".replace("%", "\N{NO-BREAK SPACE}%")) for word, share in match.words[:WORDS_SHOWN])
    return {
        "href": paths.claim_path(match.slug),
        "title": match.title,
        "level": level,
        "word": word,
        "score": f"{match.score:.2f}",
        "words": format_html_join(", ", "<mark>{}</mark> {}", told),
        "only": f"/desk/leads/?{urlencode({'claim': match.slug})}",
    }


def _suggested(count: int) -> str:
    if not count:
        return ""
    return "suggested by a reader" if count == 1 else f"suggested by {count if count < 100 else '100 or more'} readers"


def _decided(line: Line) -> SafeString | str:
    """What was decided, by whom and when; of what waits nothing."""
    if line.decided_at is None or line.state == "new":
        return ""
    by = format_html(" by <bdi>{}</bdi>", line.decided_by) if line.decided_by else ""
    if line.state == "snoozed" and line.snoozed_until:
        return format_html("put off until {}{}", day_tag(line.snoozed_until.date()), by)
    done = "logged" if line.state == "logged" else "set aside"
    return format_html("{}{} on {}", done, by, day_tag(line.decided_at.date()))
