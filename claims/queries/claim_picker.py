"""Claims to choose from while logging: found by words as one types, and those that a person used last."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, F, QuerySet, When

from claims.models import Claim, Event, EventClaim, Verb
from claims.scoring import outlook, percent_words

MOST_WORDS = 8
# However common a word is, no more claims than these are ranked.
MOST_RANKED = 300
ACTS_LOOKED_AT = 20

_COLUMNS = ("id", "slug", "title", "statement", "status", "probability", "locked_because")
_USING = (Verb.EVIDENCE_LOGGED, Verb.EVIDENCE_SUBMITTED, Verb.BEARING_SET, Verb.BEARING_CHANGED)


@dataclass(frozen=True, slots=True)
class Pickable:
    """A claim as a form shows it: what is judged, and how it stands."""

    id: UUID
    slug: str
    title: str
    statement: str
    standing: str
    locked: str


@dataclass(frozen=True, slots=True)
class Used:
    """Claims that a person had to do with last; `today` where all of it was today."""

    claims: list[Pickable]
    today: bool


def find_claims(words: str, *, limit: int = 8, without: Collection[UUID] = ()) -> list[Pickable]:
    """The claims whose title or statement has these words, the last of which may be cut off; open ones first.

    A claim's address finds that claim. One query.
    """
    if found := re.search(r"/claims/([a-z0-9-]{1,80})/?", words):
        return [_pickable(row) for row in _rows(Claim.objects.filter(slug=found[1]).exclude(id__in=without))]
    query = _prefix_query(words)
    if query is None:
        return []
    matching = Claim.objects.filter(search=query).exclude(id__in=without).values("id")[:MOST_RANKED]
    ranked = Claim.objects.filter(id__in=matching).order_by(
        Case(When(status="open", then=0), default=1), SearchRank(F("search"), query).desc(), "id"
    )
    return [_pickable(row) for row in _rows(ranked[:limit])]


def _prefix_query(words: str) -> SearchQuery | None:
    parts = re.findall(r"[^\W_]+", words)[:MOST_WORDS]
    if not parts:
        return None
    *whole, last = parts
    # "presiden" is not the beginning of what "president" is stored as ("presid"), so shorter beginnings count too.
    begun = " | ".join(f"{last[:end]}:*" for end in range(len(last), max(len(last) - 4, min(3, len(last) - 1)), -1))
    return SearchQuery(" & ".join([*whole, f"({begun})"]), search_type="raw", config="english")


def claims_by_id(ids: Iterable[UUID]) -> dict[UUID, Pickable]:
    """Those of these claims that exist. One query, none where nothing is asked for."""
    wanted = list(ids)
    return {row["id"]: _pickable(row) for row in _rows(Claim.objects.filter(id__in=wanted))} if wanted else {}


def claim_by_slug(slug: str) -> Pickable | None:
    """One claim, or None, also for what is no slug. One query."""
    if not re.fullmatch("[a-z0-9-]{1,80}", slug):
        return None
    return next((_pickable(row) for row in _rows(Claim.objects.filter(slug=slug))), None)


def used_last(*, by: UUID, today: date, limit: int = 6) -> Used:
    """The claims that a person's last acts of logging touched, the latest first; today's alone where there are any.

    One query.
    """
    acts = Event.objects.filter(actor_id=by, verb__in=_USING).order_by("-id").values("id")[:ACTS_LOOKED_AT]
    columns = {column: F(f"claim__{column}") for column in _COLUMNS if column != "id"}
    touched = EventClaim.objects.filter(event_id__in=acts).order_by("-event_id", "claim_id").annotate(id=F("claim_id"))
    rows: list[Any] = list(touched.values("id", "event__recorded_at", **columns))
    of_today = [row for row in rows if row["event__recorded_at"].date() >= today]
    latest = {row["id"]: _pickable(row) for row in of_today or rows}
    return Used(list(latest.values())[:limit], today=bool(of_today))


def _rows(claims: "QuerySet[Claim]") -> list[dict[str, Any]]:
    return list(claims.values(*_COLUMNS))


def _pickable(row: dict[str, Any]) -> Pickable:
    standing = standing_words(row["status"], row["probability"])
    return Pickable(row["id"], row["slug"], row["title"], row["statement"], standing, row["locked_because"])


def standing_words(status: str, probability: Decimal | None) -> str:
    """How a claim stands, in few words: "78 %, likely", "borne out", "not assessed yet"."""
    if status != "open":
        return status.replace("-", " ")
    if probability is None:
        return "not assessed yet"
    return f"{percent_words(probability)}, {outlook(probability).words}"
