"""Drafts: private until they are submitted; returned items are drafts again."""

import pytest

from claims.actions.bearings import withdraw_bearing
from claims.actions.decide import approve, return_to_author
from claims.actions.errors import Invalid, NotAllowed, Stale, WrongState
from claims.actions.log_evidence import log_evidence
from claims.actions.revise_evidence import discard_draft, revise_evidence, submit_draft
from claims.models import Bearing, BearingRevision, Event, Evidence
from tests.actions.rows import grown, row_counts
from tests.factories import DAY, a_claim, a_person, a_source, an_item, bearings_on, item_words

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst():
    return a_person("analyst")


def returned(analyst, *claims):
    item = an_item(claims, by=analyst)
    return return_to_author(by=a_person("moderator"), evidence=item, reason="Name the author.", today=DAY)


def revise(draft, by, *bearings, **words):
    said = item_words(source=words.pop("source", None) or draft.source, **words)
    return revise_evidence(
        by=by, evidence=draft, seen_version=None, words=said, bearings=bearings_on(*bearings), today=DAY
    )


def test_a_new_analysts_draft_waits_once_submitted(analyst):
    draft = an_item([a_claim()], by=analyst, draft=True)
    submit_draft(by=analyst, evidence=draft, today=DAY)
    assert Evidence.objects.get(id=draft.id).state == "pending"


def test_a_trusted_analysts_draft_is_public_once_submitted():
    claim, analyst = a_claim(), a_person("analyst", trusted=True)
    submit_draft(by=analyst, evidence=an_item([claim], by=analyst, draft=True), today=DAY)
    claim.refresh_from_db()
    assert claim.items == 1


def test_submitting_writes_the_event_and_the_first_revisions(analyst):
    draft = an_item([a_claim()], by=analyst, draft=True)
    before = row_counts()
    submit_draft(by=analyst, evidence=draft, today=DAY)
    assert grown(before) == {"bearing_revision": 1, "event": 1, "event_claim": 1, "event_body": 1, "outbox": 1}


def test_a_draft_that_lacks_something_is_not_submitted(analyst):
    draft = log_evidence(by=analyst, words=item_words(title="", credibility=None), draft=True, today=DAY).evidence
    with pytest.raises(Invalid) as refused:
        submit_draft(by=analyst, evidence=draft, today=DAY)
    assert set(refused.value.errors) == {"title", "credibility", "source"}


def test_nobody_else_submits_it(analyst):
    with pytest.raises(NotAllowed):
        submit_draft(by=a_person("admin"), evidence=an_item(by=analyst, draft=True), today=DAY)


def test_it_is_submitted_once(analyst):
    draft = an_item(by=analyst, draft=True)
    submit_draft(by=analyst, evidence=draft, today=DAY)
    with pytest.raises(WrongState):
        submit_draft(by=analyst, evidence=draft, today=DAY)


def test_it_is_not_submitted_over_a_change_unseen(analyst):
    draft = an_item(by=analyst, draft=True)
    revise(draft, analyst)
    with pytest.raises(Stale):
        submit_draft(by=analyst, evidence=draft, seen_version=draft.version, today=DAY)


def test_changing_a_draft_leaves_no_event(analyst):
    draft, claim = an_item(by=analyst, draft=True), a_claim()
    before = row_counts()
    revise(draft, analyst, claim)
    assert grown(before) == {"bearing": 1}


def test_the_bearings_of_a_draft_are_replaced(analyst):
    old, new = a_claim(), a_claim()
    draft = an_item([old], by=analyst, draft=True)
    revise(draft, analyst, (new, "mixed"))
    assert list(Bearing.objects.values_list("claim", "stance")) == [(new.id, "mixed")]


def test_nobody_else_changes_a_draft(analyst):
    draft = an_item(by=analyst, draft=True)
    with pytest.raises(NotAllowed):
        revise(draft, a_person("admin"))


def test_a_draft_may_lose_its_title_again(analyst):
    draft = revise(an_item(by=analyst, draft=True), analyst, title="")
    assert draft.title == ""


def test_a_draft_changes_with_its_bearings_and_not_one_by_one(analyst):
    an_item([a_claim()], by=analyst, draft=True)
    with pytest.raises(WrongState):
        withdraw_bearing(by=analyst, bearing=Bearing.objects.get(), reason="Misread.", today=DAY)


def test_a_discarded_draft_leaves_no_event(analyst):
    draft = an_item(by=analyst, draft=True)
    before = row_counts()
    discard_draft(by=analyst, evidence=draft)
    assert grown(before) == {}


def test_a_discarded_draft_is_a_draft_no_more(analyst):
    draft = an_item(by=analyst, draft=True)
    discard_draft(by=analyst, evidence=draft)
    with pytest.raises(WrongState):
        submit_draft(by=analyst, evidence=draft, today=DAY)


def test_nobody_else_discards_it(analyst):
    with pytest.raises(NotAllowed):
        discard_draft(by=a_person("admin"), evidence=an_item(by=analyst, draft=True))


def test_a_published_item_is_not_discarded(analyst):
    editor = a_person("editor")
    with pytest.raises(WrongState):
        discard_draft(by=editor, evidence=an_item(by=editor))


def test_a_returned_item_is_its_authors_draft_again(analyst):
    item = returned(analyst, a_claim())
    assert (item.state, item.returned_because) == ("draft", "Name the author.")


def test_a_returned_item_is_changed_with_other_bearings(analyst):
    kept, dropped, new = a_claim(), a_claim(), a_claim()
    item = returned(analyst, kept, dropped)
    revise(item, analyst, (kept, "contradicts", "strong"), new)
    states = {bearing.claim_id: (bearing.stance, bearing.state) for bearing in Bearing.objects.all()}
    assert states == {
        kept.id: ("contradicts", "pending"),
        dropped.id: ("supports", "withdrawn"),
        new.id: ("supports", "pending"),
    }


def test_a_returned_item_submitted_again_and_approved_bears_on_what_it_says_now(analyst):
    kept, dropped, new = a_claim(), a_claim(), a_claim()
    item = returned(analyst, kept, dropped)
    revise(item, analyst, kept, new)
    submit_draft(by=analyst, evidence=item, today=DAY)
    approve(by=a_person("moderator"), evidence=item, today=DAY)
    for claim in (kept, dropped, new):
        claim.refresh_from_db()
    assert (kept.items, dropped.items, new.items) == (1, 0, 1)


def test_a_bearing_dropped_from_a_returned_item_ends_its_history_as_withdrawn(analyst):
    claim = a_claim()
    item = returned(analyst, claim)
    revise(item, analyst)
    submit_draft(by=analyst, evidence=item, today=DAY)
    assert list(BearingRevision.objects.order_by("number").values_list("state", flat=True)) == ["pending", "withdrawn"]


def test_a_bearing_dropped_and_taken_up_again_waits_again(analyst):
    claim = a_claim()
    item = returned(analyst, claim)
    revise(item, analyst)
    revise(item, analyst, (claim, "mixed"))
    submit_draft(by=analyst, evidence=item, today=DAY)
    bearing = Bearing.objects.get()
    assert (bearing.state, bearing.stance) == ("pending", "mixed")


def test_submitted_again_the_reason_of_the_return_is_gone(analyst):
    item = returned(analyst)
    submit_draft(by=analyst, evidence=item, today=DAY)
    assert Evidence.objects.get(id=item.id).returned_because == ""


def test_each_submission_is_an_event_of_its_own(analyst):
    item = returned(analyst, a_claim())
    submit_draft(by=analyst, evidence=item, today=DAY)
    assert Event.objects.filter(verb="evidence-submitted", subject_id=item.id).count() == 2


def test_a_draft_takes_on_a_source(analyst):
    draft = log_evidence(by=analyst, words=item_words(), draft=True, today=DAY).evidence
    source = a_source()
    assert revise(draft, analyst, source=source).source == source
