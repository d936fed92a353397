"""What is logged on a source that was merged meanwhile stands with the one that stays."""

import pytest

from claims.actions.log_evidence import log_evidence
from claims.actions.merge import merge
from claims.actions.revise_evidence import revise_evidence
from claims.models import EventBody, Evidence
from claims.queries.told_rows import differing_rows
from tests.actions.threads import at_once
from tests.factories import DAY, a_claim, a_person, a_source, an_item, bearings_on, item_words


def merged(duplicate, into, by=None):
    by = by or a_person("moderator")
    return merge(by=by, kind="source", duplicate=duplicate.id, into=into.id, reason="One paper.", today=DAY)


def logged(by, source, **options):
    return log_evidence(by=by, words=item_words(source=source), today=DAY, **options).evidence


def source_told(item):
    bodies = EventBody.objects.filter(event__subject_id=item.id, event__verb__startswith="evidence-")
    return bodies.order_by("event_id").last().payload["source"]


@pytest.mark.django_db
@pytest.mark.parametrize("draft", [False, True])
def test_an_item_goes_to_the_source_that_stays(draft):
    first, second, third = a_source(), a_source(), a_source()
    merged(first, second)
    merged(second, third)
    item = logged(a_person("editor"), first, draft=draft)
    assert Evidence.objects.get(id=item.id).source_id == third.id
    assert draft or source_told(item) == third.slug
    assert list(differing_rows()) == []


@pytest.mark.django_db
def test_what_is_sent_again_after_the_merge_is_the_same():
    by, duplicate = a_person("editor"), a_source()
    words = item_words(source=duplicate)
    first = log_evidence(by=by, words=words, key="one", today=DAY)
    merged(duplicate, a_source())
    again = log_evidence(by=by, words=words, key="one", today=DAY)
    assert (again.repeated, again.evidence) == (True, first.evidence)


@pytest.mark.django_db
def test_an_item_that_is_revised_goes_to_the_source_that_stays():
    duplicate, into, by = a_source(), a_source(), a_person("editor")
    item = an_item(by=by)
    merged(duplicate, into)
    revise_evidence(
        by=by, evidence=item, seen_version=item.version, words=item_words(source=duplicate), reason="It is theirs.",
        today=DAY,
    )  # fmt: skip
    assert Evidence.objects.get(id=item.id).source_id == into.id
    assert source_told(item) == into.slug


def test_logged_and_merged_at_once_no_item_stays_behind(empty_cloned_db):
    duplicate, into, claim = a_source(), a_source(), a_claim()
    editors, moderator = [a_person("editor") for _ in range(3)], a_person("moderator")
    results = at_once(
        lambda: merged(duplicate, into, moderator),
        *(lambda by=by: logged(by, duplicate, bearings=bearings_on(claim)) for by in editors),
    )
    assert [one for one in results if isinstance(one, Exception)] == []
    assert set(Evidence.objects.values_list("source_id", flat=True)) == {into.id}
