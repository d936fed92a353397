"""Decisions of the queue: approve, return, reject; withdrawing what is public."""

import pytest

from claims.actions.bearings import set_bearing, withdraw_bearing
from claims.actions.decide import approve, approve_bearing, reject, reject_bearing, return_to_author, withdraw
from claims.actions.errors import Invalid, NotAllowed, Stale, WrongState
from claims.actions.revise_evidence import revise_evidence, words_of
from claims.models import Bearing, BearingRevision, Event, Evidence, Mail
from tests.factories import DAY, a_claim, a_person, an_item, bearings_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst():
    return a_person("analyst")


@pytest.fixture
def moderator():
    return a_person("moderator")


def a_waiting_bearing(by, claim=None):
    return set_bearing(by=by, evidence=an_item(), bearing=bearings_on(claim or a_claim())[0], today=DAY)


def test_an_approved_item_is_public(analyst, moderator):
    claim = a_claim()
    approve(by=moderator, evidence=an_item([claim], by=analyst), today=DAY)
    claim.refresh_from_db()
    assert (claim.items, claim.supports) == (1, 1)


def test_an_approval_shows_the_bearings_as_the_authors(analyst, moderator):
    approve(by=moderator, evidence=an_item([a_claim()], by=analyst), today=DAY)
    latest = BearingRevision.objects.latest("number")
    assert (latest.by, latest.state) == (analyst, "published")


def test_an_approval_is_the_moderators_event(analyst, moderator):
    item = an_item([a_claim()], by=analyst)
    approve(by=moderator, evidence=item, today=DAY)
    event = Event.objects.get(verb="evidence-approved")
    assert (event.actor, event.subject_id) == (moderator, item.id)


def test_a_bearing_withdrawn_while_it_waited_is_not_approved(analyst, moderator):
    claim = a_claim()
    item = an_item([claim], by=analyst)
    withdraw_bearing(by=analyst, bearing=Bearing.objects.get(), reason="Misread.", today=DAY)
    approve(by=moderator, evidence=item, today=DAY)
    assert Bearing.objects.get().state == "withdrawn"


def test_an_item_changed_since_it_was_read_is_not_approved_unseen(analyst, moderator):
    item = an_item(by=analyst)
    revise_evidence(by=analyst, evidence=item, seen_version=item.version, words=words_of(item), today=DAY)
    with pytest.raises(Stale):
        approve(by=moderator, evidence=item, seen_version=item.version, today=DAY)


@pytest.mark.parametrize("decide", [return_to_author, reject])
def test_a_reason_about_an_older_version_does_not_go_to_the_author_of_a_newer_one(decide, analyst, moderator):
    item = an_item(by=analyst)
    revise_evidence(by=analyst, evidence=item, seen_version=item.version, words=words_of(item), today=DAY)
    with pytest.raises(Stale):
        decide(by=moderator, evidence=item, reason="Which day?", seen_version=item.version, today=DAY)


def test_an_item_changed_since_it_was_read_is_not_withdrawn_unseen(moderator):
    item = an_item(by=moderator)
    with pytest.raises(Stale):
        withdraw(by=moderator, evidence=item, reason="Made up.", seen_version=item.version + 1, today=DAY)


@pytest.mark.parametrize("decide", [approve_bearing, reject_bearing])
def test_a_bearing_set_anew_since_it_was_read_is_not_decided_on_unseen(decide, analyst, moderator):
    bearing = a_waiting_bearing(analyst)
    [again] = bearings_on((bearing.claim, "contradicts", "strong"))
    set_bearing(by=analyst, evidence=bearing.evidence, bearing=again, today=DAY)
    reason = {} if decide is approve_bearing else {"reason": "It is about another claim."}
    with pytest.raises(Stale):
        decide(by=moderator, bearing=bearing, seen_revision=1, today=DAY, **reason)


@pytest.mark.parametrize("decide", [approve_bearing, reject_bearing])
def test_a_bearing_is_decided_on_as_it_was_read(decide, analyst, moderator):
    bearing = a_waiting_bearing(analyst)
    reason = {} if decide is approve_bearing else {"reason": "It is about another claim."}
    assert decide(by=moderator, bearing=bearing, seen_revision=1, today=DAY, **reason).state != "pending"


def test_the_author_does_not_change_what_was_approved_meanwhile(analyst, moderator):
    item = an_item(by=a_person("analyst", "editor"))
    Evidence.objects.filter(id=item.id).update(state="pending")
    approve(by=moderator, evidence=item, today=DAY)
    with pytest.raises(Stale):
        revise_evidence(by=item.by, evidence=item, seen_version=item.version, words=words_of(item), today=DAY)


@pytest.mark.parametrize("decide", [return_to_author, reject, withdraw])
def test_a_decision_against_an_item_needs_its_reason(decide, analyst, moderator):
    item = an_item(by=analyst)
    if decide is withdraw:
        approve(by=moderator, evidence=item, today=DAY)
    with pytest.raises(Invalid) as refused:
        decide(by=moderator, evidence=item, reason=" \u200b", today=DAY)
    assert list(refused.value.errors) == ["reason"]


@pytest.mark.parametrize(("decide", "state"), [(return_to_author, "draft"), (reject, "rejected")])
def test_a_decision_is_kept_with_its_reason(decide, state, analyst, moderator):
    item = decide(by=moderator, evidence=an_item(by=analyst), reason="Not what it says.", today=DAY)
    item.refresh_from_db()
    assert (item.state, item.returned_because) == (state, "Not what it says.")


@pytest.mark.parametrize("decide", [return_to_author, reject])
def test_a_decision_tells_its_reason_in_the_event(decide, analyst, moderator):
    item = an_item(by=analyst)
    decide(by=moderator, evidence=item, reason="Not what it says.", today=DAY)
    assert Event.objects.latest("recorded_at", "id").body.payload["reason"] == "Not what it says."


@pytest.mark.parametrize("decide", [approve, return_to_author, reject])
def test_what_is_decided_waits_no_more(decide, analyst, moderator):
    item = an_item(by=analyst)
    reject(by=moderator, evidence=item, reason="Spam.", today=DAY)
    reason = {} if decide is approve else {"reason": "Spam."}
    with pytest.raises(WrongState):
        decide(by=moderator, evidence=item, today=DAY, **reason)


@pytest.mark.parametrize("decide", [approve, return_to_author, reject, withdraw])
def test_an_author_is_told_by_mail(decide, analyst, moderator):
    item = an_item(by=analyst)
    if decide is withdraw:
        Evidence.objects.filter(id=item.id).update(state="published")
    reason = {} if decide is approve else {"reason": "Because."}
    decide(by=moderator, evidence=item, today=DAY, **reason)
    assert Mail.objects.get().recipients == [analyst.email]


def test_a_withdrawn_item_counts_nowhere(moderator):
    claim = a_claim()
    withdraw(by=moderator, evidence=an_item([claim]), reason="Forged.", today=DAY)
    claim.refresh_from_db()
    assert (claim.items, claim.last_known_by) == (0, None)


def test_a_withdrawn_item_is_withdrawn_once(moderator):
    item = an_item()
    withdraw(by=moderator, evidence=item, reason="Forged.", today=DAY)
    with pytest.raises(WrongState):
        withdraw(by=moderator, evidence=item, reason="Forged.", today=DAY)


def test_a_withdrawal_names_every_claim_that_it_touches(moderator):
    claims = [a_claim() for _ in range(9)]
    withdraw(by=moderator, evidence=an_item(claims), reason="Forged.", today=DAY)
    event = Event.objects.get(verb="evidence-withdrawn")
    assert set(event.event_claims.values_list("claim", flat=True)) == {claim.id for claim in claims}


def test_an_approved_bearing_counts(analyst, moderator):
    claim = a_claim()
    approve_bearing(by=moderator, bearing=a_waiting_bearing(analyst, claim), today=DAY)
    claim.refresh_from_db()
    assert claim.items == 1


def test_a_rejected_bearing_is_withdrawn(analyst, moderator):
    bearing = a_waiting_bearing(analyst)
    reject_bearing(by=moderator, bearing=bearing, reason="It says nothing of it.", today=DAY)
    assert Bearing.objects.get(id=bearing.id).state == "withdrawn"


def test_a_bearing_is_rejected_with_a_reason(analyst, moderator):
    with pytest.raises(Invalid):
        reject_bearing(by=moderator, bearing=a_waiting_bearing(analyst), reason="", today=DAY)


def test_a_bearing_decided_on_waits_no_more(analyst, moderator):
    bearing = a_waiting_bearing(analyst)
    approve_bearing(by=moderator, bearing=bearing, today=DAY)
    with pytest.raises(WrongState):
        reject_bearing(by=moderator, bearing=bearing, reason="Late.", today=DAY)


def test_a_bearing_of_a_waiting_item_is_not_approved_alone(analyst, moderator):
    an_item([a_claim()], by=analyst)
    with pytest.raises(WrongState):
        approve_bearing(by=moderator, bearing=Bearing.objects.get(), today=DAY)


def test_an_item_of_a_suspended_author_can_still_be_decided_on(moderator):
    item = an_item(by=a_person("analyst"))
    item.by.suspended_at = item.logged_at
    item.by.save()
    assert approve(by=moderator, evidence=item, today=DAY).evidence.state == "published"


def test_nobody_is_told_who_is_suspended(moderator):
    item = an_item(by=a_person("analyst"))
    item.by.suspended_at = item.logged_at
    item.by.save()
    reject(by=moderator, evidence=item, reason="Spam.", today=DAY)
    assert not Mail.objects.exists()


def test_a_person_who_lost_the_right_is_refused(analyst):
    with pytest.raises(NotAllowed):
        approve(by=a_person("moderator", suspended=True), evidence=an_item(by=analyst), today=DAY)
