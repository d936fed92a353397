"""Looking back over a merge: in world time the duplicate is hidden, on record it stands as it stood."""

from datetime import timedelta

import pytest

from claims.actions.judge import assess
from claims.actions.merge import merge, unmerge
from claims.actions.open_claim import open_claim
from claims.queries.claim import claim_head, claim_page
from claims.queries.claim_recorded import recorded_page
from tests.factories import DAY, NOW, a_judgement, a_person, an_article, an_item, claim_words, on

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def two():
    """A claim, the duplicate that alone bore on it, and what that was merged into an hour later."""
    claim = open_claim(
        by=a_person("editor"), article=an_article(), paragraph=1, kind="prediction", words=claim_words(),
        opened_on=on(-100), today=DAY, now=NOW,
    )  # fmt: skip
    duplicate, into = an_item([claim], now=NOW), an_item(now=NOW)
    return claim, duplicate, into


def merged(duplicate, into):
    return merge(
        by=a_person("moderator"), kind="evidence", duplicate=duplicate.id, into=into.id,
        reason="The same.", today=DAY, now=NOW + HOUR,
    )  # fmt: skip


def on_day(claim):
    page = claim_page(claim_head(claim.slug), today=DAY, as_of=DAY, stance="", after=None, size=50)
    return [report.evidence_id for story in page.evidence.stories for report in story]


def on_record(claim, hours):
    page = recorded_page(
        claim_head(claim.slug), instant=NOW + hours * HOUR, today=DAY, as_of=DAY, stance="", after=None, size=50
    )
    return [report.evidence_id for story in page.evidence.stories for report in story]


def test_as_of_any_day_the_other_stands_for_the_duplicate(two):
    claim, duplicate, into = two
    merged(duplicate, into)
    assert on_day(claim) == [into.id]


def test_on_record_before_the_merge_the_duplicate_stands_as_it_stood(two):
    claim, duplicate, into = two
    merged(duplicate, into)
    assert (on_record(claim, 0.5), on_record(claim, 1.5)) == ([duplicate.id], [into.id])


def test_on_record_while_a_merge_stood_that_was_undone_the_other_stands(two):
    claim, duplicate, into = two
    done = merged(duplicate, into)
    unmerge(by=a_person("moderator"), merge=done, reason="Two.", today=DAY, now=NOW + 2 * HOUR)
    assert [on_record(claim, hours) for hours in (0.5, 1.5, 2.5)] == [[duplicate.id], [into.id], [duplicate.id]]


def test_a_citation_of_a_merged_item_is_marked_as_leading_on(two):
    claim, duplicate, into = two
    judgement = a_judgement(cites=[duplicate.id])
    assess(by=a_person("editor"), claim=claim, judgement=judgement, today=DAY, now=NOW)
    merged(duplicate, into)
    page = claim_page(claim_head(claim.slug), today=DAY, as_of=None, stance="", after=None, size=50)
    [[cited]] = page.citations.values()
    assert (cited.evidence_id, cited.shown, cited.merged) == (duplicate.id, False, True)
