"""The plain addresses are those that the urls resolve."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.urls import resolve, reverse

from claims.web import paths

ITEM = UUID("018f0000-0000-7000-8000-000000000000")


@pytest.mark.parametrize(
    ("made", "name", "arguments"),
    [
        (paths.claim_path("a-claim"), "claim", ["a-claim"]),
        (paths.claim_history_path("a-claim"), "claim_history", ["a-claim"]),
        (paths.cite_path("a-claim"), "claim_cite", ["a-claim"]),
        (paths.proof_path(ITEM), "ledger_event", [ITEM]),
        (paths.article_path("an-article"), "article", ["an-article"]),
        (paths.evidence_path(ITEM), "evidence", [ITEM]),
        (paths.source_path("example-org"), "source", ["example-org"]),
        (paths.topic_path("tariffs"), "topic", ["tariffs"]),
        (paths.claims_path(), "claims", []),
        (paths.flag_path("claim", ITEM), "flag", ["claim", ITEM]),
    ],
)
def test_an_address_is_the_one_of_its_page(made, name, arguments):
    assert made == reverse(name, args=arguments)
    assert resolve(made).url_name == name


def test_a_look_back_keeps_its_day():
    assert paths.claim_path("a-claim", date(2025, 9, 24)) == "/claims/a-claim/?as_of=2025-09-24"


def test_a_page_of_the_record_keeps_its_day_and_its_instant():
    instant = datetime(2026, 12, 3, 12, tzinfo=UTC)
    both = "as_of=2025-09-24&recorded_by=2026-12-03T12:00:00Z"
    assert paths.claim_path("a-claim", date(2025, 9, 24), instant) == f"/claims/a-claim/?{both}"
    assert paths.cite_path("a-claim", date(2025, 9, 24), instant) == f"/claims/a-claim/cite/?{both}"
    assert paths.claim_history_path("a-claim", instant) == "/claims/a-claim/history/?recorded_by=2026-12-03T12:00:00Z"


def test_filters_that_choose_nothing_are_left_out():
    assert paths.claims_path(status="open", q="", topic=None) == "/claims/?status=open"


def test_what_people_typed_is_quoted_in_a_filter():
    assert paths.claims_path(q="a&b=c") == "/claims/?q=a%26b%3Dc"
