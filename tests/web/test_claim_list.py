"""The list of claims as a page: filters, sections, rows and their states, looking back, bad input."""

import re
from decimal import Decimal

import pytest
from django.test import Client

from claims.names import LISTS
from tests.factories import DAY, a_claim, a_topic, an_article, an_assessment, an_item, many_claims, on

PATH = "/claims/"


pytestmark = pytest.mark.usefixtures("fixed_day")


def page(client: Client, query: str = "", status: int = 200) -> str:
    response = client.get(PATH + query)
    assert response.status_code == status, response.content[:500]
    return response.content.decode()


def titles(html: str) -> list[str]:
    return re.findall(r'class="claim-cell"><div dir="auto"><a href="[^"]+">([^<]+)</a>', html)


def row(html: str, title: str) -> str:
    """What a reader sees in a claim's row."""
    [found] = [part for part in html.split("<tr ") if f">{title}</a>" in part]
    text = re.sub(r"<[^>]+>", " ", found.split(">", 1)[1].split("</tr>")[0])
    return " ".join(text.split())


def test_it_shows_three_sections_with_their_numbers(loaded_db, client):
    html = page(client)
    found = re.findall(r'<b>([\w ]+)</b> <span class="num">(\d+)</span> <span class="muted">([^<]+)<', html)
    assert found == [
        ("Open", "11", "nearest date first"),
        ("Settled", "6", "latest first"),
        ("Not scored", "4", "facts, and what was already so"),
    ]


def test_it_says_how_many_claims_there_are(loaded_db, client):
    assert "21 claims" in page(client)


def test_a_row_tells_number_change_outlook_stories_and_date(loaded_db, client):
    told = row(page(client), "Trump turns on the reset")
    assert "6 % down 18 points since 22 Sep 2026 Very unlikely review overdue" in told
    assert "8 stories support, 18 contradict" in told
    assert told.endswith("due 31 Dec 2028")


def test_a_number_that_did_not_move_has_no_arrow(loaded_db, client):
    told = row(page(client), "Deals with this administration prove fragile")
    assert "80 % Likely" in told


def test_a_settled_row_has_outcome_and_day_and_no_number(loaded_db, client):
    told = row(page(client), "Black Sea truce takes effect")
    assert "Not borne out" in told
    assert told.endswith("settled 31 Dec 2025")
    assert "%" not in told


def test_what_was_already_so_says_it(loaded_db, client):
    assert "Borne out before the article" in row(page(client), "US withdraws from accountability for war crimes")


def test_a_claim_that_nobody_judged_says_so(db, client):
    a_claim(title="New", opened_on=DAY)
    assert "Not assessed yet no evidence yet" in row(page(client), "New")


def test_a_claim_past_its_date_says_so(db, client):
    an_assessment(a_claim(title="Late", horizon=on(-1)))
    told = row(page(client), "Late")
    assert "past its date" in told
    assert told.endswith("was due 31 May 2026")


def test_a_claim_without_news_says_for_how_long(db, client):
    claim = a_claim(title="Quiet")
    an_assessment(claim)
    an_item([claim], published=str(on(-75)))
    assert "nothing new for 75 days" in row(page(client), "Quiet")


@pytest.mark.parametrize(
    ("because", "words"), [("assumption-fell", "assumption fell, not scored"), ("source-gone", "source gone")]
)
def test_an_annulled_claim_says_why(db, client, because, words):
    an_assessment(a_claim(title="Void"), status="annulled", annulled_because=because)
    assert words in row(page(client), "Void")


def test_a_claim_without_a_due_date_says_so(db, client):
    a_claim(title="Open-ended", horizon=None)
    assert row(page(client), "Open-ended").endswith("no due date")


def test_rows_name_their_articles_only_where_there_are_several(db, client):
    first = an_article(title="The first article")
    a_claim(first)
    assert 'class="from"' not in page(client)
    a_claim(an_article(title="The second article"))
    assert 'class="from" dir="auto">The second article<' in page(client)


def test_a_long_section_leads_on_to_all_of_it(db, client):
    many_claims(60, article=an_article(published="2020-01"), settled_every=2)
    html = page(client)
    assert '<a href="/claims/?status=settled">All 30 settled claims</a>' in html
    assert len(titles(page(client, "?status=settled"))) == 30


def test_the_link_to_all_of_a_section_keeps_the_filters(db, client):
    topic = a_topic("Trade", slug="trade")
    many_claims(60, article=an_article(published="2020-01"), topics=[topic])
    assert "/claims/?status=open&amp;topic=trade" in page(client, "?topic=trade")


def test_a_status_gives_one_list_that_pages(db, client):
    many_claims(5, settled_every=0)
    html = page(client, "?status=open&page_size=2")
    [older] = re.findall(r'href="([^"]+)" rel="next"', html)
    second = client.get(older.replace("&amp;", "&")).content.decode()
    assert len(titles(html)) == len(titles(second)) == 2
    assert not set(titles(html)) & set(titles(second))
    assert "Back to the first" in second


def test_filters_that_are_on_can_be_taken_off_one_by_one(loaded_db, client):
    html = page(client, "?status=open&topic=sanctions&q=trump")
    chips = dict(re.findall(r'class="chip" href="([^"]+)"><span>(\w+)', html))
    assert chips == {
        "/claims/?status=open&amp;topic=sanctions": "Words",
        "/claims/?q=trump&amp;topic=sanctions": "Status",
        "/claims/?q=trump&amp;status=open": "Topic",
    }


def test_the_form_keeps_what_was_chosen(loaded_db, client):
    html = page(client, "?status=not-borne-out&kind=prediction&sort=evidence")
    for value in ("not-borne-out", "prediction", "evidence"):
        assert f'<option value="{value}" selected>' in html


def test_nothing_that_fits_offers_all_claims(loaded_db, client):
    html = page(client, "?q=zebra")
    assert "No claim fits" in html
    assert 'href="/claims/"' in html


def test_an_empty_site_says_what_will_stand_there(db, client):
    assert "No claims yet" in page(client)


def test_a_look_back_says_its_day_and_leads_to_now(loaded_db, client):
    html = page(client, "?as_of=2025-09-01&status=open")
    assert 'at the end of <time datetime="2025-09-01">1 Sep 2025</time>' in html
    assert '<a href="/claims/?status=open">The claims as they stand now</a>' in html


def test_a_look_back_leads_to_claims_of_its_day(loaded_db, client):
    assert 'href="/claims/trump-turns-on-the-reset/?as_of=2025-09-01"' in page(client, "?as_of=2025-09-01")


def test_a_look_back_tells_the_numbers_of_its_day(loaded_db, client):
    told = row(page(client, "?as_of=2025-12-01"), "Trump turns on the reset")
    assert "12 % down 21 points" in told


def test_a_look_back_says_that_it_sorts_by_opening_or_due_date_only(loaded_db, client):
    html = page(client, "?as_of=2025-12-01&sort=change")
    assert "sorted by opening or due date only" in html
    assert "nearest date first" in html


def test_a_look_back_to_before_all_claims_says_so(loaded_db, client):
    assert "No claim had been opened by that day" in page(client, "?as_of=2025-01-01")


@pytest.mark.parametrize(
    "query",
    [
        "?status=maybe",
        "?outlook=sure",
        "?kind=guess",
        "?sort=title",
        "?topic=nothing",
        "?article=nothing",
        "?topic=a%00b",
        f"?article={'a' * 500}",
        "?as_of=yesterday",
        "?as_of=2199-01-01",
        "?after=made-up",
        "?page_size=101",
        "?page_size=0",
        f"?q={'a' * 300}",
        "?q=%00",
        "?q=%ed%a0%80%01",
    ],
)
def test_it_refuses_what_makes_no_sense(db, client, query):
    html = page(client, query, status=400)
    assert query[1:].split("=")[0] in html


@pytest.mark.parametrize("words", ["%22unclosed", "or", "-", "a%20%26%20%7C%20!", "'; drop table claim", "<b>", "ا"])
def test_odd_words_are_words(loaded_db, client, words):
    page(client, f"?q={words}")


def test_a_cursor_of_another_order_is_refused(db, client):
    many_claims(3, settled_every=0)
    [older] = re.findall(r"after=([\w-]+)", page(client, "?status=open&page_size=2&sort=evidence"))
    page(client, f"?status=open&sort=due&after={older}", status=400)


def test_user_text_is_escaped_and_finds_its_direction(db, client):
    a_claim(title="<b>bold</b>")
    html = page(client)
    assert "&lt;b&gt;bold&lt;/b&gt;" in html
    assert "<b>bold" not in html


def test_it_depends_on_the_lists(db, client):
    assert client.get(PATH).names == {LISTS}


@pytest.mark.parametrize("number", [10, 1000])
def test_the_number_of_queries_is_fixed(db, client, django_assert_num_queries, number):
    claims = many_claims(number)
    an_assessment(claims[1], probability=Decimal("0.5"))
    for query, queries in (("", 7), ("?status=open&sort=probability", 5), ("?as_of=2026-05-01", 6)):
        with django_assert_num_queries(queries):
            page(client, query)
