"""Redacting an item: all that it says is destroyed on legal grounds, and that this was done stays on record."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from claims.actions.acts import act
from claims.actions.attach import claims_of, known_from
from claims.actions.destroy import (
    blank_flags,
    destroy_bodies,
    end_sessions,
    forget_mail_that_tells,
    forget_unsent_that_tells,
    grounds,
    sample_anew,
    text_of_session,
    with_body,
)
from claims.actions.errors import WrongState
from claims.actions.kept import COUNTS, renew
from claims.actions.lead_redact import blank_leads, forget_words, leads_of, norms_of
from claims.actions.locks import check_version, lock_claims, lock_evidence
from claims.actions.mail import tell
from claims.actions.merge_redact import EVENTS_OF_MERGES, blank_merges_of, merged_with
from claims.actions.permissions import Right, require
from claims.actions.record import kind_of, record
from claims.models import (
    ActKey,
    Bearing,
    BearingRevision,
    Event,
    EventBody,
    EventClaim,
    Evidence,
    EvidenceLink,
    EvidenceState,
    Flag,
    User,
    Verb,
)
from claims.names import name_of

BLANKED = (
    "address", "address_norm", "title", "author", "summary", "quotation", "looked_for", "story", "returned_because",
)  # fmt: skip
TELLING = ("address", "title", "author", "summary", "quotation", "looked_for")


@dataclass(frozen=True)
class Going:
    """An item on its way out: the locked row as it was, each title and address that it ever had, its flags' answers,
    the leads to it.
    """

    item: Evidence
    titles: Collection[str]
    addresses: Collection[str]
    answers: Collection[str]
    leads: Collection[UUID]
    now: datetime

    @property
    def telling(self) -> Collection[str]:
        """Texts by which whatever tells of the item is known; titles as sentences quote them."""
        return [*self.addresses, *(f"“{title}”" for title in self.titles)]


@act
def redact_evidence(
    *,
    by: User,
    evidence: Evidence,
    reason: str,
    legal_basis: str,
    seen_version: int | None = None,
    today: date,
    now: datetime | None = None,
) -> Evidence:
    """Destroys what an item says, in whatever state it is, if it was ever told to others than its author.

    A lock on a claim does not hold it up: a moderator's word yields to the law.
    Raises NotAllowed, Stale, WrongState, Invalid.
    """
    require(by, Right.REDACT)
    now = now or timezone.now()
    held = _locked(evidence, seen_version)
    reason = grounds(reason, legal_basis, tells=[getattr(held, field) for field in TELLING])
    told = _told(held)
    leads = leads_of(held.id, norms_of(told["address"]))
    events = _events_about(held.id, leads)
    borne = lock_claims(claims_of(held))
    bodies = with_body(events)
    told_of = set(EventClaim.objects.filter(event_id__in=events).values_list("claim_id", flat=True))
    tombstone = record(
        by=by,
        verb=Verb.EVIDENCE_REDACTED,
        subject=held,
        about_on=known_from(held),
        now=now,
        claims=sorted(told_of | set(borne)),
        touched=[name_of("source", held.source_id), *_linked(held.id), *merged_with(held.id)],
        payload={"reason": reason, "legal_basis": str(legal_basis), "bodies": len(bodies)},
    )
    answers = set(_flags_on(held).exclude(answer="").values_list("answer", flat=True))
    going = Going(held, told["title"], told["address"], answers, leads, now)
    destroy_bodies(bodies, tombstone=tombstone.id)
    for destroy in DESTROYED:
        destroy(going)
    held.state, held.touched_at = EvidenceState.REDACTED, now
    held.version += 1
    for field in BLANKED:
        setattr(held, field, "")
    held.save()
    renew(COUNTS, borne, today=today)
    _tell_author(held, reason, by=by, now=now)
    transaction.on_commit(sample_anew, robust=True)
    return held


def _locked(evidence: Evidence, seen_version: int | None) -> Evidence:
    held = lock_evidence(evidence.id)
    if held.state == EvidenceState.REDACTED:
        raise WrongState("The item is redacted already.")
    if not Event.objects.filter(subject_type=kind_of(held), subject_id=held.id).exists():
        raise WrongState("The item was never sent by its author, and nobody else has seen it.")
    check_version("The item", held, seen_version)
    return held


# Acts on the item, its bearings and the flags on it, and links from and to other items, which give a reason.
_EVENTS_ABOUT = """
SELECT id FROM event WHERE subject_type = 'evidence' AND subject_id = %(item)s
 UNION
SELECT event.id FROM bearing JOIN event ON event.subject_type = 'bearing' AND event.subject_id = bearing.id
 WHERE bearing.evidence_id = %(item)s
 UNION
SELECT bearing_revision.event_id FROM bearing JOIN bearing_revision ON bearing_revision.bearing_id = bearing.id
 WHERE bearing.evidence_id = %(item)s
 UNION
SELECT event.id FROM flag JOIN event ON event.subject_type = 'flag' AND event.subject_id = flag.id
 WHERE flag.subject_type = 'evidence' AND flag.subject_id = %(item)s
 UNION
SELECT event_id FROM evidence_link WHERE %(item)s IN (from_item_id, to_item_id)
 UNION
SELECT event.id FROM suggestion
  JOIN event ON event.subject_type = 'suggestion' AND event.subject_id = suggestion.id
 WHERE suggestion.lead_id = ANY(%(leads)s::uuid[])
"""


def _events_about(item: UUID, leads: Collection[UUID]) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(f"{_EVENTS_ABOUT} UNION {EVENTS_OF_MERGES}", {"item": item, "leads": list(leads)})
        return [row[0] for row in cursor.fetchall()]


def _linked(item: UUID) -> Iterator[str]:
    """The names of items that are linked with this one, whose histories told of it."""
    for link in EvidenceLink.objects.filter(from_item=item):
        yield name_of("evidence", link.to_item_id)
    for link in EvidenceLink.objects.filter(to_item=item):
        yield name_of("evidence", link.from_item_id)


def _told(held: Evidence) -> Mapping[str, Collection[str]]:
    """Each title and each address that the item ever had."""
    said = [{"title": held.title, "address": held.address}, {"address": held.address_norm}]
    bodies = EventBody.objects.filter(event__subject_type=kind_of(held), event__subject_id=held.id)
    said += bodies.values_list("payload", flat=True)
    return {name: {str(one.get(name) or "") for one in said} - {""} for name in ("title", "address")}


def _flags_on(held: Evidence) -> "QuerySet[Flag]":
    return Flag.objects.filter(subject_type="evidence", subject_id=held.id)


def _notes(going: Going) -> None:
    Bearing.objects.filter(evidence=going.item).exclude(note="").update(note="")
    BearingRevision.objects.filter(bearing__evidence=going.item).exclude(note="").update(note="")


def _flags(going: Going) -> None:
    blank_flags(_flags_on(going.item))


def _leads(going: Going) -> None:
    blank_leads(going.leads, norms_of(going.addresses), now=going.now)


def _words(going: Going) -> None:
    forget_words(going.item.id, claims_of(going.item))


def _unsent(going: Going) -> None:
    forget_unsent_that_tells([*going.addresses, *going.titles], about=going.item.id)


def _merges(going: Going) -> None:
    blank_merges_of(going.item.id, now=going.now)


def _mail(going: Going) -> None:
    answered = {f"\n\n{answer}" for answer in going.answers}
    # As claims.actions.decide begins a subject, which is cut where it is long.
    beginnings = {f"{title}: " if len(title) <= 150 else title[:90] for title in going.titles}
    forget_mail_that_tells(answered.union(going.telling), beginnings=beginnings)


def _keys(going: Going) -> None:
    """The print of an act tells whether a guess at its words is right."""
    ActKey.objects.filter(subject_id=going.item.id).delete()


def _sessions(going: Going) -> None:
    end_sessions(lambda held: any(text in text_of_session(held) for text in going.telling))


DESTROYED: tuple[Callable[[Going], None], ...] = (
    _notes, _flags, _merges, _leads, _words, _unsent, _mail, _keys, _sessions,
)  # fmt: skip
"""Each place beside its row and its events that keeps something of an item, and what empties it.

Whatever comes to keep more of an item, such as a capture of its page, adds its function here. It runs inside the
transaction, after the events' bodies went and before the row is emptied; files it deletes on commit.
"""


def _tell_author(held: Evidence, reason: str, *, by: User, now: datetime) -> None:
    tell(
        held.by,
        subject="An item of yours was removed on legal grounds",
        body=f"What an item said that you logged was removed on legal grounds.\n\nThe reason given:\n{reason}",
        now=now,
        unless=by,
    )
