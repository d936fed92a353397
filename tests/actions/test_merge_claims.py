"""Merging two claims that are one prediction, and undoing it."""

from decimal import Decimal

import pytest

from claims.actions.bearings import set_bearing
from claims.actions.claim_locks import lock_claim_for_all
from claims.actions.errors import Invalid, Locked, WrongState
from claims.actions.kept import EVERYTHING, differences
from claims.actions.merge import merge, unmerge
from claims.actions.relations import relate_claims
from claims.actions.revise_claim import revise_claim
from claims.models import Assessment, Bearing, BearingRevision, EventBody, EventClaim
from claims.queries.told_rows import differing_rows
from tests.factories import DAY, a_claim, a_person, an_assessment, an_item, bearings_on, claim_words

pytestmark = pytest.mark.django_db
WHY = "The same prediction in two articles."


def merged(duplicate, into):
    return merge(
        by=a_person("moderator"), kind="claim", duplicate=duplicate.id, into=into.id, reason=WHY, today=DAY
    )  # fmt: skip


def undone(done, **words):
    return unmerge(by=a_person("moderator"), merge=done, reason="Two predictions.", today=DAY, **words)


def fresh(thing):
    thing.refresh_from_db()
    return thing


def items_on(claim):
    rows = Bearing.objects.filter(claim=claim, state="published", live=True)
    return set(rows.values_list("evidence_id", flat=True))


def everything_agrees(*claims):
    ids = [claim.id for claim in claims]
    assert [differences(kept, ids, today=DAY) for kept in EVERYTHING] == [[], [], []]
    assert list(differing_rows()) == []


def test_the_duplicate_is_annulled_as_restated_by_the_other():
    duplicate, into = a_claim(), a_claim()
    an_assessment(duplicate)
    merged(duplicate, into)
    held = fresh(duplicate)
    assert (held.status, held.annulled_because, held.successor_id) == ("annulled", "restated", into.id)
    assert Assessment.objects.filter(claim=duplicate).latest("event_id").rationale == WHY
    everything_agrees(duplicate, into)


def test_the_other_gets_the_bearings_of_items_that_say_nothing_on_it():
    duplicate, into = a_claim(), a_claim()
    only, both = an_item([(duplicate, "contradicts", "strong")]), an_item([duplicate, (into, "mixed", "slight")])
    merged(duplicate, into)
    given = Bearing.objects.get(claim=into, evidence=only)
    assert (given.stance, given.weight, given.number, given.by_id) == ("contradicts", "strong", 2, only.by_id)
    assert Bearing.objects.get(claim=into, evidence=both).stance == "mixed"
    assert BearingRevision.objects.get(bearing=given).event.verb == "bearing-set"
    assert items_on(duplicate) == {only.id, both.id}
    everything_agrees(duplicate, into)


def test_the_event_names_both_claims():
    duplicate, into = a_claim(), a_claim()
    an_item([duplicate])
    done = merged(duplicate, into)
    assert EventBody.objects.get(event_id=done.event_id).payload == {
        "into": str(into.id), "from": duplicate.slug, "to": into.slug, "reason": WHY, "given": 1, "kept": 0,
    }  # fmt: skip
    touched = EventClaim.objects.filter(event_id=done.event_id).values_list("claim_id", flat=True)
    assert set(touched) == {duplicate.id, into.id}


def test_undoing_opens_the_claim_where_it_stood_and_takes_back_what_was_given():
    duplicate, into = a_claim(), a_claim()
    an_assessment(duplicate, probability=Decimal("0.3"))
    an_item([duplicate])
    undone(merged(duplicate, into))
    held = fresh(duplicate)
    assert (held.status, held.probability, held.successor_id) == ("open", Decimal("0.3"), None)
    assert items_on(into) == set()
    everything_agrees(duplicate, into)


def test_a_claim_that_was_settled_is_settled_again_as_it_was():
    duplicate, into = a_claim(), a_claim()
    for claim in (duplicate, into):
        an_assessment(claim, status="borne-out", occurred_on=DAY)
    undone(merged(duplicate, into))
    assert (fresh(duplicate).status, duplicate.occurred_on) == ("borne-out", DAY)
    everything_agrees(duplicate, into)


def test_a_claim_that_was_never_judged_needs_a_probability_to_stand_at():
    duplicate, into = a_claim(), a_claim()
    done = merged(duplicate, into)
    with pytest.raises(Invalid, match="give the probability"):
        undone(done)
    undone(done, probability=Decimal("0.5"))
    assert (fresh(duplicate).status, duplicate.probability) == ("open", Decimal("0.5"))


def test_what_was_given_and_changed_since_stays():
    duplicate, into = a_claim(), a_claim()
    an_assessment(duplicate)
    item = an_item([duplicate])
    done = merged(duplicate, into)
    set_bearing(by=a_person("editor"), evidence=item, bearing=bearings_on((into, "mixed"))[0], today=DAY)
    undone(done)
    assert items_on(into) == {item.id}


def test_a_claim_that_goes_on_as_another_is_not_merged():
    claim = a_claim()
    revise_claim(
        by=a_person("editor"), claim=claim, seen_version=None, type="change-of-meaning", words=claim_words(),
        reason="Another meaning.", today=DAY,
    )  # fmt: skip
    with pytest.raises(WrongState, match="goes on as another"):
        merged(claim, a_claim())


def test_a_settled_claim_is_merged_into_one_with_the_same_verdict_only():
    settled, open_ = a_claim(), a_claim()
    an_assessment(settled, status="borne-out", occurred_on=DAY)
    with pytest.raises(WrongState, match="is settled as borne out"):
        merged(settled, open_)
    assert merged(open_, settled).state == "confirmed"


def test_an_annulled_claim_is_merged_neither_way():
    annulled = a_claim()
    an_assessment(annulled, status="annulled", annulled_because="source-gone")
    for two in ((annulled, a_claim()), (a_claim(), annulled)):
        with pytest.raises(WrongState, match="is annulled"):
            merged(*two)


def test_a_lock_holds_it_up():
    claim = a_claim()
    lock_claim_for_all(by=a_person("moderator"), claim=claim, reason="A dispute.", today=DAY)
    with pytest.raises(Locked):
        merged(claim, a_claim())
    with pytest.raises(Locked):
        merged(a_claim(), claim)


def test_claims_that_are_related_are_not_the_same():
    one, other = a_claim(), a_claim()
    relate_claims(by=a_person("editor"), claim=one, relation="competes-with", to=other, today=DAY)
    with pytest.raises(WrongState, match="competes with"):
        merged(one, other)


def test_merges_that_lead_on_are_undone_from_the_last():
    first, second, third = a_claim(), a_claim(), a_claim()
    for claim in (first, second):
        an_assessment(claim)
    one = merged(first, second)
    other = merged(second, third)
    with pytest.raises(WrongState, match="undo that merge first"):
        undone(one)
    undone(other)
    undone(one)
    assert {fresh(claim).status for claim in (first, second)} == {"open"}
    everything_agrees(first, second, third)
