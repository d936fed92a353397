"""Things to test with: plain functions, one for each noun, made by the same actions as the site's own.

Days are passed in and lie around DAY, so that no test depends on the clock. `many_items` and `many_claims` alone
write rows in bulk, without an event each, and renew what is kept on the claims; feeds and leads are private rows.
"""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from claims.actions.articles import ArticleWords, Author, add_article
from claims.actions.attach import NewBearing, next_numbers
from claims.actions.claim_words import ClaimWords
from claims.actions.evidence_words import EvidenceWords
from claims.actions.judge import Judgement, assess, resolve
from claims.actions.kept import COUNTS, EVERYTHING, renew
from claims.actions.log_evidence import log_evidence
from claims.actions.open_claim import open_claim
from claims.actions.people import ensure_house_person
from claims.actions.record import record
from claims.actions.sources import add_source
from claims.actions.topics import add_topic
from claims.dates import PartialDate
from claims.models import (
    Article,
    Assessment,
    Bearing,
    Claim,
    ClaimRevision,
    ClaimTopic,
    Event,
    Evidence,
    Feed,
    Lead,
    Source,
    Stance,
    Topic,
    User,
    UserRole,
    Verb,
    Weight,
)

DAY = date(2026, 6, 1)
NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)

_numbers = itertools.count(1)

# A claim, or a claim with stance, or with stance and weight, or the bearing itself.
AnyBearing = Claim | tuple[Claim, str] | tuple[Claim, str, str] | NewBearing


def on(days: int) -> date:
    """The day so many days after DAY; before it when negative."""
    return DAY + timedelta(days=days)


def a_person(*roles: str, trusted: bool = False, name: str = "", suspended: bool = False) -> User:
    """An account with these roles; an analyst is new unless `trusted`. Makes no event."""
    number = next(_numbers)
    person = User.objects.create(
        email=f"person-{number}@example.org",
        name=name or f"Person {number}",
        trusted_at=NOW if trusted else None,
        suspended_at=NOW if suspended else None,
    )
    UserRole.objects.bulk_create(UserRole(user=person, role=role) for role in roles)
    return person


def the_house() -> User:
    """The editor in whose name everything is made that names nobody else."""
    return ensure_house_person()


def an_article(
    *,
    by: User | None = None,
    slug: str = "",
    published: str | None = "2025-03-31/2025-04-06",
    today: date = DAY,
    **words: object,
) -> Article:
    """An article of eleven paragraphs."""
    number = next(_numbers)
    said = ArticleWords(
        title=f"Article {number}",
        summary="What it argues, in our words.",
        paragraphs=11,
        publisher="The Paper",
        authors=[Author(name="An Author")],
        published=_partial(published),
    )
    said = replace(said, **words)  # type: ignore[arg-type]
    return add_article(by=by or the_house(), slug=slug or f"article-{number}", words=said, today=today)


def a_topic(name: str = "", *, by: User | None = None, slug: str = "", today: date = DAY) -> Topic:
    """A topic."""
    return add_topic(by=by or the_house(), name=name or f"Topic {next(_numbers)}", slug=slug, today=today)


def a_source(
    domain: str = "",
    *,
    by: User | None = None,
    name: str = "",
    kind: str = "newspaper",
    country: str = "PL",
    reliability: str | None = "B",
    today: date = DAY,
) -> Source:
    """A source with one domain, graded B unless said otherwise."""
    number = next(_numbers)
    return add_source(
        by=by or the_house(),
        domains=[domain or f"source-{number}.example"],
        name=name or f"Source {number}",
        kind=kind,
        country=country,
        reliability=reliability,
        today=today,
    )


def claim_words(**words: object) -> ClaimWords:
    """Words of a claim that can be opened."""
    number = next(_numbers)
    said = ClaimWords(
        title=f"Claim {number}",
        statement=f"Claim {number} comes true by its day.",
        criteria="A public document says that it did.",
        horizon=on(200),
        author_confidence="will",
        signposts=[("A treaty is signed.", "up"), ("Talks break down.", "down")],
    )
    return replace(said, **words)  # type: ignore[arg-type]


def a_claim(
    article: Article | None = None,
    *,
    by: User | None = None,
    paragraph: int = 1,
    kind: str = "prediction",
    topics: Iterable[Topic] = (),
    opened_on: date | None = None,
    slug: str = "",
    today: date = DAY,
    **words: object,
) -> Claim:
    """An open claim of an article (of a new one unless given), opened 100 days before `today`, due 200 after DAY."""
    by = by or the_house()
    return open_claim(
        by=by,
        article=article or an_article(by=by),
        paragraph=paragraph,
        kind=kind,
        words=claim_words(**words),
        topics=topics,
        opened_on=opened_on or today - timedelta(days=100),
        slug=slug,
        today=today,
    )


def item_words(*, source: Source | None = None, **words: object) -> EvidenceWords:
    """Words of an item; `published` and `event` may be written as text, such as "2026-05"."""
    number = next(_numbers)
    said = EvidenceWords(
        address=f"https://news.example/{number}",
        title=f"Item {number}",
        summary=f"What item {number} says.",
        source=source,
        credibility=2,
        published=PartialDate(on(-30), on(-30)),
    )
    for field in ("published", "event"):
        if field in words:
            words[field] = _partial(words[field])
    return replace(said, **words)  # type: ignore[arg-type]


def bearings_on(*bearings: AnyBearing) -> list[NewBearing]:
    """Bearings in short form: a claim (supports, moderate), (claim, stance) or (claim, stance, weight)."""
    return [_bearing(bearing) for bearing in bearings]


def an_item(
    bearings: Sequence[AnyBearing] = (),
    *,
    by: User | None = None,
    source: Source | None = None,
    draft: bool = False,
    key: str = "",
    today: date = DAY,
    now: datetime | None = None,
    **words: object,
) -> Evidence:
    """An item published 30 days before DAY, of a new source unless given; a new analyst's waits in the queue."""
    logged = log_evidence(
        by=by or the_house(),
        words=item_words(source=source or a_source(), **words),
        bearings=bearings_on(*bearings),
        draft=draft,
        key=key,
        today=today,
        now=now,
    )
    return logged.evidence


def a_judgement(**words: object) -> Judgement:
    """An open judgement of 40 % as of DAY that cites nothing; with another status, without a probability."""
    chance = Decimal("0.4") if words.get("status", "open") in ("open", "partly-borne-out") else None
    said = Judgement(as_of=DAY, rationale="Nothing has moved since.", confidence="moderate", probability=chance)
    return replace(said, **words)  # type: ignore[arg-type]


def an_assessment(
    claim: Claim,
    *,
    by: User | None = None,
    cites: Iterable[Evidence | UUID] = (),
    today: date | None = None,
    now: datetime | None = None,
    **words: object,
) -> Assessment:
    """A judgement of a claim as of DAY; one with a status other than open resolves it."""
    ids = [item.id if isinstance(item, Evidence) else item for item in cites]
    judgement = a_judgement(cites=ids, **words)
    verb = assess if judgement.status == "open" else resolve
    return verb(
        by=by or the_house(), claim=claim, judgement=judgement, today=today or max(DAY, judgement.as_of), now=now
    )


def many_items(
    claim: Claim,
    n: int,
    *,
    source: Source | None = None,
    story_of: int = 0,
    first_known: date | None = None,
    per_day: int = 10,
    today: date = DAY,
) -> list[Evidence]:
    """`n` published items on a claim, fast: stances and weights in turn, `per_day` on each day from `first_known` on.

    With `story_of` k, each k items after one another report one story.
    """
    source = source or a_source()
    begin = first_known or today - timedelta(days=1 + n // per_day)
    number = next_numbers([claim.id])[claim.id]
    base = next(_numbers)
    by = the_house()
    items, rows = [], []
    for place in range(n):
        known = min(begin + timedelta(days=place // per_day), today)
        address = f"https://many-{base}.example/{place}"
        item = Evidence(
            address=address,
            address_norm=address,
            source=source,
            title=f"Item {base}.{place}",
            credibility=1 + place % 6,
            summary=f"What item {place} of many says.",
            type="newspaper",
            state="published",
            published_from=known,
            published_to=known,
            logged_on=today,
            logged_at=NOW,
            touched_at=NOW,
            by=by,
            story=f"story-{base}-{place // story_of}" if story_of else "",
        )
        items.append(item)
        rows.append(
            Bearing(
                claim=claim,
                evidence=item,
                number=number + place,
                stance=Stance.values[place % 4],
                weight=Weight.values[place // 4 % 4],
                state="published",
                known_by=known,
                live=True,
                by=by,
                set_at=NOW,
            )
        )
    Evidence.objects.bulk_create(items, batch_size=1000)
    Bearing.objects.bulk_create(rows, batch_size=1000)
    renew(COUNTS, [claim.id], today=today)
    claim.refresh_from_db()
    return items


def many_claims(
    n: int,
    *,
    article: Article | None = None,
    topics: Sequence[Topic] = (),
    assessed: bool = True,
    settled_every: int = 7,
    today: date = DAY,
) -> list[Claim]:
    """`n` claims of an article, fast, spread over paragraphs and days; each judged once unless not `assessed`.

    Every `settled_every`-th is borne out or not, in turn (0: none); topics are given in turn. All point at one event.
    """
    by = the_house()
    article = article or an_article(by=by)
    event = record(by=by, verb=Verb.CLAIM_OPENED, subject=article, about_on=today, now=NOW, payload={"many": n})
    claims = [_one_of_many(place, article=article, today=today) for place in range(n)]
    Claim.objects.bulk_create(claims, batch_size=1000)
    ClaimRevision.objects.bulk_create((_wording(claim, event, by) for claim in claims), batch_size=1000)
    if topics:
        ClaimTopic.objects.bulk_create(
            (ClaimTopic(topic=topics[place % len(topics)], claim=claim) for place, claim in enumerate(claims)),
            batch_size=1000,
        )
    if assessed:
        Assessment.objects.bulk_create(
            (
                _judged(place, claim, event, by, settled=settled_every > 0 and place % settled_every == 0)
                for place, claim in enumerate(claims)
            ),
            batch_size=1000,
        )
    for kept in EVERYTHING:
        renew(kept, [claim.id for claim in claims], today=today)
    return list(Claim.objects.filter(article=article, id__in=[claim.id for claim in claims]).order_by("id"))


def _one_of_many(place: int, *, article: Article, today: date) -> Claim:
    number = next(_numbers)
    opened = today - timedelta(days=400 - place % 300)
    return Claim(
        slug=f"many-claims-{number}",
        article=article,
        paragraph=1 + place % article.paragraphs,
        kind="prediction",
        opened_on=opened,
        title=f"Claim {number} of many",
        statement=f"Claim {number} of many comes true by its day.",
        due_sort=today + timedelta(days=1 + place % 900),
    )


def _wording(claim: Claim, event: Event, by: User) -> ClaimRevision:
    return ClaimRevision(
        claim=claim,
        number=1,
        type="opening",
        in_force_from=claim.opened_on,
        by=by,
        recorded_at=NOW,
        event=event,
        title=claim.title,
        statement=claim.statement,
        criteria="A public document says so.",
        horizon=claim.due_sort,
        review_every_days=60,
    )


def _judged(place: int, claim: Claim, event: Event, by: User, *, settled: bool) -> Assessment:
    as_of = claim.opened_on + timedelta(days=place % 90)
    row = Assessment(
        claim=claim,
        as_of=as_of,
        status="open",
        probability=Decimal(1 + place % 999) / 1000,
        confidence="moderate",
        rationale="As things stood.",
        by=by,
        recorded_at=NOW,
        event=event,
    )
    if settled:
        row.status, row.probability = ("borne-out", Decimal(1)) if place % 2 else ("not-borne-out", Decimal(0))
        row.occurred_on = as_of
    return row


def _bearing(bearing: AnyBearing) -> NewBearing:
    if isinstance(bearing, NewBearing):
        return bearing
    if isinstance(bearing, Claim):
        return NewBearing(bearing.id, "supports", "moderate")
    claim, stance, *weight = bearing
    return NewBearing(claim.id, stance, weight[0] if weight else "moderate")


def _partial(day: object) -> PartialDate | None:
    return PartialDate.parse(day) if isinstance(day, str) else day  # type: ignore[return-value]


def a_feed(**columns: object) -> Feed:
    """A watched feed, stored as a row."""
    place = next(_numbers)
    address = f"https://feed{place}.example.org/rss"
    row = Feed(**{"address": address, "address_norm": address, "added_at": NOW, "poll_after": NOW, **columns})
    row.save(force_insert=True)
    return row


def a_lead(**columns: object) -> Lead:
    """A lead that nobody decided on, stored as a row."""
    place = next(_numbers)
    address = f"https://lead.example.org/{place}"
    told = {"address": address, "address_norm": address, "title": f"Lead {place}", "seen_at": NOW, "dated_at": NOW}
    row = Lead(**{**told, **columns})
    row.save(force_insert=True)
    return row
