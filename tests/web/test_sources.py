"""The list of sources, and the page of one."""

import re

import pytest
from django.test import Client
from django.utils.html import escape

from claims.actions.decide import withdraw
from claims.actions.sources import grade_source
from claims.cursors import encode
from claims.models import Source
from claims.names import name_of
from claims.web.countries import country_name
from tests.factories import DAY, a_claim, a_person, a_source, an_item, many_claims, many_items

pytestmark = pytest.mark.usefixtures("fixed_day")


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content[:500]
    return response.content.decode()


def names(html: str) -> list[str]:
    """The sources that a page of the list shows, in their order."""
    return re.findall(r'<th scope="row"[^>]*><a [^>]*>([^<]*)</a>', html)


def following(html: str) -> str | None:
    """The address of the next page."""
    found = re.search(r'href="([^"]*)" rel="next"', html)
    return found[1].replace("&amp;", "&") if found else None


def walked(client: Client, address: str | None) -> list[str]:
    """All sources, page after page."""
    found: list[str] = []
    while address:
        html = page(client, address)
        found += names(html)
        address = following(html)
    return found


def test_every_source_is_met_once_page_after_page(loaded_db, client):
    found = walked(client, "/sources/?page_size=20")
    assert found == [escape(name) for name in Source.objects.order_by("name", "id").values_list("name", flat=True)]


def test_sources_of_one_name_are_all_met(db, client):
    for _ in range(7):
        a_source(name="The Same")
    assert len(walked(client, "/sources/?page_size=3&q=the+same")) == 7


def test_it_chooses_by_grade(loaded_db, client):
    found = walked(client, "/sources/?grade=A")
    assert found == [
        escape(name) for name in Source.objects.filter(reliability="A").order_by("name").values_list("name", flat=True)
    ]


def test_it_chooses_those_without_a_grade(db, client):
    a_source(name="Graded")
    a_source(name="Ungraded", reliability=None)
    assert walked(client, "/sources/?grade=none") == ["Ungraded"]


def test_it_chooses_by_kind(db, client):
    a_source(name="A paper")
    a_source(name="An agency", kind="wire")
    assert walked(client, "/sources/?kind=wire") == ["An agency"]


def test_it_finds_by_a_part_of_the_name_in_any_case(db, client):
    a_source(name="The Kyiv Post")
    a_source(name="The Moscow Times")
    assert walked(client, "/sources/?q=kYiV") == ["The Kyiv Post"]


def test_it_finds_by_domain(db, client):
    a_source("news.example.org", name="One")
    a_source("other.example", name="Two")
    assert walked(client, "/sources/?q=news.example") == ["One"]


@pytest.mark.parametrize("words", ["%25", "_", "%5C"])
def test_signs_of_a_pattern_are_looked_for_as_they_stand(db, client, words):
    a_source(name="Plain")
    assert "No source fits" in page(client, f"/sources/?q={words}")


def test_counts_are_of_public_items(db, client):
    source = a_source()
    withdraw(by=a_person("moderator"), evidence=an_item(source=source), reason="Wrong.", today=DAY)
    an_item(source=source)
    assert '1 <span class="muted small">item</span>' in page(client, "/sources/")


def test_with_none_it_says_how_sources_come(db, client):
    assert "No sources yet" in page(client, "/sources/")


@pytest.mark.parametrize(
    "query",
    [
        "grade=G",
        "kind=rumour",
        "after=nonsense",
        "page_size=0",
        "page_size=101",
        "page_size=x",
        "q=%00",
        f"q={'x' * 101}",
        f"after={encode((1, 2))}",
    ],
)
def test_what_makes_no_sense_is_refused(db, client, query):
    page(client, f"/sources/?{query}", status=400)


@pytest.mark.parametrize("size", [10, 1000])
def test_the_list_asks_the_database_once(db, client, django_assert_num_queries, size):
    many_items(a_claim(), size, source=a_source())
    with django_assert_num_queries(1):
        page(client, "/sources/")


def test_a_source_is_introduced(loaded_db, client):
    html = page(client, "/sources/codziennatranskrypcjatvpis-github-io/")
    assert "<span>broadcaster</span><span>Poland</span>" in html
    assert "Graded <b>B</b>: usually reliable." in html
    assert "codziennatranskrypcjatvpis.github.io</li>" in html
    assert "17 items" in html


def test_a_country_that_is_not_known_is_left_out(db, client):
    source = a_source(country="XX")
    assert "XX" not in page(client, f"/sources/{source.slug}/")


def test_its_items_are_met_once_newest_first(db, client):
    source = a_source("paper.example")
    items = many_items(a_claim(), 23, source=source)
    found: list[str] = []
    address: str | None = "/sources/paper-example/?page_size=5"
    while address:
        html = page(client, address)
        found += re.findall(r'evidence__title"><a href="/evidence/([^/]*)/', html)
        address = following(html)
    assert found == [
        str(item.id) for item in sorted(items, key=lambda item: (item.published_to, item.id), reverse=True)
    ]


def test_each_item_tells_the_heaviest_of_what_it_bears_on(db, client):
    source = a_source("paper.example")
    heavy = a_claim(title="The heavy one")
    an_item(
        [*((claim, "context", "slight") for claim in many_claims(4)), (heavy, "contradicts", "decisive")], source=source
    )
    html = page(client, "/sources/paper-example/")
    bears = html[html.index('class="bears"') :]
    assert bears.index("The heavy one") < bears.index("context, slight")
    assert "and 2 more" in bears


def test_an_item_on_no_claim_says_so(db, client):
    an_item(source=a_source("paper.example"))
    assert "Bears on no claim so far." in page(client, "/sources/paper-example/")


def test_it_tells_how_its_grade_changed(db, client):
    source = a_source("paper.example", reliability="C")
    grade_source(by=a_person("editor"), source=source, reliability="B", reason="Corrects its mistakes.", today=DAY)
    html = page(client, "/sources/paper-example/")
    assert re.search(r"<b>B</b> usually reliable.*Corrects its mistakes\..*<b>C</b> fairly reliable", html, re.DOTALL)


def test_a_new_name_alone_is_no_new_grade(db, client):
    source = a_source("paper.example", reliability="C")
    grade_source(by=a_person("editor"), source=source, reliability="C", name="Renamed", reason="New name.", today=DAY)
    assert page(client, "/sources/paper-example/").count("<b>C</b> fairly reliable") == 1


def test_an_unknown_source_is_not_found(db, client):
    assert "There is no source at this address." in page(client, "/sources/nowhere-example/", status=404)


def test_a_source_without_items_says_so(db, client):
    a_source("paper.example")
    assert "No evidence from it so far" in page(client, "/sources/paper-example/")


@pytest.mark.parametrize("size", [10, 1000])
def test_a_source_asks_the_database_the_same_whatever_there_is(db, client, django_assert_num_queries, size):
    many_items(a_claim(), size, source=a_source("paper.example"))
    with django_assert_num_queries(4):
        page(client, "/sources/paper-example/")


def test_many_items_are_not_counted_to_the_end(db, client):
    many_items(a_claim(), 1001, source=a_source("paper.example"))
    assert "more than 1,000 items" in page(client, "/sources/paper-example/")


def test_it_depends_on_the_source(db, client):
    source = a_source("paper.example")
    assert name_of("source", source.id) in client.get("/sources/paper-example/").names


@pytest.mark.parametrize(("code", "name"), [("PL", "Poland"), ("XX", ""), ("QQ", "QQ"), ("CD", "DR Congo")])
def test_a_country_is_named_where_it_is_listed(code, name):
    assert country_name(code) == name
