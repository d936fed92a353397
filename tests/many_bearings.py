"""A matrix of any size, written in bulk: every item bears on every claim, or on some of them."""

from collections.abc import Sequence
from datetime import timedelta

from claims.actions.kept import COUNTS, renew
from claims.actions.record import record
from claims.models import Bearing, BearingRevision, Claim, Evidence, Source, Stance, User, Verb, Weight
from tests.factories import DAY, NOW, a_source, the_house


def many_bearings(
    claims: Sequence[Claim],
    items: int,
    *,
    every: int = 1,
    torn_every: int = 0,
    other: User | None = None,
    sources: Sequence[Source] = (),
) -> list[Evidence]:
    """`items` new items, each bearing on every `every`-th claim, in turn; each bearing has its revision.

    Every `torn_every`-th bearing has an earlier one by `other`, who said otherwise.
    """
    by, sources = the_house(), sources or [a_source()]
    event = record(by=by, verb=Verb.EVIDENCE_LOGGED, subject=by, about_on=DAY, now=NOW, payload={"many": items})
    made = [_item(place, sources[place % len(sources)], by) for place in range(items)]
    Evidence.objects.bulk_create(made, batch_size=1000)
    taken = dict.fromkeys((claim.id for claim in claims), 0)
    bearings: list[Bearing] = []
    revisions: list[BearingRevision] = []
    for row, item in enumerate(made):
        for column, claim in enumerate(claims):
            if (row + column) % every:
                continue
            taken[claim.id] += 1
            turn = row * 7 + column * 3
            bearing = Bearing(
                claim=claim,
                evidence=item,
                number=taken[claim.id],
                stance=Stance.values[turn % 4],
                weight=Weight.values[turn // 4 % 4],
                state="published",
                known_by=item.published_to or DAY,
                live=True,
                by=by,
                set_at=NOW,
            )
            said = [(by, bearing.stance)]
            if torn_every and len(bearings) % torn_every == 0:
                said.insert(0, (other or by, Stance.values[(turn + 1) % 4]))
            revisions += [
                BearingRevision(
                    bearing=bearing,
                    number=number,
                    stance=stance,
                    weight=bearing.weight,
                    state="published",
                    by=who,
                    recorded_at=NOW,
                    event=event,
                )
                for number, (who, stance) in enumerate(said, 1)
            ]
            bearings.append(bearing)
    Bearing.objects.bulk_create(bearings, batch_size=2000)
    BearingRevision.objects.bulk_create(revisions, batch_size=2000)
    renew(COUNTS, list(taken), today=DAY)
    return made


def _item(place: int, source: Source, by: User) -> Evidence:
    known = DAY - timedelta(days=1 + place % 300)
    address = f"https://matrix.example/{source.slug}/{place}"
    return Evidence(
        address=address,
        address_norm=address,
        source=source,
        title=f"Item {place} of many, with a title of the length that titles have",
        credibility=1 + place % 6,
        summary=f"What item {place} says.",
        type="newspaper",
        state="published",
        published_from=known,
        published_to=known,
        logged_on=DAY,
        logged_at=NOW,
        touched_at=NOW,
        by=by,
    )
