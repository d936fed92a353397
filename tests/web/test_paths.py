"""The plain addresses are those that the urls resolve."""

from datetime import date
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


def test_filters_that_choose_nothing_are_left_out():
    assert paths.claims_path(status="open", q="", topic=None) == "/claims/?status=open"


def test_what_people_typed_is_quoted_in_a_filter():
    assert paths.claims_path(q="a&b=c") == "/claims/?q=a%26b%3Dc"
