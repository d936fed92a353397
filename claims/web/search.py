"""Searching claims and evidence by words."""

import re
from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from claims.cursors import encode
from claims.queries.search import (
    BEGIN,
    END,
    GAP,
    NEWEST,
    FoundClaim,
    FoundClaims,
    FoundItem,
    FoundItems,
    search_claims,
    search_items,
)
from claims.queries.search_words import Reading, read_words, words_in_use
from claims.web import asked, paths
from claims.web.errors import BadInput
from claims.web.evidence import partial_tag, stand
from claims.web.grades import grade_tag
from claims.web.icons import icon
from claims.web.shown import shown

LONGEST = 200
ON_A_PAGE = 20
CLAIMS_BESIDE_EVIDENCE = 8
KINDS = ("claims", "evidence")
STATES = ("open", "settled")
SUGGESTIONS = 4
_MARKED = re.compile(f"{BEGIN}([^{BEGIN}{END}]*){END}")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f]")


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What `?q=` finds among claims and evidence; `?kind=` and `?state=` choose, `?after=` goes on within a kind.

    What is found depends on every claim and item, so the page names nothing and nobody keeps it.
    """
    try:
        words = asked.words(request, longest=LONGEST)
    except BadInput as error:
        typed = _UNSEEN.sub("", request.GET.get("q", ""))[:LONGEST]
        refused = {"q": typed, "error": str(error).removeprefix("q: ")}
        return shown(request, "search.html", refused, names=[], status=400)
    kind = asked.choice(request, "kind", KINDS)
    state = asked.choice(request, "state", STATES)
    kind = "claims" if state else kind
    after = _after(request, kind)
    size = asked.page_size(request, default=ON_A_PAGE)
    if not words:
        return shown(request, "search.html", {"q": ""}, names=[])
    reading = read_words(words)
    if not reading.finds:
        return shown(request, "search.html", {"q": words, "unread": _unread(words, reading)}, names=[])
    context = _found(words, reading, kind=kind, state=state, after=after, size=size)
    return shown(request, "search.html", {"q": words, "kind": kind, "state": state, **context}, names=[])


def marked(text: str) -> SafeString:
    """Text with its matches in `mark` elements, escaped first, whatever it holds."""
    found = _MARKED.sub(r"<mark>\1</mark>", str(escape(text)))
    return mark_safe(found.replace(BEGIN, "").replace(END, ""))  # noqa: S308 (escaped above)


def _after(request: HttpRequest, kind: str) -> tuple[object, ...] | None:
    if kind == "claims":
        return asked.after(request, (int, UUID))
    if kind == "evidence":
        return asked.after(request, (int, date, UUID))
    if request.GET.get("after"):
        raise BadInput("after: goes on within one kind; add kind=claims or kind=evidence.")
    return None


def _unread(words: str, reading: Reading) -> str:
    if reading.parts:
        return "This asks only for what is not there. Add a word to look for."
    if not any(character.isalnum() for character in words):
        return "There is no word in this to look for."
    return "These words stand in nearly every text, so they are not searched for. Add one that says more."


def _found(
    words: str, reading: Reading, *, kind: str, state: str, after: tuple[object, ...] | None, size: int
) -> dict[str, object]:
    claims = FoundClaims([], more=False)
    items = FoundItems([], more=False)
    if kind != "evidence":
        of_claims = size if kind else min(size, CLAIMS_BESIDE_EVIDENCE)
        claims = search_claims(words, reading, state=state, after=after, size=of_claims)  # type: ignore[arg-type]
    if kind != "claims":
        items = search_items(words, reading, after=after, size=size)  # type: ignore[arg-type]
    found = bool(claims.rows or items.rows)
    return {
        "chips": _chips(words, kind, state),
        "claims": [_claim(row) for row in claims.rows],
        "claims_told": _told(claims, "claim"),
        "items": [_item(row) for row in items.rows],
        "items_told": _told(items, "item"),
        "bounded": claims.bounded or items.bounded,
        "more_claims": _address(words, kind="claims", state=state) if claims.more and not kind else "",
        "older": _older(words, claims, items, kind=kind, state=state, size=size),
        "first": _address(words, kind=kind, state=state) if after else "",
        "nothing": not found and not after,
        "beyond": not found and bool(after),
        "suggestions": [] if found or after else _suggestions(words),
        "sources": f"/sources/?{urlencode({'q': words[:100]})}",
        "everywhere": _address(words) if kind or state else "",
    }


def _address(words: str, **chosen: str) -> str:
    given = {"q": words, **{name: value for name, value in chosen.items() if value}}
    return f"/search/?{urlencode(given)}"


def _chips(words: str, kind: str, state: str) -> list[tuple[str, str, bool]]:
    offered = [
        ("Everything", "", ""),
        ("Claims", "claims", ""),
        ("Open claims", "claims", "open"),
        ("Settled claims", "claims", "settled"),
        ("Evidence", "evidence", ""),
    ]
    return [(label, _address(words, kind=of, state=at), (of, at) == (kind, state)) for label, of, at in offered]


def _older(words: str, claims: FoundClaims, items: FoundItems, *, kind: str, state: str, size: int) -> str:
    sized = "" if size == ON_A_PAGE else str(size)
    if kind == "claims":
        return (
            _address(words, kind=kind, state=state, page_size=sized, after=encode(claims.next)) if claims.more else ""
        )
    return _address(words, kind="evidence", page_size=sized, after=encode(items.next)) if items.more else ""


def _told(found: FoundClaims | FoundItems, unit: str) -> str:
    if found.bounded:
        return f"the best of the newest {NEWEST:,}"
    return f"{found.matches:,} {unit}{'' if found.matches == 1 else 's'}"


def _claim(row: FoundClaim) -> dict[str, object]:
    number, word = stand(row.status, row.probability)
    return {
        "href": paths.claim_path(row.slug),
        "title": marked(row.title),
        "statement": marked(row.statement),
        "settled": row.status != "open",
        "icon": icon(row.status),
        "number": number,
        "word": word,
    }


def _item(row: FoundItem) -> dict[str, object]:
    return {
        "href": paths.evidence_path(row.id),
        "title": marked(row.title),
        "summary": marked(_cut(row.summary, row.whole_summary)),
        "quotation": marked(row.quotation),
        "day": partial_tag(row.published_from, row.published_to)
        or partial_tag(row.event_from, row.event_to, "undated"),
        "source": row.source,
        "source_path": paths.source_path(row.source_slug),
        "grade": grade_tag(row.reliability, row.credibility),
        "bears": f"bears on {row.claims} claim{'' if row.claims == 1 else 's'}"
        if row.claims
        else "bears on no claim yet",
    }


def _cut(parts: str, whole: str) -> str:
    """The parts of a text with dots where it goes on before the first or after the last of them."""
    plain = parts.replace(BEGIN, "").replace(END, "").split(GAP)
    before = "" if whole.startswith(plain[0]) else "… "
    after = "" if whole.endswith(plain[-1]) else " …"
    return f"{before}{parts}{after}"


def _suggestions(words: str) -> Sequence[tuple[str, str]]:
    """Words of titles that are spelt nearly like those asked for, each with the search for it."""
    typed = list(dict.fromkeys(re.findall(r"[^\W\d_]{4,}", words.lower())))[: SUGGESTIONS * 2]
    known = words_in_use()
    near = [close for word in typed for close in get_close_matches(word, known, n=2, cutoff=0.7) if close != word]
    return [(word, _address(word)) for word in list(dict.fromkeys(near))[:SUGGESTIONS]]
