"""Revising an item."""

import pytest

from claims.actions.claim_locks import lock_claim_for_all
from claims.actions.decide import withdraw
from claims.actions.errors import Invalid, Locked, NotAllowed, Stale, WrongState
from claims.actions.revise_evidence import revise_evidence
from claims.models import Bearing, Claim, Event
from claims.names import touched
from tests.factories import DAY, a_claim, a_person, a_source, an_item, item_words

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return a_person("editor")


def revise(item, by, *, reason="A better date.", seen_version=None, **words):
    said = item_words(source=item.source, **{"address": item.address, **words})
    return revise_evidence(by=by, evidence=item, seen_version=seen_version, words=said, reason=reason, today=DAY)


def test_a_changed_date_moves_known_by_on_its_bearings(editor):
    item = an_item([a_claim(), a_claim()])
    revise(item, editor, published="2026-03-02")
    assert {str(day) for day in Bearing.objects.values_list("known_by", flat=True)} == {"2026-03-02"}


def test_a_changed_date_moves_what_is_kept_on_the_claim(editor):
    claim = a_claim()
    revise(an_item([claim]), editor, published="2026-03-02")
    assert str(Claim.objects.get(id=claim.id).last_known_by) == "2026-03-02"


def test_a_changed_date_can_change_the_head_of_a_story(editor):
    claim = a_claim()
    an_item([claim], story="summit", published="2026-05-01")
    second = an_item([(claim, "contradicts")], story="summit", published="2026-05-02")
    revise(second, editor, published="2026-04-30", story="summit")
    assert Claim.objects.get(id=claim.id).contradicts == 1


def test_a_changed_grade_can_change_the_head_of_a_story(editor):
    claim = a_claim()
    an_item([claim], story="summit", credibility=2)
    second = an_item([(claim, "contradicts")], story="summit", credibility=3)
    revise(second, editor, credibility=1, story="summit")
    assert Claim.objects.get(id=claim.id).contradicts == 1


def test_a_story_given_later_folds(editor):
    claim = a_claim()
    an_item([claim], story="summit")
    revise(an_item([claim]), editor, story="summit")
    assert Claim.objects.get(id=claim.id).stories == 1


def test_the_version_grows(editor):
    item = an_item()
    assert revise(item, editor).version == item.version + 1


def test_a_stale_edit_is_refused_with_the_version_that_stands(editor):
    item = an_item()
    revise(item, editor, seen_version=1)
    with pytest.raises(Stale) as refused:
        revise(item, editor, seen_version=1)
    assert refused.value.version == 2


def test_a_published_item_changes_with_a_reason(editor):
    with pytest.raises(Invalid) as refused:
        revise(an_item(), editor, reason="")
    assert list(refused.value.errors) == ["reason"]


def test_the_event_tells_reason_and_words(editor):
    revise(an_item(), editor, title=" Another  title ")
    told = Event.objects.get(verb="evidence-revised").body.payload
    assert (told["title"], told["reason"]) == ("Another title", "A better date.")


def test_the_event_names_each_claim_that_it_bears_on(editor):
    claims = [a_claim(), a_claim()]
    revise(an_item(claims), editor)
    event = Event.objects.get(verb="evidence-revised")
    assert set(event.event_claims.values_list("claim", flat=True)) == {claim.id for claim in claims}


def test_an_address_that_another_item_has_is_refused_in_words(editor):
    standing, item = an_item(), an_item()
    with pytest.raises(Invalid) as refused:
        revise(item, editor, address=standing.address)
    assert refused.value.errors == {"address": ["Another item with this address is published."]}


def test_a_waiting_item_is_changed_by_its_author_without_a_reason():
    analyst = a_person("analyst")
    assert revise(an_item(by=analyst), analyst, reason="", title="Better").title == "Better"


def test_a_waiting_item_is_changed_by_nobody_else(editor):
    item = an_item(by=a_person("analyst"))
    with pytest.raises(NotAllowed):
        revise(item, editor)


def test_a_new_analyst_does_not_change_what_is_published():
    with pytest.raises(NotAllowed):
        revise(an_item(), a_person("analyst"))


def test_an_item_off_the_pages_is_not_changed(editor):
    item = withdraw(by=a_person("moderator"), evidence=an_item(), reason="Forged.", today=DAY)
    with pytest.raises(WrongState):
        revise(item, editor)


def test_an_item_of_a_locked_claim_is_not_changed(editor):
    claim = a_claim()
    item = an_item([claim])
    lock_claim_for_all(by=a_person("moderator"), claim=claim, reason="A dispute.", today=DAY)
    with pytest.raises(Locked):
        revise(item, editor)


def test_what_is_wrong_is_said_by_field(editor):
    with pytest.raises(Invalid) as refused:
        revise(an_item(), editor, address="javascript:alert(1)", summary="")
    assert set(refused.value.errors) == {"address", "summary"}


def test_an_item_of_another_source_renews_the_pages_of_both(editor, django_capture_on_commit_callbacks):
    item, source, renewed = an_item(), a_source(), set()

    def note(names, **_):
        renewed.update(names)

    touched.connect(note)
    with django_capture_on_commit_callbacks(execute=True):
        said = item_words(source=source, address=item.address)
        revise_evidence(by=editor, evidence=item, seen_version=None, words=said, reason="A copy.", today=DAY)
    touched.disconnect(note)
    assert {f"source:{item.source_id}", f"source:{source.id}", f"evidence:{item.id}"} <= renewed
