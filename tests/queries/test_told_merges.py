"""A merge that was changed, added or removed behind its event is found."""

import pytest

from claims.actions.merge import merge, unmerge
from claims.models import Event, Evidence, Merge, MergeMove
from claims.queries.ledger import entry_of
from claims.queries.told_rows import differing_rows
from tests.factories import DAY, a_claim, a_person, a_source, an_item

pytestmark = pytest.mark.django_db


def merged(duplicate, into, kind="evidence"):
    return merge(
        by=a_person("moderator"), kind=kind, duplicate=duplicate.id, into=into.id, reason="The same.", today=DAY
    )


def undone(done):
    return unmerge(by=a_person("moderator"), merge=done, reason="Two.", today=DAY)


def found():
    return {words for words, _ in differing_rows()}


def test_merges_and_their_undoing_agree_with_their_events():
    one, other = an_item([a_claim()]), an_item()
    undone(merged(one, other))
    merged(one, other)
    assert found() == set()


def test_a_merge_that_leads_elsewhere_is_found():
    done = merged(an_item(), an_item())
    Merge.objects.filter(id=done.id).update(into_id=an_item().id)
    assert found() == {"a merge is not as its event told it"}


@pytest.mark.parametrize("undo", [False, True])
def test_a_merge_that_stands_or_does_not_as_nobody_told_is_found(undo):
    done = merged(an_item(), an_item())
    if undo:
        undone(done)
    Merge.objects.filter(id=done.id).update(state="confirmed" if undo else "undone")
    assert found() == {"a merge stands, or does not, as no event told it"}


def test_a_merge_that_is_gone_is_found():
    done = merged(a_source(), a_source(), kind="source")
    MergeMove.objects.filter(merge=done).delete()
    Merge.objects.filter(id=done.id).delete()
    assert found() == {"a merge that an event told of is gone"}


def test_a_merged_item_that_is_published_again_without_an_undoing_is_found():
    one, other = an_item(), an_item()
    merged(one, other)
    Evidence.objects.filter(id=one.id).update(state="published")
    assert found() == {"an item is in a state that no event brought it into"}


def test_why_an_item_was_merged_is_public_and_what_was_given_is_as_long_as_it_stands():
    one, other = an_item([a_claim()]), an_item()
    done = merged(one, other)
    given = Event.objects.get(verb="bearing-set", subject_id=other.id)

    def shown(event):
        return entry_of(event)[0].opened is not None

    assert (shown(done.event_id), shown(given.id)) == (True, True)
    undone(done)
    assert (shown(done.event_id), shown(given.id)) == (True, False)
