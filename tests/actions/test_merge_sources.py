"""Merging two sources that are one publisher, and undoing it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.actions.errors import WrongState
from claims.actions.evidence_words import words_of
from claims.actions.log_evidence import log_evidence
from claims.actions.merge import merge, unmerge
from claims.actions.revise_evidence import revise_evidence
from claims.actions.sources import grade_source
from claims.models import EventBody, Evidence, MergeMove, SourceDomain
from claims.queries.known_items import source_named, source_names
from claims.queries.sources import source_list
from claims.queries.told_rows import differing_rows
from tests.factories import DAY, a_claim, a_person, a_source, an_item, item_words, many_items

pytestmark = pytest.mark.django_db


def merged(duplicate, into):
    return merge(
        by=a_person("moderator"), kind="source", duplicate=duplicate.id, into=into.id,
        reason="The paper under its old name.", today=DAY,
    )  # fmt: skip


def undone(done):
    return unmerge(by=a_person("moderator"), merge=done, reason="Two papers.", today=DAY)


def source_of(item):
    return Evidence.objects.get(id=item.id).source_id


def domains_of(source):
    return list(SourceDomain.objects.filter(source=source).order_by("domain").values_list("domain", flat=True))


def reworded(item, **words):
    held = Evidence.objects.get(id=item.id)
    revise_evidence(
        by=a_person("editor"), evidence=held, seen_version=held.version, words=words_of(held),
        reason="Typo.", today=DAY, **words,
    )  # fmt: skip


def test_items_of_every_state_and_domains_move():
    duplicate, into = a_source("old.example"), a_source("new.example")
    public, waits = an_item(source=duplicate), an_item(source=duplicate, by=a_person("analyst"))
    draft = an_item(source=duplicate, by=a_person("analyst"), draft=True)
    merged(duplicate, into)
    assert {source_of(item) for item in (public, waits, draft)} == {into.id}
    assert (domains_of(duplicate), domains_of(into)) == ([], ["new.example", "old.example"])
    assert list(differing_rows()) == []


def test_the_event_tells_what_moved():
    duplicate, into = a_source("old.example"), a_source()
    an_item(source=duplicate)
    done = merged(duplicate, into)
    said = EventBody.objects.get(event_id=done.event_id).payload
    assert (said["into"], said["items"], said["domains"]) == (str(into.id), 1, ["old.example"])
    assert len(said["moved"]) == 64


def test_an_item_that_is_moved_on_without_a_merge_is_found():
    duplicate, into = a_source(), a_source()
    done, other = merged(duplicate, into), an_item(source=a_source())
    Evidence.objects.filter(id=other.id).update(source=into)
    MergeMove.objects.create(merge=done, thing=other.id)
    found = {words for words, _ in differing_rows()}
    assert found == {"an item does not say what its last event told", "a merge is not as its event told it"}


def test_undoing_gives_items_and_domains_back():
    duplicate, into = a_source("old.example"), a_source("new.example")
    item, theirs = an_item(source=duplicate), an_item(source=into)
    undone(merged(duplicate, into))
    assert (source_of(item), source_of(theirs)) == (duplicate.id, into.id)
    assert (domains_of(duplicate), domains_of(into)) == (["old.example"], ["new.example"])
    assert list(differing_rows()) == []


def test_an_item_that_was_reworded_since_stays_with_the_other():
    duplicate, into = a_source(), a_source()
    item = an_item(source=duplicate)
    done = merged(duplicate, into)
    reworded(item)
    undone(done)
    assert source_of(item) == into.id
    assert list(differing_rows()) == []


def test_merges_that_lead_on_are_undone_from_the_last_and_every_step_agrees():
    first, second, third = a_source(), a_source(), a_source()
    item = an_item(source=first)
    one = merged(first, second)
    other = merged(second, third)
    assert (source_of(item), list(differing_rows())) == (third.id, [])
    with pytest.raises(WrongState, match="undo that merge first"):
        undone(one)
    undone(other)
    assert (source_of(item), list(differing_rows())) == (second.id, [])
    undone(one)
    assert (source_of(item), list(differing_rows())) == (first.id, [])


def test_a_form_that_was_opened_before_is_stale():
    duplicate, into = a_source(), a_source()
    item = an_item(source=duplicate)
    merged(duplicate, into)
    assert Evidence.objects.get(id=item.id).version == item.version + 1


def test_a_merged_source_is_in_no_list_and_offered_nowhere():
    duplicate, into = a_source("old.example", name="Old Paper"), a_source(name="New Paper")
    merged(duplicate, into)
    listed = source_list(words="", grade="", kind="", after=None, size=50)
    assert [row.name for row in listed.sources] == ["New Paper"]
    assert source_names() == ["New Paper"]
    assert source_named("Old Paper")[0] is None
    assert source_named("old.example")[0] == into


def test_what_is_logged_by_its_domain_is_the_others():
    duplicate, into = a_source("old.example"), a_source()
    merged(duplicate, into)
    source, _ = source_named("old.example")
    words = item_words(source=source, address="https://old.example/later")
    logged = log_evidence(by=a_person("editor"), words=words, today=DAY)
    assert logged.evidence.source_id == into.id


def test_a_source_is_merged_once_and_into_none_that_is_merged():
    first, second = a_source(), a_source()
    merged(first, second)
    with pytest.raises(WrongState, match="merged already"):
        merged(first, a_source())
    with pytest.raises(WrongState, match="merged itself"):
        merged(a_source(), first)


def test_thousands_of_items_move_by_as_many_statements_as_one(django_assert_num_queries):
    into = a_source()
    few, many = a_source(), a_source()
    an_item(source=few)
    many_items(a_claim(), 3000, source=many)
    with CaptureQueriesContext(connection) as counted:
        merged(few, into)
    with django_assert_num_queries(len(counted)):
        merged(many, into)
    assert Evidence.objects.filter(source=into).count() == 3001


def test_a_merged_source_is_not_graded():
    duplicate, into = a_source(), a_source()
    merged(duplicate, into)
    with pytest.raises(WrongState, match="grade that one"):
        grade_source(by=a_person("editor"), source=duplicate, reliability="C", reason="Slips.", today=DAY)
