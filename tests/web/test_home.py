"""The home page."""

import re

import pytest
from django.test import Client

from claims.names import LISTS, SOURCES
from tests.factories import a_claim, an_article, an_assessment, many_claims

pytestmark = pytest.mark.usefixtures("fixed_day")


def page(client: Client) -> str:
    response = client.get("/")
    assert response.status_code == 200, response.content[:500]
    return response.content.decode()


def section(html: str, heading: str) -> str:
    """What a reader sees in one section."""
    [found] = [part.split("</section>")[0] for part in html.split("<section") if f"{heading}</h2>" in part]
    return " ".join(re.sub(r"<[^>]+>", " ", found.split(">", 1)[1]).split())


def test_it_shows_the_followed_article_with_its_scoreboard(loaded_db, client):
    told = section(page(client), "Followed article")
    assert "21 claims 163 items of evidence" in told
    assert "5 borne out 1 not borne out 11 open" in told


def test_it_shows_what_moved_most_lately(loaded_db, client):
    told = section(page(client), "Moved most lately")
    assert "0 to 100 % since Apr 2025 Trump turns on the reset 6 % down 18" in told
    assert "very unlikely" in told


def test_it_shows_what_was_settled_last(loaded_db, client):
    told = section(page(client), "Settled last")
    assert "Rift between the US and its European allies widens borne out 1 May 2026" in told
    assert "Black Sea truce takes effect not borne out 31 Dec 2025" in told


def test_it_shows_the_latest_judgements_and_evidence(loaded_db, client):
    told = section(page(client), "Latest changes")
    assert "Trump turns on the reset 24 to 6 % , very unlikely" in told
    assert "Russian diesel let into the United States new evidence, TVP 19.30" in told
    assert "clarified" not in told


def test_it_shows_what_falls_due(loaded_db, client):
    told = section(page(client), "Falls due")
    assert "31 Dec 2026 Trump calls for Russia&#x27;s return to the G7 45 %, unlikely" in told


def test_several_articles_are_each_a_compact_scoreboard(db, client):
    for title in ("The first", "The second"):
        an_assessment(a_claim(an_article(title=title)), status="borne-out")
    told = section(page(client), "Followed articles")
    assert "The first" in told
    assert "The second" in told
    assert "All articles" in told


def test_an_empty_site_says_what_will_stand_there(db, client):
    html = page(client)
    assert "No article is followed yet" in html
    assert "Latest changes" not in html


def test_an_article_without_a_judgement_has_no_empty_sections(db, client):
    an_article()
    html = page(client)
    assert "No claim was judged and no evidence logged yet." in html
    for heading in ("Moved most lately", "Settled last", "Falls due"):
        assert heading not in html


def test_it_depends_on_the_lists_and_the_sources(db, client):
    assert client.get("/").names == {LISTS, SOURCES}


@pytest.mark.parametrize("number", [10, 1000])
def test_it_takes_twelve_queries(db, client, django_assert_num_queries, number):
    many_claims(number)
    with django_assert_num_queries(12):
        page(client)
