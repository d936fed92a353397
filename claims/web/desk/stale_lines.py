"""Reasons for which a claim is stale as a page says them: a shape, a few words, and what they name as links."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from claims.queries.stale import Stale
from claims.stale import Reason, SignpostMet, Why
from claims.stale_words import LABELS, Named, act_path, act_words, parts_of
from claims.web.icons import icon
from claims.web.standing import standing_words

_SHAPES = {
    Why.DECIDED: "not",
    Why.HORIZON: "clock",
    Why.CITED: "alert",
    Why.CHANCE: "mix",
    Why.EVIDENCE: "bell",
    Why.REVIEW: "open",
}


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """One reason: its shape, what it is called, and its sentence."""

    icon: SafeString
    label: str
    words: SafeString


def reason_lines(reasons: Iterable[Reason]) -> list[ReasonLine]:
    """The reasons of a claim, in the order given."""
    return [ReasonLine(icon(_shape(reason)), LABELS[reason.why], _words(reason)) for reason in reasons]


def stale_line(claim: Stale, *, back: str = "") -> dict[str, Any]:
    """A stale claim as a line of a list; after the act its form leads back to the place named by `back`."""
    word, number = standing_words(claim.status, claim.probability)
    path = act_path(claim.slug, claim.action)
    return {
        "slug": claim.slug,
        "title": claim.title,
        "standing": f"{number}, {word.lower()}" if number else word,
        "assessed_on": claim.assessed_on,
        "owner": claim.owner,
        "owner_name": claim.owner_name,
        "locked": claim.locked,
        "reasons": reason_lines(claim.reasons),
        "act": act_words(claim.action),
        "href": f"{path}{'&' if '?' in path else '?'}back={quote(back)}" if back else path,
    }


def _shape(reason: Reason) -> str:
    if isinstance(reason, SignpostMet):
        return "rise" if reason.raises else "fall"
    return _SHAPES[reason.why]


def _words(reason: Reason) -> SafeString:
    return format_html_join("", "{}", ((_part(part),) for part in parts_of(reason)))


def _part(part: str | Named) -> str:
    if isinstance(part, Named):
        return format_html('<a href="{}"><bdi>{}</bdi></a>', part.href, part.title)
    return part
