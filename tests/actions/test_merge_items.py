"""Merging two items that are one report, and undoing it."""

import pytest

from claims.actions.bearings import set_bearing, withdraw_bearing
from claims.actions.claim_locks import lock_claim_for_all
from claims.actions.decide import approve_bearing, withdraw
from claims.actions.errors import Invalid, Locked, WrongState
from claims.actions.kept import COUNTS, differences
from claims.actions.log_evidence import log_evidence
from claims.actions.merge import merge, unmerge
from claims.actions.revise_evidence import link_evidence
from claims.models import (
    Bearing,
    BearingRevision,
    Citation,
    Event,
    EventBody,
    EventClaim,
    Mail,
    Merge,
    MergeMove,
)
from claims.queries.known_items import address_told
from claims.queries.told_rows import differing_rows
from tests.factories import DAY, NOW, a_claim, a_person, a_source, an_assessment, an_item, bearings_on, item_words

pytestmark = pytest.mark.django_db
WHY = "The same report under another address."


def merged(duplicate, into, *, by=None, reason=WHY, now=NOW):
    return merge(
        by=by or a_person("moderator"), kind="evidence", duplicate=duplicate.id, into=into.id,
        reason=reason, today=DAY, now=now,
    )  # fmt: skip


def undone(done, *, by=None, reason="They are two reports.", now=NOW):
    return unmerge(by=by or a_person("moderator"), merge=done, reason=reason, today=DAY, now=now)


def on_claims(item, state="published"):
    rows = Bearing.objects.filter(evidence=item, state=state, live=True)
    return {row.claim_id: (row.stance, row.weight) for row in rows}


def body(verb, subject):
    return EventBody.objects.get(event__verb=verb, event__subject_id=subject.id).payload


def fresh(thing):
    thing.refresh_from_db()
    return thing


def waiting_on(item, claim, by=None):
    bearing = bearings_on((claim, "contradicts", "slight"))[0]
    return set_bearing(by=by or a_person("analyst"), evidence=item, bearing=bearing, today=DAY)


def everything_agrees(*claims):
    assert differences(COUNTS, [claim.id for claim in claims], today=DAY) == []
    assert list(differing_rows()) == []


def test_the_duplicate_is_withdrawn_and_counts_no_more():
    claim = a_claim()
    duplicate, into = an_item([claim]), an_item([claim])
    merged(duplicate, into)
    assert (fresh(duplicate).state, fresh(into).state, fresh(claim).items) == ("withdrawn", "published", 1)
    everything_agrees(claim)


def test_what_only_the_duplicate_bore_on_the_other_bears_on_with_a_number_and_a_revision():
    ours, theirs = a_claim(), a_claim()
    an_item([ours])
    duplicate, into = an_item([(ours, "contradicts", "strong")]), an_item([theirs])
    merged(duplicate, into)
    given = Bearing.objects.get(evidence=into, claim=ours)
    revision = BearingRevision.objects.get(bearing=given)
    assert (given.stance, given.weight, given.number, given.state) == ("contradicts", "strong", 3, "published")
    assert (revision.number, revision.event.verb, revision.by_id) == (1, "bearing-set", duplicate.by_id)
    everything_agrees(ours, theirs)


def test_what_the_other_says_itself_stands():
    claim = a_claim()
    duplicate, into = an_item([(claim, "contradicts", "strong")]), an_item([(claim, "supports", "slight")])
    merged(duplicate, into)
    assert on_claims(into) == {claim.id: ("supports", "slight")}


def test_a_bearing_that_was_taken_back_there_is_not_given_again():
    claim = a_claim()
    duplicate, into = an_item([claim]), an_item([claim])
    own = Bearing.objects.get(evidence=into)
    withdraw_bearing(by=a_person("moderator"), bearing=own, reason="Misread.", today=DAY)
    merged(duplicate, into)
    assert on_claims(into) == {}


def test_a_given_bearing_stays_its_authors():
    author, claim = a_person("analyst", trusted=True), a_claim()
    duplicate, into = an_item(), an_item()
    set_bearing(by=author, evidence=duplicate, bearing=bearings_on(claim)[0], today=DAY)
    merged(duplicate, into)
    assert Bearing.objects.get(evidence=into).by_id == author.id


def test_what_waited_on_the_duplicate_waits_on_the_other_for_the_same_author():
    author, claim = a_person("analyst"), a_claim()
    duplicate, into = an_item(), an_item()
    waiting_on(duplicate, claim, by=author)
    merged(duplicate, into)
    row = Bearing.objects.get(evidence=into)
    assert (row.state, row.live, row.number, row.by_id) == ("pending", True, None, author.id)
    everything_agrees(claim)


def test_the_event_tells_why_and_what_came_of_it():
    given, kept, waits = a_claim(), a_claim(), a_claim()
    duplicate, into = an_item([given, kept]), an_item([kept])
    waiting_on(duplicate, waits)
    done = merged(duplicate, into)
    assert body("merged", duplicate) == {
        "into": str(into.id), "reason": WHY, "given": 1, "waiting": 1, "kept": 1,
    }  # fmt: skip
    touched = set(EventClaim.objects.filter(event_id=done.event_id).values_list("claim_id", flat=True))
    assert touched == {given.id, kept.id, waits.id}


def test_citations_of_the_duplicate_stay_as_they_are():
    claim = a_claim()
    duplicate, into = an_item([claim]), an_item([claim])
    assessment = an_assessment(claim, cites=[duplicate])
    merged(duplicate, into)
    assert Citation.objects.get(assessment=assessment).evidence_id == duplicate.id


def test_the_author_is_told_with_the_reason():
    duplicate, into = an_item(by=a_person("analyst", trusted=True)), an_item()
    merged(duplicate, into)
    assert WHY in Mail.objects.get().body


def test_undoing_publishes_the_duplicate_again_and_takes_back_what_was_given():
    ours, theirs = a_claim(), a_claim()
    duplicate, into = an_item([ours]), an_item([theirs])
    undone(merged(duplicate, into))
    assert (fresh(duplicate).state, set(on_claims(duplicate)), set(on_claims(into))) == (
        "published", {ours.id}, {theirs.id},
    )  # fmt: skip
    everything_agrees(ours, theirs)


def test_what_was_given_and_changed_since_stays():
    claim = a_claim()
    duplicate, into = an_item([claim]), an_item()
    done = merged(duplicate, into)
    set_bearing(by=a_person("editor"), evidence=into, bearing=bearings_on((claim, "mixed"))[0], today=DAY)
    undone(done)
    assert on_claims(into) == {claim.id: ("mixed", "moderate")}
    assert body("unmerged", duplicate)["kept"] == 1
    everything_agrees(claim)


def test_what_waited_and_was_approved_since_stays():
    claim = a_claim()
    duplicate, into = an_item(), an_item()
    waiting_on(duplicate, claim)
    done = merged(duplicate, into)
    approve_bearing(by=a_person("moderator"), bearing=Bearing.objects.get(evidence=into), today=DAY)
    undone(done)
    assert set(on_claims(into)) == {claim.id}
    assert set(on_claims(duplicate, "pending")) == {claim.id}


def test_undone_and_merged_again_stands_again():
    claim = a_claim()
    duplicate, into = an_item([claim]), an_item([claim])
    undone(merged(duplicate, into))
    merged(duplicate, into)
    assert list(Merge.objects.order_by("made_at", "id").values_list("state", flat=True)) == ["undone", "confirmed"]
    everything_agrees(claim)


def test_an_address_that_another_item_has_by_now_is_not_published_again():
    duplicate, into = an_item(), an_item()
    done = merged(duplicate, into)
    third = an_item()
    type(third).objects.filter(id=third.id).update(address_norm=duplicate.address_norm)
    with pytest.raises(WrongState, match="published by another item by now"):
        undone(done)


def test_an_item_that_is_merged_is_merged_no_second_time():
    duplicate, into = an_item(), an_item()
    merged(duplicate, into)
    with pytest.raises(WrongState, match="merged already"):
        merged(duplicate, an_item())


def test_nothing_is_merged_into_what_is_merged_itself():
    first, second = an_item(), an_item()
    merged(first, second)
    with pytest.raises(WrongState, match="merged itself"):
        merged(an_item(), first)


def test_of_merges_that_lead_on_the_last_is_undone_first():
    first, second, third = an_item(), an_item(), an_item()
    one = merged(first, second)
    other = merged(second, third)
    with pytest.raises(WrongState, match="undo that merge first"):
        undone(one)
    undone(other)
    undone(one)
    assert {fresh(item).state for item in (first, second, third)} == {"published"}


def test_nothing_is_merged_into_an_item_that_is_not_published():
    gone = an_item()
    withdraw(by=a_person("moderator"), evidence=gone, reason="Forged.", today=DAY)
    with pytest.raises(WrongState, match="leads to a published item"):
        merged(an_item(), gone)


def test_only_a_published_item_is_merged():
    waits = an_item(by=a_person("analyst"))
    with pytest.raises(WrongState, match="only a published item"):
        merged(waits, an_item())


def test_an_item_is_not_merged_into_a_thing_of_another_kind():
    source = a_source()
    with pytest.raises(Invalid, match="no such two"):
        merged(an_item(), source)


def test_an_item_is_no_duplicate_of_itself():
    item = an_item()
    with pytest.raises(Invalid, match="not a duplicate of itself"):
        merged(item, item)


def linked(item, earlier):
    link_evidence(by=a_person("editor"), item=item, kind="corrects", earlier=earlier, reason="Erratum.", today=DAY)


def test_an_item_that_corrects_another_is_not_the_same_report():
    item, earlier = an_item(), an_item()
    linked(item, earlier)
    with pytest.raises(WrongState, match="not the same report"):
        merged(item, earlier)


def test_a_duplicate_whose_link_would_be_lost_is_kept():
    duplicate, into, earlier = an_item(), an_item(), an_item()
    linked(duplicate, earlier)
    with pytest.raises(WrongState, match="link that one in the same way first"):
        merged(duplicate, into)
    linked(into, earlier)
    assert merged(duplicate, into).state == "confirmed"


def test_a_locked_claim_holds_it_up():
    claim = a_claim()
    duplicate, into = an_item([claim]), an_item()
    lock_claim_for_all(by=a_person("moderator"), claim=claim, reason="A dispute.", today=DAY)
    with pytest.raises(Locked):
        merged(duplicate, into)


def test_a_merge_needs_its_reason():
    with pytest.raises(Invalid, match="Say why"):
        merged(an_item(), an_item(), reason=" ")


def test_a_merge_is_undone_once():
    done = merged(an_item(), an_item())
    undone(done)
    with pytest.raises(WrongState, match="does not stand"):
        undone(done)


def test_a_duplicate_that_was_withdrawn_by_nobody_else_keeps_its_moves():
    claim = a_claim()
    duplicate, into = an_item([claim]), an_item()
    done = merged(duplicate, into)
    assert [move.thing for move in MergeMove.objects.filter(merge=done)] == [Bearing.objects.get(evidence=into).id]
    assert Event.objects.get(id=done.event_id).subject_id == duplicate.id


def test_who_logs_the_address_of_a_merged_item_adds_to_what_it_leads_to():
    claim = a_claim()
    duplicate, into = an_item(), an_item()
    merged(duplicate, into)
    logged = log_evidence(
        by=a_person("editor"), words=item_words(source=a_source(), address=duplicate.address),
        bearings=bearings_on(claim), today=DAY,
    )  # fmt: skip
    assert (logged.evidence.id, logged.stood_before, set(on_claims(into))) == (into.id, True, {claim.id})


def test_who_types_the_address_of_a_merged_item_is_told_of_what_it_leads_to():
    duplicate, into = an_item(), an_item([a_claim()])
    merged(duplicate, into)
    told = address_told(duplicate.address, by=a_person("analyst").id)
    assert (told.standing, told.bears_on, told.own) == (into, 1, None)
