"""Topics as pages."""

import re

import pytest
from django.test import Client

from claims.names import LISTS, name_of
from tests.factories import a_claim, a_topic, an_assessment, many_claims, on

pytestmark = pytest.mark.usefixtures("fixed_day")


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content[:500]
    return response.content.decode()


def titles(html: str) -> list[str]:
    return re.findall(r'class="claim-cell"><div dir="auto"><a href="[^"]+">([^<]+)</a>', html)


def test_the_topics_come_by_name_with_their_numbers(loaded_db, client):
    found = re.findall(
        r'<li><a href="/topics/([\w-]+)/" dir="auto">[^<]+</a> <span[^>]*>([^<]+)<', page(client, "/topics/")
    )
    assert found[0] == ("justice", "1 claim")
    assert len(found) == 9


def test_an_empty_list_of_topics_says_so(db, client):
    assert "No topics yet" in page(client, "/topics/")


def test_a_topic_lists_its_claims_latest_judged_first(db, client):
    topic = a_topic(slug="trade")
    early, late = a_claim(topics=[topic], title="early"), a_claim(topics=[topic], title="late")
    a_claim(title="of nothing")
    an_assessment(early, as_of=on(-9))
    an_assessment(late)
    html = page(client, "/topics/trade/")
    assert titles(html) == ["late", "early"]
    assert "2 claims, latest judged first" in html


def test_a_topic_pages(db, client):
    many_claims(5, topics=[a_topic(slug="trade")])
    html = page(client, "/topics/trade/?page_size=3")
    [older] = re.findall(r'href="([^"]+)" rel="next"', html)
    second = page(client, older.replace("&amp;", "&"))
    assert (len(titles(html)), len(titles(second))) == (3, 2)


def test_a_topic_looks_back(db, client):
    topic = a_topic(slug="trade")
    a_claim(topics=[topic], title="early", opened_on=on(-50))
    a_claim(topics=[topic], title="late", opened_on=on(-10))
    html = page(client, f"/topics/trade/?as_of={on(-20)}")
    assert titles(html) == ["early"]
    assert "nearest date first" in html


def test_a_topic_without_claims_says_so(db, client):
    a_topic(slug="trade")
    assert "No claim has this topic so far." in page(client, "/topics/trade/")


def test_an_unknown_topic_is_not_found(db, client):
    assert "There is no topic at this address." in page(client, "/topics/nothing/", status=404)


@pytest.mark.parametrize("query", ["?after=x", "?as_of=x", "?page_size=1000"])
def test_it_refuses_what_makes_no_sense(db, client, query):
    a_topic(slug="trade")
    page(client, f"/topics/trade/{query}", status=400)


def test_it_depends_on_the_topic_and_the_lists(db, client):
    topic = a_topic(slug="trade")
    assert client.get("/topics/trade/").names == {name_of("topic", topic.id), LISTS}
    assert client.get("/topics/").names == {LISTS}


@pytest.mark.parametrize("number", [10, 1000])
def test_the_number_of_queries_is_fixed(db, client, django_assert_num_queries, number):
    many_claims(number, topics=[a_topic(slug="trade")])
    with django_assert_num_queries(4):
        page(client, "/topics/trade/")
    with django_assert_num_queries(1):
        page(client, "/topics/")
