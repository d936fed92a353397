"""What is told of changes, and what is not."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.actions.bearings import set_bearing, withdraw_bearing
from claims.actions.decide import approve, approve_bearing, reject, return_to_author, withdraw
from claims.actions.flags import flag
from claims.actions.judge import reopen
from claims.actions.log_evidence import log_evidence
from claims.actions.people import set_roles
from claims.actions.redact import redact_evidence
from claims.actions.revise_claim import revise_claim
from claims.actions.revise_evidence import link_evidence
from claims.actions.sources import grade_source
from claims.actions.trust import set_trust
from claims.models import Bearing, Claim, Event, EventClaim, Verb
from claims.queries.changes import KINDS, Change, changes
from tests.factories import (
    DAY,
    NOW,
    a_claim,
    a_judgement,
    a_person,
    a_source,
    an_article,
    an_assessment,
    an_item,
    bearings_on,
    claim_words,
    item_words,
    on,
    the_house,
)


def told(*kinds: str, size: int = 100) -> list[Change]:
    return list(changes(kinds=kinds or KINDS, size=size).changes)


def verbs(*kinds: str) -> list[str]:
    return [str(change.event.verb) for change in told(*kinds)]


def reworded(claim: Claim, type: str = "clarification") -> None:
    words = claim_words(title=claim.title, horizon=claim.horizon)
    revise_claim(by=the_house(), claim=claim, seen_version=None, type=type, words=words, reason="Clearer.", today=DAY)


def test_changes_come_by_the_day_that_they_speak_of(db):
    claim = a_claim()
    an_assessment(claim, as_of=on(-3))
    an_assessment(claim, as_of=on(-9), probability=Decimal("0.3"))
    assert [change.event.about_on for change in told("judgements")] == [on(-3), on(-9)]


def test_a_judgement_knows_the_number_before_it_in_the_worlds_time(db):
    claim = a_claim()
    an_assessment(claim, as_of=on(-3), probability=Decimal("0.6"))
    an_assessment(claim, as_of=on(-9), probability=Decimal("0.3"))
    later, earlier = (change.judged for change in told("judgements"))
    assert later is not None
    assert earlier is not None
    assert (later.before, earlier.before) == (Decimal("0.300"), None)


def test_an_item_on_nine_claims_is_one_change(db):
    an_item([a_claim() for _ in range(9)])
    [change] = told("evidence")
    assert (change.claims_count, len(change.claims)) == (9, 9)


def test_clarifications_of_one_day_are_one_change(db):
    article = an_article()
    for claim in [a_claim(article) for _ in range(4)]:
        reworded(claim)
    folded = [change for change in told("claims") if change.event.verb == Verb.CLAIM_REVISED]
    assert [change.claims_count for change in folded] == [4]
    assert {touched.wording for touched in folded[0].claims} == {"clarification"}


def test_what_is_folded_is_told_once_over_all_pages(db):
    for claim in [a_claim() for _ in range(5)]:
        reworded(claim)
    seen, after = [], None
    while True:
        page = changes(size=2, after=after)
        seen += [change.event for change in page.changes]
        if not page.more:
            break
        after = page.next
    assert sum(event.verb == Verb.CLAIM_REVISED for event in seen) == 1
    assert sum(event.verb == Verb.CLAIM_OPENED for event in seen) == 1
    assert len(seen) == len(set(seen)) == len(told())


def test_judgements_of_one_day_are_each_a_change(db):
    for _ in range(3):
        an_assessment(a_claim())
    assert verbs("judgements") == ["assessed"] * 3


def test_a_resolution_and_a_reopening_are_told(db):
    claim = a_claim()
    an_assessment(claim, as_of=on(-3), status="borne-out")
    reopen(by=the_house(), claim=claim, judgement=a_judgement(), today=DAY)
    assert verbs("judgements") == ["reopened", "resolved"]


def test_a_draft_and_a_waiting_item_are_not_told(db):
    claim = a_claim()
    an_item([claim], by=a_person("analyst", trusted=True), draft=True)
    an_item([claim], by=a_person("analyst"))
    assert verbs("evidence") == []


def test_an_approved_item_is_told_and_a_rejected_or_returned_one_is_not(db):
    moderator, analyst = a_person("moderator"), a_person("analyst")
    approved, rejected, returned = (an_item([a_claim()], by=analyst) for _ in range(3))
    approve(by=moderator, evidence=approved, today=DAY)
    reject(by=moderator, evidence=rejected, reason="No.", today=DAY)
    return_to_author(by=moderator, evidence=returned, reason="Not yet.", today=DAY)
    [change] = told("evidence")
    assert change.thing is not None
    assert change.thing.id == approved.id


def test_an_item_that_was_redacted_is_told_as_that_alone(db):
    item = an_item([a_claim()])
    redacted(item)
    assert verbs("evidence") == ["evidence-redacted"]


def test_that_an_item_which_never_was_public_was_redacted_is_no_news(db):
    redacted(an_item([a_claim()], by=a_person("analyst")))
    assert verbs("evidence") == []


def redacted(item):
    redact_evidence(by=a_person("admin"), evidence=item, reason="The law.", legal_basis="other-law", today=DAY)


def test_an_item_that_was_withdrawn_is_told_as_that_alone(db):
    item = an_item([a_claim()])
    withdraw(by=a_person("moderator"), evidence=item, reason="Wrong.", today=DAY)
    assert verbs("evidence") == ["evidence-withdrawn"]


def test_an_approved_twin_is_told_as_bearing_on_more(db):
    first, second = a_claim(), a_claim()
    waiting = an_item([second], by=a_person("analyst"), address="https://news.example/twin")
    an_item([first], address="https://news.example/twin")
    approve(by=a_person("moderator"), evidence=waiting, today=DAY)
    assert sorted(verbs("evidence")) == ["bearing-set", "evidence-logged"]


def test_a_bearing_that_waits_is_told_once_it_is_approved(db):
    item, claim = an_item(), a_claim()
    words = item_words(address=item.address, source=a_source())
    log_evidence(by=a_person("analyst"), words=words, bearings=bearings_on(claim), today=DAY)
    assert verbs("evidence") == ["evidence-logged"]
    approve_bearing(by=a_person("moderator"), bearing=Bearing.objects.get(), today=DAY)
    assert verbs("evidence") == ["bearing-approved", "evidence-logged"]


def test_a_bearing_taken_back_before_it_was_public_is_not_told(db):
    item, claim, analyst = an_item(), a_claim(), a_person("analyst")
    [wanted] = bearings_on(claim)
    bearing = set_bearing(by=analyst, evidence=item, bearing=wanted, today=DAY)
    withdraw_bearing(by=analyst, bearing=bearing, reason="Mistaken.", today=DAY)
    assert verbs("evidence") == ["evidence-logged"]


def test_a_public_bearing_taken_back_is_told(db):
    item = an_item([a_claim()])
    withdraw_bearing(by=the_house(), bearing=Bearing.objects.get(evidence=item), reason="Mistaken.", today=DAY)
    assert verbs("evidence") == ["bearing-withdrawn", "evidence-logged"]


def test_a_correction_names_the_earlier_item_while_it_is_public(db):
    claim = a_claim()
    earlier, later = an_item([claim], title="Earlier"), an_item([claim], title="Later")
    link_evidence(by=the_house(), item=later, kind="corrects", earlier=earlier, reason="x", today=DAY)
    [change] = [change for change in told("evidence") if change.event.verb == Verb.EVIDENCE_LINKED]
    assert change.detail is not None
    assert change.other is not None
    assert (change.detail.now, change.other.title, change.other.shown) == ("corrects", "Earlier", True)


def test_a_grade_is_told_with_the_one_before(db):
    source = a_source(reliability="B")
    grade_source(by=the_house(), source=source, reliability="D", reason="Erred.", today=DAY)
    [change] = told("sources")
    assert change.detail is not None
    assert (change.detail.now, change.detail.was) == ("D", "B")


def test_private_acts_are_not_told(db):
    admin, person = a_person("admin"), a_person("analyst")
    set_roles(by=admin, person=person, roles=["editor"], today=DAY)
    set_trust(by=a_person("moderator"), person=person, trusted=True, reason="Good.", today=DAY)
    flag(by=person, kind="claim", subject_id=a_claim().id, reason="objection", today=DAY)
    assert set(verbs()) == {"claim-opened", "article-added"}


def test_since_is_the_earliest_day_told_of(db):
    claim = a_claim()
    an_assessment(claim, as_of=on(-9))
    an_assessment(claim, as_of=on(-3))
    found = changes(kinds=["judgements"], since=on(-3), size=9)
    assert [change.event.about_on for change in found.changes] == [on(-3)]


def test_the_shipped_fine_print_is_one_change(loaded_db):
    first = told()[0]
    assert (first.event.about_on, first.event.verb, first.claims_count) == (date(2026, 11, 24), "claim-revised", 20)


@pytest.mark.parametrize("number", [10, 1000])
def test_a_page_takes_five_queries(db, django_assert_num_queries, number):
    claim = a_claim()
    item = an_item([claim])
    events = [
        Event(
            about_on=on(-number % 300), recorded_at=NOW, verb=Verb.EVIDENCE_LOGGED, subject_type="evidence",
            subject_id=item.id if place % 2 else uuid4(), commitment=b"0" * 32,
        )
        for place in range(number)
    ]  # fmt: skip
    Event.objects.bulk_create(events)
    EventClaim.objects.bulk_create(EventClaim(claim=claim, event=event) for event in events)
    with django_assert_num_queries(5):
        changes(size=50)


@pytest.mark.parametrize("kind", ["judgements", "claims", "sources"])
def test_news_of_one_kind_is_not_looked_for_among_all_that_was_logged(db, kind):
    logged = {"verb": Verb.EVIDENCE_LOGGED, "subject_type": "evidence", "recorded_at": NOW, "commitment": b""}
    Event.objects.bulk_create(Event(about_on=on(-place % 900), subject_id=uuid4(), **logged) for place in range(3000))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE event")
    with CaptureQueriesContext(connection) as asked:
        told(kind)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {asked[0]['sql']}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert (f"event_{kind}_by_day on event" in plan, "event_by_day" in plan) == (True, False)
