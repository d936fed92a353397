"""How alike texts and addresses are."""

import pytest

from claims.addresses import normalise_address
from claims.likeness import address_family, likeness, plain_form, trigrams


@pytest.mark.parametrize(
    "address",
    [
        "https://m.paper.example/2026/talks",
        "https://amp.paper.example/2026/talks",
        "https://www.paper.example/2026/talks/amp/",
        "https://paper.example/amp/2026/talks",
        "https://paper.example/2026/talks?amp=1",
        "https://paper.example/2026/talks?outputType=amp&utm_source=x",
        "https://www.google.com/amp/s/paper.example/2026/talks",
        "https://paper-example.cdn.ampproject.org/c/s/paper.example/2026/talks",
        "http://paper.example/2026/talks?utm_medium=mail#part",
    ],
)
def test_variants_of_a_page_have_one_plain_form(address):
    assert plain_form(normalise_address(address)) == "https://paper.example/2026/talks"


@pytest.mark.parametrize(
    "address",
    ["https://paper.example/2026/amplify", "https://m.example/story", "https://paper.example/?id=7&tramp=1"],
)
def test_what_only_looks_like_a_variant_stays(address):
    assert plain_form(normalise_address(address)) == normalise_address(address)


def test_a_family_holds_each_variant_and_begins_with_the_plain_form():
    family = address_family(normalise_address("https://m.paper.example/a.html"))
    assert family[0] == "https://paper.example/a.html"
    assert {
        "https://amp.paper.example/a.html",
        "https://paper.example/a.amp.html",
        "https://paper.example/a.html/amp",
        "https://paper.example/a.html?amp=1",
    } <= set(family)


def test_every_member_of_a_family_is_normalised_and_has_its_plain_form():
    family = address_family("https://paper.example/2026/talks?id=7")
    assert all(normalise_address(member) == member for member in family)
    assert {plain_form(member) for member in family} == {family[0]}


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("Talks resume in Geneva", "Talks resume in Geneva.", 1.0, 1.0),
        ("Talks resume in Geneva", "Talks to resume in Geneva", 0.6, 0.99),
        ("Talks resume in Geneva", "Budget passes in Warsaw", 0.0, 0.3),
        ("Переговоры в Женеве", "Переговоры в Женеве!", 1.0, 1.0),
        ("", "", 0.0, 0.0),
    ],
)
def test_likeness_is_the_share_of_trigrams_in_common(one, other, least, most):
    assert least <= likeness(trigrams(one), trigrams(other)) <= most
