"""What the database refuses of the desk's own tables, each constraint once."""

import pytest
from django.db import transaction

from claims.ids import uuid7
from claims.models import (
    Digest,
    Follow,
    Hold,
    Merge,
    ReadyReason,
    Suggestion,
    TermChoice,
    TermsState,
    Unsent,
    WordRarity,
)
from tests.factories import NOW, a_claim, a_feed, a_lead, a_person, an_item, on
from tests.models.refusals import again, changed, refuses

pytestmark = pytest.mark.django_db


def stored(row):
    with transaction.atomic():
        row.save(force_insert=True)
    return row


def a_merge(**columns):
    told = {"subject_type": "source", "state": "suggested", "because": "Alike.", "made_at": NOW}
    return stored(Merge(**{"from_id": uuid7(), "into_id": uuid7(), **told, **columns}))


def a_suggestion(**columns):
    return stored(Suggestion(lead=a_lead(), made_at=NOW, **columns))


def looked(**columns):
    item = an_item()
    changed(
        item, **{"type": "not-found", "looked_for": "reset talks", "event_from": on(0), "event_to": on(0), **columns}
    )
    return item


def test_a_thing_is_held_for_one_moderator():
    held = stored(Hold(subject_type="evidence", subject_id=uuid7(), by=a_person("moderator"), until=NOW))
    with refuses("queue_hold_once"):
        again(held)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("ready_reason_use_known", {"use": "praise"}),
        ("ready_reason_says_something", {"words": ""}),
    ],
)
def test_a_ready_reason_is_not_stored_as_what_it_may_not_be(name, change):
    row = ReadyReason.objects.first()
    with refuses(name):
        changed(row, **change)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("merge_subject_known", {"subject_type": "topic"}),
        ("merge_state_known", {"state": "likely"}),
        ("merge_has_event", {"state": "confirmed"}),
        ("merge_has_event", {"state": "undone"}),
    ],
)
def test_a_merge_is_not_stored_as_what_it_may_not_be(name, change):
    with refuses(name):
        a_merge(**change)


def test_a_thing_is_no_duplicate_of_itself():
    one = uuid7()
    with refuses("merge_of_two"):
        a_merge(from_id=one, into_id=one)


@pytest.mark.parametrize("state", ["suggested", "dismissed"])
def test_two_things_are_suggested_once(state):
    merge = a_merge(state=state)
    with refuses("merge_suggested_once"):
        again(merge, state="suggested")


def test_a_person_keeps_one_text_of_a_form():
    kept = stored(Unsent(person=a_person(), place="/desk/log/", fields={}, saved_at=NOW))
    with refuses("unsent_once"):
        again(kept)


def test_a_digest_comes_at_a_pace_that_there_is():
    digest = stored(Digest(person=a_person("editor")))
    with refuses("digest_pace_known"):
        changed(digest, pace="hourly")


def test_a_claim_is_followed_once():
    follow = stored(Follow(person=a_person(), claim=a_claim(), since=NOW))
    with refuses("follow_pkey"):
        again(follow)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("feed_state_known", {"state": "asleep", "paused_because": "So."}),
        ("feed_paused_with_reason", {"state": "paused"}),
    ],
)
def test_a_feed_is_not_stored_as_what_it_may_not_be(name, change):
    with refuses(name), transaction.atomic():
        a_feed(**change)


def test_an_address_is_watched_once():
    with refuses("feed_address_once"):
        again(a_feed())


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("lead_state_known", {"state": "lost"}),
        ("lead_snoozed_until", {"state": "snoozed"}),
        ("lead_snoozed_until", {"snoozed_until": NOW}),
    ],
)
def test_a_lead_is_not_stored_as_what_it_may_not_be(name, change):
    with refuses(name), transaction.atomic():
        a_lead(**change)


def test_an_address_is_a_lead_once():
    with refuses("lead_address_once"):
        again(a_lead())


def test_an_entry_of_a_feed_is_a_lead_once():
    lead = a_lead(feed=a_feed(), guid="1")
    with refuses("lead_guid_once"):
        again(lead, address_norm="https://other.example.org/")


@pytest.mark.parametrize(
    ("name", "change"),
    [("suggestion_state_known", {"state": "read"}), ("suggestion_dismissed_with_answer", {"state": "dismissed"})],
)
def test_a_suggestion_is_not_stored_as_what_it_may_not_be(name, change):
    with refuses(name):
        a_suggestion(**change)


@pytest.mark.parametrize("change", [{"looked_for": ""}, {"event_from": None, "event_to": None}], ids=["words", "day"])
def test_what_was_not_found_says_what_was_looked_for_and_when(change):
    with refuses("evidence_looked_for_something"):
        looked(**change)


def test_no_other_item_says_what_was_looked_for():
    item = an_item()
    with refuses("evidence_looked_for_something"):
        changed(item, looked_for="reset talks")


def test_one_place_is_looked_through_many_times():
    again(looked(), import_key=None)


def test_a_word_is_pinned_or_switched_off():
    with refuses("term_choice_known"):
        stored(TermChoice(claim=a_claim(), lexeme="oil", word="oil", choice="loved", by=a_person("editor"), at=NOW))


def test_no_word_is_rarer_than_none():
    with refuses("word_rarity_from_zero"):
        stored(WordRarity(lexeme="oil", rarity=-1))


def test_how_far_the_terms_have_come_stands_in_one_row():
    counted = {"documents": 0, "unseen": 0, "followed": 0, "counted_from": 0, "counted_at": NOW, "changed_at": NOW}
    with refuses("terms_state_one_row"):
        stored(TermsState(id=2, **counted))
