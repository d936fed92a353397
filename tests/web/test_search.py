"""Searching claims and evidence."""

import re

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from claims.cursors import encode
from claims.queries.search import BEGIN, END
from claims.web.search import _cut, marked
from tests.factories import a_claim, an_assessment, an_item, many_claims, many_items, on

pytestmark = pytest.mark.usefixtures("fixed_day")


def page(client: Client, status: int = 200, **asked: object) -> str:
    response = client.get("/search/", asked)
    assert response.status_code == status, response.content[:500]
    return response.content.decode()


def found(html: str) -> list[str]:
    """The addresses of what a page shows, in their order."""
    return re.findall(r'class="results__title[^"]*" href="([^"]*)"', html)


def test_without_words_it_explains_itself(db, client):
    html = page(client)
    assert "Claims and evidence, by their words" in html
    assert 'name="q" type="search" value=""' in html


def test_claims_stand_before_evidence(loaded_db, client):
    html = page(client, q="trump")
    kinds = [address.split("/")[1] for address in found(html)]
    assert kinds == sorted(kinds)
    assert set(kinds) == {"claims", "evidence"}


def test_matches_are_marked(loaded_db, client):
    assert "<mark>Trump</mark> turns on the reset" in page(client, q="trump")


def test_a_claim_says_where_it_stands(loaded_db, client):
    html = page(client, q="trump turns")
    assert re.search(r'class="stand"><b>6\u00a0%</b><span>very unlikely</span>', html)


def test_kinds_can_be_chosen(loaded_db, client):
    assert all(address.startswith("/evidence/") for address in found(page(client, q="trump", kind="evidence")))
    assert all(address.startswith("/claims/") for address in found(page(client, q="trump", kind="claims")))


def test_a_state_is_one_of_claims(db, client):
    a_claim(title="Oil open", slug="open")
    an_assessment(a_claim(title="Oil settled", slug="settled"), status="borne-out", occurred_on=on(-1))
    an_item(title="Oil in the news")
    assert found(page(client, q="oil", state="settled")) == ["/claims/settled/"]


def test_more_leads_to_the_rest_of_the_evidence(db, client):
    for number in range(7):
        an_item(title=f"Zebra {number}")
    met: list[str] = []
    html = page(client, q="zebra", page_size=3)
    met += found(html)
    while more := re.search(r'href="([^"]*)" rel="next"', html):
        html = client.get(more[1].replace("&amp;", "&")).content.decode()
        met += found(html)
    assert len(met) == len(set(met)) == 7


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("the", "These words stand in nearly every text"),
        ("!!!", "There is no word in this to look for."),
        ("-trump", "This asks only for what is not there."),
    ],
)
def test_it_says_why_nothing_was_looked_for(db, client, words, told):
    assert told in page(client, q=words)


def test_words_spelt_wrong_get_suggestions(loaded_db, client):
    assert 'href="/search/?q=sanctions"' in page(client, q="sanktions")


def test_nothing_found_leads_to_the_sources(db, client):
    html = page(client, q="reuters")
    assert "Nothing found" in html
    assert 'href="/sources/?q=reuters"' in html


def test_nothing_found_within_a_kind_offers_everything(db, client):
    an_item(title="Zebra")
    assert 'href="/search/?q=zebra"' in page(client, q="zebra", kind="claims")


@pytest.mark.parametrize("words", ["x" * 201, "a\0b", "a\u202eb"])
def test_words_that_cannot_be_taken_are_refused_beside_the_field(db, client, words):
    html = page(client, 400, q=words)
    assert 'id="q_error"' in html
    assert 'aria-invalid="true"' in html


def test_what_was_typed_stays_when_it_is_refused(db, client):
    assert f'value="{"x" * 200}"' in page(client, 400, q="x" * 205)


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "people"},
        {"state": "lost"},
        {"after": "x"},
        {"kind": "claims", "after": "made-up"},
        {"kind": "evidence", "after": "eyJhIjoxfQ"},
        {"page_size": "1000"},
    ],
)
def test_what_makes_no_sense_is_refused(db, client, asked):
    page(client, 400, q="oil", **asked)


def test_a_place_of_another_kind_is_refused(loaded_db, client):
    from uuid import UUID

    page(client, 400, q="trump", kind="evidence", after=encode((1, UUID(int=0))))


@pytest.mark.parametrize(
    "words", ['"unbalanced', "it's", "50%", "a_b", "\\", "(((", "a & b | c", "مرحبا", "<b>", "😀 war"]
)
def test_odd_words_are_only_words(db, client, words):
    assert "<b>" not in page(client, q=words).replace("<b>Nothing", "")


def test_markup_in_what_is_found_is_shown_as_text(db, client):
    an_item(title="Zebra <script>alert(1)</script>", summary="<img src=x> zebra")
    html = page(client, q="zebra")
    assert "<script>alert" not in html
    assert "<img" not in html


@given(st.text())
def test_marking_lets_no_markup_through(text):
    told = marked(text).replace("<mark>", "").replace("</mark>", "")
    assert "<" not in told
    assert BEGIN not in told
    assert END not in told


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ("one two", "one two …"),
        ("two three", "… two three …"),
        ("three four", "… three four"),
        ("one two three four", "one two three four"),
        (f"{BEGIN}one{END} two … four", f"{BEGIN}one{END} two … four"),
    ],
)
def test_dots_stand_where_a_text_goes_on(parts, told):
    assert _cut(parts, "one two three four") == told


@pytest.mark.parametrize("size", [10, 1000])
def test_it_asks_the_database_the_same_whatever_there_is(db, client, django_assert_num_queries, size):
    many_claims(size)
    many_items(a_claim(), size)
    with django_assert_num_queries(3):
        page(client, q="many")


def test_it_asks_once_more_where_nothing_is_found(loaded_db, client, django_assert_num_queries):
    with django_assert_num_queries(4):
        page(client, q="qqqq")


def test_very_many_matches_are_said_to_be_bounded(db, client):
    many_items(a_claim(), 1001)
    html = page(client, q="many")
    assert "the best of the newest 1,000" in html
    assert "only the newest were compared" in html


def test_nobody_keeps_the_page(db, client):
    assert client.get("/search/", {"q": "oil"}).names == frozenset()
