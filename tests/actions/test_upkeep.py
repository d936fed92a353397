"""Upkeep: drafts left lying, the nightly recount."""

from datetime import timedelta

import pytest

from claims.actions.revise_claim import revise_claim
from claims.actions.upkeep import recount, remind_of_drafts
from claims.models import Claim, Evidence, Mail
from tests.factories import DAY, NOW, a_claim, a_person, a_source, an_assessment, an_item, claim_words, on

pytestmark = pytest.mark.django_db

FORTNIGHT = timedelta(days=14)


@pytest.fixture
def analyst():
    return a_person("analyst")


def a_draft(analyst, **words):
    return an_item(by=analyst, draft=True, now=NOW, **words)


def test_the_author_of_a_draft_left_lying_is_told(analyst):
    a_draft(analyst)
    remind_of_drafts(now=NOW + FORTNIGHT + timedelta(hours=1))
    assert Mail.objects.get().recipients == [analyst.email]


def test_the_author_is_told_once(analyst):
    a_draft(analyst)
    for days in (15, 16, 40):
        remind_of_drafts(now=NOW + timedelta(days=days))
    assert Mail.objects.count() == 1


def test_a_draft_touched_of_late_is_left_alone(analyst):
    a_draft(analyst)
    assert remind_of_drafts(now=NOW + FORTNIGHT) == 0


def test_a_waiting_item_is_no_draft(analyst):
    an_item(by=analyst, now=NOW)
    assert remind_of_drafts(now=NOW + 2 * FORTNIGHT) == 0


def test_a_draft_whose_author_is_gone_stops_nobody(analyst):
    source = a_source()
    Evidence.objects.filter(id=a_draft(analyst, source=source).id).update(by=None)
    a_draft(analyst, source=source)
    assert remind_of_drafts(now=NOW + 2 * FORTNIGHT) == 2


def test_the_recount_finds_nothing_where_all_is_right():
    claim = a_claim()
    an_item([claim])
    an_assessment(claim)
    assert recount(today=DAY) == []


@pytest.mark.parametrize(
    ("column", "wrong", "right"),
    [("supports", 7, 1), ("title", "Wrong", "Right"), ("status", "ambiguous", "open"), ("scored", False, True)],
)
def test_the_recount_names_what_differs(column, wrong, right):
    claim = a_claim(title="Right")
    an_item([claim])
    Claim.objects.filter(id=claim.id).update(**{column: wrong})
    assert recount(today=DAY) == [(claim.id, {column: (wrong, right)})]


def test_the_recount_mends_what_differs():
    claim = a_claim()
    Claim.objects.filter(id=claim.id).update(supports=7, moved=1, title="Wrong")
    recount(today=DAY)
    assert recount(today=DAY) == []


def test_the_recount_brings_a_wording_into_force_on_its_day():
    claim = a_claim(title="Before")
    revise_claim(
        by=a_person("editor"), claim=claim, seen_version=None, type="wording",
        words=claim_words(title="After", horizon=claim.horizon), reason="As agreed.", in_force_from=on(5), today=on(5),
    )  # fmt: skip
    recount(today=on(4))
    recount(today=on(5))
    assert Claim.objects.get(id=claim.id).title == "After"
