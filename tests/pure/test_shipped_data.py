"""The pure rules, tried on the data that the site ships with: what is drawn comes out."""

import json
from pathlib import Path

import pytest

from claims.addresses import domain_candidates, normalise_address
from claims.dates import PartialDate
from claims.scoring import Report, balance, fold

DATA = Path(__file__).parents[2] / "claims" / "data" / "reset-2025"


def records(name):
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def evidence():
    return records("evidence")


def dated(item):
    return PartialDate.parse(item["published_on"] or item["event_on"])


def numbered(evidence, claim):
    """The claim's items in the order in which its citations number them, with their bearing."""
    items = sorted(evidence, key=lambda item: (dated(item).first, item["id"]))
    return enumerate(
        ((item, bearing) for item in items for bearing in item["bearings"] if bearing["claim"] == claim), start=1
    )


def told(evidence, claim):
    return fold(
        Report(number, item["story"], bearing["stance"], bearing["weight"], item["credibility"], dated(item).last)
        for number, (item, bearing) in numbered(evidence, claim)
    )


def test_no_two_items_have_the_same_address(evidence):
    assert len({normalise_address(item["url"]) for item in evidence}) == len(evidence)


def test_each_item_finds_its_source_by_its_address(evidence):
    domains = {source["domain"] for source in records("sources")}
    for item in evidence:
        found = [domain for domain in domain_candidates(item["url"]) if domain in domains]
        assert found[:1] == [item["source"]]


def test_each_partial_date_is_written_as_it_was_read(evidence):
    for item in evidence:
        for text in (item["published_on"], item["event_on"]):
            assert text is None or str(PartialDate.parse(text)) == text


@pytest.mark.parametrize(
    ("claim", "supports", "contradicts"),
    [
        ("us-proposes-russias-return-to-the-g7", 5, 2),
        ("no-comprehensive-settlement", 12, 0),
        ("pariah-status-shed", 14, 6),
        ("talks-buy-moscow-time", 19, 3),
        ("mild-on-washington-harsh-on-europe", 6, 2),
        ("demands-presented-as-concessions", 11, 1),
        ("russia-closer-to-defeating-ukraine", 2, 12),
        ("russia-readmitted-to-the-g7", 1, 6),
        ("trump-turns-on-the-reset", 8, 18),
        ("nothing-like-2009", 3, 1),
        ("transatlantic-rift-widens", 11, 2),
        ("ukraine-cast-as-the-obstacle", 5, 4),
        ("black-sea-truce-takes-effect", 0, 6),
        ("us-grants-sanctions-relief", 14, 5),
        ("moscow-overplays-its-hand", 5, 0),
        ("secondary-tariffs-on-buyers-of-russian-oil", 5, 0),
        ("us-hinders-accountability-for-war-crimes", 2, 0),
        ("deals-with-this-administration-are-fragile", 10, 4),
        ("grain-and-fertiliser-trade-not-shut-out", 8, 0),
        ("russia-backed-iran-sanctions-and-held-back-the-s-300", 4, 0),
        ("wto-accession-was-on-the-2009-list", 3, 0),
    ],
)
def test_a_claim_has_this_balance(evidence, claim, supports, contradicts):
    counted = balance(told(evidence, claim))
    assert (counted.supports, counted.contradicts) == (supports, contradicts)


@pytest.mark.parametrize(
    ("claim", "items", "stories", "context"),
    [("trump-turns-on-the-reset", 35, 27, 1), ("secondary-tariffs-on-buyers-of-russian-oil", 17, 8, 3)],
)
def test_a_claim_page_counts_as_it_is_drawn(evidence, claim, items, stories, context):
    assert len(list(numbered(evidence, claim))) == items
    counted = balance(told(evidence, claim))
    assert (counted.stories, counted.context) == (stories, context)


@pytest.mark.parametrize(
    ("claim", "item", "number"),
    [
        ("trump-turns-on-the-reset", "e011", 1),
        ("trump-turns-on-the-reset", "e012", 3),
        ("trump-turns-on-the-reset", "e071", 16),
        ("trump-turns-on-the-reset", "e039", 17),
        ("trump-turns-on-the-reset", "e117", 35),
        ("secondary-tariffs-on-buyers-of-russian-oil", "e147", 11),
        ("secondary-tariffs-on-buyers-of-russian-oil", "e051", 12),
    ],
)
def test_an_item_has_the_number_that_is_drawn(evidence, claim, item, number):
    assert {found["id"]: n for n, (found, _) in numbered(evidence, claim)}[item] == number


def test_the_heaviest_reports_stand_for_their_stories(evidence):
    heads = {story.head.number for story in told(evidence, "trump-turns-on-the-reset")}
    assert {1, 5, 10, 12, 29, 33} <= heads
