"""The stale claims, the most pressing first, each once with all its reasons; and those of one claim."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from claims.models import Claim
from claims.models.claims import NEVER
from claims.queries.stale_cited import Resting, resting_on_fallen
from claims.queries.stale_news import news_of
from claims.queries.stale_order import CHANCE, CITED, CLASSES, DECIDED, Filters, Found, Place, rows_of
from claims.queries.stale_relations import Contradicted, contradicted
from claims.stale import Action, Decided, HorizonPassed, Reason, ReviewPassed, Why, by_pressure, settles

PAGE = 50
MOST_COUNTED = 100
LOOKED_THROUGH = 200
"""Of claims with new evidence, so many are looked at for signposts met before a page ends."""


@dataclass(frozen=True, slots=True)
class Stale:
    """A stale claim with its reasons, the most pressing first; `place` is where in the list it stands."""

    place: Place
    slug: str
    title: str
    status: str
    probability: Decimal | None
    assessed_on: date | None
    locked: bool
    owner: UUID | None
    owner_name: str
    reasons: tuple[Reason, ...]

    @property
    def action(self) -> Action:
        """The one act that settles it."""
        return settles(self.reasons)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of stale claims; `after` is where the next one goes on; `count` of all, on the first page, up to 101."""

    claims: Sequence[Stale]
    after: Place | None
    count: int | None


def stale(filters: Filters, *, today: date, after: Place | None = None, size: int = PAGE, count: bool = False) -> Page:
    """A page of the stale claims. Five SQL queries, whatever their number.

    Those that rest on what fell or contradict another claim are few and looked up as such; the others are read off
    an index each, one after another, until the page is full. To find signposts met, `LOOKED_THROUGH` claims with new
    evidence are looked at, so that a page may hold few of them, or none, and yet go on. `count` counts on the way.
    """
    contradictions, resting = contradicted(), resting_on_fallen()
    wanted = LOOKED_THROUGH if filters.why == Why.SIGNPOST else size
    counted = count and after is None and filters.why != Why.SIGNPOST
    rows = rows_of(
        filters,
        named=_named(contradictions, resting, filters.why),
        today=today,
        after=after,
        limit=max(wanted, MOST_COUNTED if counted else 0) + 1,
    )
    shown = _told(rows[:wanted], contradictions, resting, today=today)
    last = _place(rows[wanted - 1]) if len(rows) > wanted else None
    if filters.why == Why.SIGNPOST:
        shown = [one for one in shown if any(reason.why == Why.SIGNPOST for reason in one.reasons)]
    return Page(shown, last, min(len(rows), MOST_COUNTED + 1) if counted else None)


def stale_claim(claim: Claim, *, today: date) -> tuple[Reason, ...]:
    """Why a claim is stale, the most pressing reason first; nothing where it is not. At most four SQL queries."""
    reasons: list[Reason] = [one.reason for one in contradicted(claim.id).get(claim.id, ())]
    reasons += [one.reason for one in resting_on_fallen(claim.id).values()]
    for new, met in news_of([claim.id], today=today).values():
        reasons += [*met, new]
    reasons += _by_days(claim.status, claim.due_sort, claim.review_due_on, today)
    return by_pressure(reasons)


def _named(
    contradictions: Mapping[UUID, Sequence[Contradicted]], resting: Mapping[UUID, Resting], why: Why | None
) -> dict[UUID, tuple[int, date]]:
    """The claims that are looked up by name: each with its most pressing class there, or the one asked for."""
    found: dict[UUID, tuple[int, date]] = {}
    told = [
        (DECIDED if isinstance(one.reason, Decided) else CHANCE, one.since, claim)
        for claim, reasons in contradictions.items()
        for one in reasons
    ]
    told += [(CITED, one.since, claim) for claim, one in resting.items()]
    asked = {rank for rank, whys, *_ in CLASSES if why is None or why in whys}
    for rank, since, claim in sorted(told):
        if rank in asked:
            found.setdefault(claim, (rank, since))
    return found


def _told(
    rows: Sequence[Found],
    contradictions: Mapping[UUID, Sequence[Contradicted]],
    resting: Mapping[UUID, Resting],
    *,
    today: date,
) -> list[Stale]:
    news = news_of([row.id for row in rows], today=today)
    found = []
    for row in rows:
        reasons: list[Reason] = [one.reason for one in contradictions.get(row.id, ())]
        if row.id in resting:
            reason = resting[row.id].reason
            fallen = {item.number for item in reason.items}
            reasons.append(replace(reason, kept=tuple(number for number in row.cited if number not in fallen)))
        if row.id in news:
            new, met = news[row.id]
            reasons += [*met, new]
        reasons += _by_days(row.status, row.due, row.review, today)
        if reasons:
            found.append(_stale(row, reasons))
    return found


def _by_days(status: str, due: date, review: date | None, today: date) -> list[Reason]:
    if status != "open":
        return []
    found: list[Reason] = []
    if due < today:
        found.append(HorizonPassed(due))
    if review is not None and review < today:
        found.append(ReviewPassed(review))
    return found


def _stale(row: Found, reasons: Iterable[Reason]) -> Stale:
    return Stale(
        place=_place(row),
        slug=row.slug,
        title=row.title,
        status=row.status,
        probability=row.probability,
        assessed_on=None if row.assessed == NEVER else row.assessed,
        locked=row.locked,
        owner=row.owner,
        owner_name=row.owner_name or "",
        reasons=by_pressure(reasons),
    )


def _place(row: Found) -> Place:
    return row.rank, row.since, row.id
