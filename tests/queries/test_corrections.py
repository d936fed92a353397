"""What counts as a correction, of which kind, and how it is found."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.actions.attach import NewBearing
from claims.actions.bearings import set_bearing, withdraw_bearing
from claims.actions.decide import reject_bearing, withdraw
from claims.actions.erase_person import erase_person
from claims.actions.judge import reopen
from claims.actions.redact import redact_evidence
from claims.actions.revert import revert_bearing, revert_claim, revert_source
from claims.actions.revise_claim import revise_claim
from claims.actions.revise_evidence import link_evidence
from claims.actions.sources import grade_source
from claims.models import Claim, Event, EventBody, EventClaim, Evidence, Verb
from claims.queries.corrections import KINDS, MOST_COUNTED, Correction, corrections, counts
from tests.factories import (
    DAY,
    NOW,
    a_claim,
    a_judgement,
    a_person,
    a_source,
    an_assessment,
    an_item,
    claim_words,
    on,
    the_house,
)

pytestmark = pytest.mark.django_db

REVERSAL = {"number": 1, "reason": "It was right.", "seen_version": None, "today": DAY}


def told(kind: str = "") -> list[Correction]:
    return list(corrections(kind=kind, size=100).rows)


def kinds() -> list[str]:
    return [one.event.kind for one in told()]


def resolved(claim: Claim, status: str = "borne-out", **words: object) -> None:
    an_assessment(claim, status=status, **words)


def reopened(claim: Claim) -> None:
    reopen(by=the_house(), claim=claim, judgement=a_judgement(), today=DAY)


def reworded(claim: Claim, type: str = "wording") -> None:
    words = claim_words(horizon=claim.horizon if type == "wording" else on(300))
    revise_claim(by=the_house(), claim=claim, seen_version=None, type=type, words=words, reason="Plainer.", today=DAY)


def changed_bearing(**words: object):
    item, claim = an_item(), a_claim()
    for stance in ("supports", "contradicts"):
        row = set_bearing(by=the_house(), evidence=item, bearing=NewBearing(claim.id, stance, "moderate"), today=DAY)
    return row


def withdrawn(item: Evidence) -> None:
    withdraw(by=a_person("moderator"), evidence=item, reason="Made up.", today=DAY)


def redacted(item: Evidence) -> None:
    redact_evidence(
        by=a_person("admin"), evidence=item, reason="A court said so.", legal_basis="court-order", today=DAY
    )


def test_nothing_of_the_shipped_record_is_a_correction_but_what_was_annulled_or_linked(loaded_db):
    assert set(kinds()) <= {"annulled", "corrected"}


def test_ordinary_work_corrects_nothing():
    claim, source = a_claim(), a_source()
    an_assessment(claim)
    an_item([claim], source=source)
    reworded(claim)
    grade_source(by=the_house(), source=source, reliability="E", reason="Slips.", today=DAY)
    changed_bearing()
    resolved(claim)
    assert kinds() == []


def test_a_reopening_is_one():
    claim = a_claim()
    resolved(claim)
    reopened(claim)
    assert kinds() == ["reopened"]


def test_settling_a_settled_claim_is_one():
    claim = a_claim()
    resolved(claim)
    resolved(claim, "not-borne-out")
    assert kinds() == ["re-resolved"]


def test_settling_a_reopened_claim_is_one():
    claim = a_claim()
    resolved(claim)
    reopened(claim)
    resolved(claim, "not-borne-out")
    assert kinds() == ["re-resolved", "reopened"]


def test_settling_twice_after_a_reopening_is_told_once_each():
    claim = a_claim()
    resolved(claim)
    reopened(claim)
    resolved(claim, "not-borne-out")
    resolved(claim, "ambiguous")
    assert kinds() == ["re-resolved", "re-resolved", "reopened"]


@pytest.mark.parametrize("settled_before", [False, True])
def test_an_annulment_is_told_as_that_alone(settled_before):
    claim = a_claim()
    if settled_before:
        resolved(claim)
    resolved(claim, "annulled", annulled_because="assumption-fell")
    assert kinds() == ["annulled"]


def test_an_annulment_after_a_reopening_is_told_as_that_alone():
    claim = a_claim()
    resolved(claim)
    reopened(claim)
    resolved(claim, "annulled", annulled_because="assumption-fell")
    assert kinds() == ["annulled", "reopened"]


def test_a_restated_claim_names_its_successor():
    claim = a_claim()
    reworded(claim, "change-of-meaning")
    claim.refresh_from_db()
    assert claim.successor is not None
    [one] = told("annulled")
    assert (one.event.successor_slug, one.event.successor_title) == (claim.successor.slug, claim.successor.title)


def test_a_withdrawn_item_is_counted_by_its_claims_and_not_named():
    item = an_item([a_claim(), a_claim()])
    withdrawn(item)
    [one] = told("withdrawn")
    assert (one.claims_count, one.thing) == (2, None)


def test_a_bearing_taken_back_is_one():
    withdraw_bearing(by=the_house(), bearing=changed_bearing(), reason="Misread.", today=DAY)
    assert kinds() == ["withdrawn"]


def test_a_bearing_that_never_was_public_is_not_told():
    waiting = set_bearing(
        by=(analyst := a_person("analyst")),
        evidence=an_item(),
        bearing=NewBearing(a_claim().id, "supports", "slight"),
        today=DAY,
    )
    withdraw_bearing(by=analyst, bearing=waiting, reason="Misread.", today=DAY)
    assert kinds() == []


def test_a_rejected_bearing_is_not_told():
    waiting = set_bearing(
        by=a_person("analyst"),
        evidence=an_item(),
        bearing=NewBearing(a_claim().id, "supports", "slight"),
        today=DAY,
    )
    reject_bearing(by=a_person("moderator"), bearing=waiting, reason="No.", today=DAY)
    assert kinds() == []


@pytest.mark.parametrize("kind", ["retracts", "corrects", "supersedes"])
def test_a_link_to_an_earlier_item_is_one(kind):
    earlier, later = an_item(), an_item()
    link_evidence(by=the_house(), item=later, kind=kind, earlier=earlier, reason="Erratum.", today=DAY)
    [one] = told("corrected")
    assert one.thing is not None
    assert one.other is not None
    assert (one.event.link, one.thing.id, one.other.id) == (kind, later.id, earlier.id)


def test_of_a_link_to_an_item_that_is_hidden_that_is_not_named():
    earlier, later = an_item(), an_item()
    link_evidence(by=the_house(), item=later, kind="corrects", earlier=earlier, reason="Erratum.", today=DAY)
    withdrawn(earlier)
    [one] = told("corrected")
    assert (one.thing is not None, one.other) == (True, None)


def test_a_redaction_says_that_and_why_and_not_what():
    item = an_item([a_claim()], title="Secret")
    redacted(item)
    [one] = told("redacted")
    assert (one.said["reason"], one.said["legal_basis"], one.thing, one.claims_count) == (
        "A court said so.",
        "court-order",
        None,
        1,
    )


def test_an_erased_person_is_one():
    erase_person(
        by=a_person("admin"), person=a_person(), reason="They asked.", legal_basis="data-protection", today=DAY
    )
    assert kinds() == ["redacted"]


def test_restored_versions_are_told_of_each_kind_of_thing():
    moderator = a_person("moderator")
    reworded(claim := a_claim())
    revert_claim(by=moderator, claim=claim, **REVERSAL)
    revert_bearing(by=moderator, bearing=changed_bearing(), **REVERSAL)
    source = a_source(reliability="B")
    grade_source(by=the_house(), source=source, reliability="E", reason="Slips.", today=DAY)
    revert_source(by=moderator, source=source, **REVERSAL)
    assert [one.event.verb for one in told("restored")] == ["source-graded", "bearing-changed", "claim-revised"]


def test_a_restored_bearing_knows_what_it_was():
    revert_bearing(by=a_person("moderator"), bearing=changed_bearing(), **REVERSAL)
    [one] = told("restored")
    assert (one.event.was_stance, one.event.was_weight, one.event.was_state) == ("contradicts", "moderate", "published")


def test_the_newest_recorded_comes_first_whatever_day_it_speaks_of():
    first, second = a_claim(), a_claim()
    resolved(first, "annulled", annulled_because="underspecified")
    resolved(second, "annulled", annulled_because="underspecified", as_of=on(-9))
    assert [one.claims[0].slug for one in told()] == [second.slug, first.slug]


def test_pages_follow_each_other_and_nothing_is_told_twice():
    for place in range(5):
        claim = a_claim()
        resolved(claim, "annulled", annulled_because="underspecified") if place % 2 else withdrawn(an_item([claim]))
    seen, before = [], None
    while True:
        page = corrections(before=before, size=2)
        seen += [one.event.id for one in page.rows]
        if not page.more:
            break
        [before] = page.next
    assert seen == [one.event.id for one in told()]
    assert len(seen) == 5


def test_each_kind_is_counted():
    claim = a_claim()
    resolved(claim)
    reopened(claim)
    resolved(claim)
    withdrawn(an_item([claim]))
    assert counts() == {**dict.fromkeys(KINDS, 0), "reopened": 1, "re-resolved": 1, "withdrawn": 1}


def many(number: int, **words: object) -> list[Event]:
    said = {"about_on": DAY, "recorded_at": NOW, "subject_type": "evidence", "commitment": b"0" * 32, **words}
    return Event.objects.bulk_create(Event(subject_id=uuid4(), **said) for _ in range(number))


def test_no_more_are_counted_than_are_told():
    many(MOST_COUNTED + 9, verb=Verb.EVIDENCE_WITHDRAWN)
    assert counts()["withdrawn"] == MOST_COUNTED + 1


@pytest.mark.parametrize("number", [10, 500])
def test_a_page_takes_three_queries(django_assert_num_queries, number):
    claim = a_claim()
    events = many(number, verb=Verb.EVIDENCE_WITHDRAWN)
    EventClaim.objects.bulk_create(EventClaim(claim=claim, event=event) for event in events)
    with django_assert_num_queries(3):
        corrections(size=50)


def test_corrections_are_not_looked_for_among_all_that_was_recorded():
    events = many(3000, verb=Verb.RESOLVED)
    said = {"status": "borne-out", "was": {"status": "open", "probability": "0.4"}}
    EventBody.objects.bulk_create(EventBody(event=event, payload=said, salt=b"0") for event in events)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE event, event_body")
    with CaptureQueriesContext(connection) as asked:
        corrections(size=5)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {asked[0]['sql']}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert ("Seq Scan on event" in plan, "event_body_corrections" in plan, "event_corrections" in plan) == (
        False,
        True,
        True,
    )
