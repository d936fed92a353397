"""Articles as pages: the list, the scoreboard, paragraph by paragraph, the table, looking back."""

import re

import pytest
from django.test import Client

from claims.actions.articles import Author
from claims.names import LISTS, name_of
from claims.queries import article as queries
from tests.factories import DAY, a_claim, an_article, an_assessment, many_claims, on

SHIPPED = "/articles/us-russia-reset-2025/"


pytestmark = pytest.mark.usefixtures("fixed_day")


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content[:500]
    return response.content.decode()


def many_articles(number: int) -> None:
    """So many articles, every fifth of them undated, each with one claim."""
    for place in range(number):
        published = None if place % 5 == 0 else str(on(-place))
        a_claim(an_article(published=published), opened_on=on(-3))


def text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_it_counts_what_came_of_it(loaded_db, client):
    told = text(page(client, SHIPPED))
    assert "17 of 21 claims are scored" in told
    assert "5 borne out 1 not borne out 11 open" in told
    assert "Of the open ones 6 stand above even chances, 1 near even, 4 below." in told
    assert "Not counted: 3 statements of fact and 1 that was already so when the article appeared." in told


def test_it_draws_one_shape_for_each_scored_claim(loaded_db, client):
    html = page(client, SHIPPED)
    assert len(re.findall('class="unit ', html)) == 17
    assert len(re.findall('class="unit unit--borne"', html)) == 5


def test_the_numbers_lead_into_the_table(loaded_db, client):
    assert f'<a href="{SHIPPED}?view=table#settled"><b>5</b> borne out</a>' in page(client, SHIPPED)


def test_it_tells_the_claims_paragraph_by_paragraph(loaded_db, client):
    html = page(client, SHIPPED)
    assert re.findall(r"<b>¶ (\d+)</b>", html) == ["4", "5", "6", "7", "8", "9", "10", "11"]
    sixth = html.split("<b>¶ 6</b>")[1].split("<b>¶ 7</b>")[0]
    assert sixth.startswith("5 claims")
    assert "93\u00a0%" in sixth


def test_a_claim_below_its_paragraph_says_how_it_stands(loaded_db, client):
    told = text(page(client, SHIPPED))
    assert "reverses his Russia policy. 6 % down 18 points since 22 Sep 2026 very unlikely" in told
    assert "aggression in Ukraine. borne out before the article" in told
    assert "the first reset. borne out fact, not scored" in told
    assert "takes effect. not borne out 31 Dec 2025" in told


def test_it_says_when_and_by_whom_as_exactly_as_is_known(loaded_db, client):
    told = text(page(client, SHIPPED))
    assert "between 31 Mar 2025 and 6 Apr 2025" in told
    assert "Director, Eurasia Nonproliferation Program" in told
    assert "The copy names the post, not the person." in told


def test_it_says_what_falls_due_and_what_is_overdue(loaded_db, client):
    told = text(page(client, SHIPPED))
    assert "Falls due next in 37 days Trump calls for Russia" in told
    assert "Overdue for review since 28 Aug 2026 No Russian concession without a price" in told


def test_the_table_groups_the_same_claims(loaded_db, client):
    html = page(client, f"{SHIPPED}?view=table")
    assert re.findall(r'<tbody role="rowgroup" id="([\w-]+)"', html) == ["open", "settled", "not-scored"]
    assert len(re.findall('class="claim-cell"', html)) == 21
    assert f'<a href="{SHIPPED}">paragraph by paragraph</a>' in html


def test_it_looks_back(loaded_db, client):
    told = text(page(client, f"{SHIPPED}?as_of=2025-09-30"))
    assert "1 borne out 16 open" in told
    assert "at the end of 30 Sep 2025" in told


def test_a_look_back_keeps_its_day_in_every_link(loaded_db, client):
    html = page(client, f"{SHIPPED}?as_of=2025-09-30")
    assert f'href="{SHIPPED}?as_of=2025-09-30&amp;view=table"' in html
    assert 'href="/claims/trump-turns-on-the-reset/?as_of=2025-09-30"' in html


def test_a_look_back_to_before_the_first_claim_says_so(loaded_db, client):
    assert "Its first claim was opened on 31 Mar 2025." in page(client, f"{SHIPPED}?as_of=2025-01-01")


def test_an_article_without_claims_says_so(db, client):
    an_article(slug="bare")
    assert "No claims yet" in page(client, "/articles/bare/")


def test_an_article_without_dates_says_so(db, client):
    an_article(slug="undated", published=None)
    assert "date not known" in page(client, "/articles/undated/")


def test_several_authors_are_each_named(db, client):
    authors = [Author(name="Ada"), Author(role="Fellow", affiliation="An Institute")]
    an_article(slug="two", authors=authors)
    told = text(page(client, "/articles/two/"))
    assert "Ada" in told
    assert "and 1 more" in told
    assert "Authors Ada Fellow An Institute" in told


def test_the_address_of_the_article_is_a_link_that_is_not_followed(db, client):
    an_article(slug="linked", address="https://example.org/it")
    assert '<a href="https://example.org/it" rel="noopener nofollow">' in page(client, "/articles/linked/")


def test_a_single_open_claim_is_told_in_the_singular(db, client):
    article = an_article(slug="one")
    an_assessment(a_claim(article))
    assert "The open one stands below even chances." in page(client, "/articles/one/")


def test_many_claims_come_page_by_page(db, client, monkeypatch):
    monkeypatch.setattr(queries, "CLAIMS_ON_A_PAGE", 7)
    many_claims(10, article=an_article(slug="many"))
    html = page(client, "/articles/many/")
    [older] = re.findall(r'href="([^"]+)" rel="next"', html)
    second = page(client, older.replace("&amp;", "&"))
    assert len(re.findall(r'<p class="stand">', html)) == 7
    assert len(re.findall(r'<p class="stand">', second)) == 3


def test_more_shapes_than_can_be_counted_are_not_drawn(db, client):
    many_claims(130, article=an_article(slug="crowd", published="2020-01"))
    html = page(client, "/articles/crowd/")
    assert 'class="unit ' not in html
    assert "130 claims, all scored" in html


@pytest.mark.parametrize(
    ("query", "status"), [("?view=map", 400), ("?as_of=never", 400), ("?after=x", 400), ("?as_of=2199-01-01", 400)]
)
def test_it_refuses_what_makes_no_sense(loaded_db, client, query, status):
    page(client, SHIPPED + query, status=status)


def test_an_unknown_article_is_not_found(db, client):
    assert "There is no article at this address." in page(client, "/articles/nothing/", status=404)


def test_it_depends_on_the_article_and_as_a_table_on_the_lists(db, client):
    article = an_article(slug="one")
    own = name_of("article", article.id)
    assert client.get("/articles/one/").names == {own}
    assert client.get("/articles/one/?view=table").names == {own, LISTS}


@pytest.mark.parametrize("number", [10, 1000])
def test_the_number_of_queries_is_fixed(db, client, django_assert_num_queries, number):
    many_claims(number, article=an_article(slug="many"))
    for query, most in (("", 7), ("?view=table", 10), ("?view=table&as_of=2026-05-01", 11)):
        with django_assert_num_queries(most):
            page(client, f"/articles/many/{query}")


def test_the_list_tells_each_article_with_its_scoreboard(loaded_db, client):
    told = text(page(client, "/articles/"))
    assert "Opinion 31 Mar to 6 Apr 2025 21 claims Russia&#x27;s reset with Washington, 2025 against 2009" in told
    assert "5 borne out" in told


def test_the_list_pages(db, client):
    for place in range(3):
        an_article(published=str(on(-place)))
    html = page(client, "/articles/?page_size=2")
    [older] = re.findall(r'href="([^"]+)" rel="next"', html)
    assert len(re.findall('<h2 class="feature"', page(client, older.replace("&amp;", "&")))) == 1


def test_the_list_looks_back_and_keeps_the_day_in_its_links(loaded_db, client):
    html = page(client, "/articles/?as_of=2025-09-30")
    assert "1 borne out 16 open" in text(html)
    assert f'href="{SHIPPED}?as_of=2025-09-30"' in html
    assert f'href="{SHIPPED}?as_of=2025-09-30&amp;view=table#settled"' in html


def test_the_pages_of_a_list_that_looks_back_keep_the_day(db, client):
    for place in range(3):
        an_article(published=str(on(-place)))
    html = page(client, f"/articles/?page_size=2&as_of={DAY}")
    [older] = re.findall(r'href="([^"]+)" rel="next"', html)
    html = page(client, older.replace("&amp;", "&"))
    assert len(re.findall('<h2 class="feature"', html)) == 1
    assert f'href="/articles/?as_of={DAY}&amp;page_size=2">Back to the first' in html


def test_a_list_of_before_the_first_article_says_so(loaded_db, client):
    assert "No article that is followed had appeared by that day." in page(client, "/articles/?as_of=2025-03-30")


@pytest.mark.parametrize("query", ["?as_of=never", "?as_of=2199-01-01", "?after=x", "?page_size=0"])
def test_the_list_refuses_what_makes_no_sense(db, client, query):
    page(client, f"/articles/{query}", status=400)


@pytest.mark.parametrize("number", [10, 1000])
def test_the_list_takes_two_queries_however_long_it_is(db, client, django_assert_num_queries, number):
    many_articles(number)
    for query in ("", "?page_size=100", f"?as_of={DAY}", f"?page_size=100&as_of={DAY}"):
        with django_assert_num_queries(2):
            page(client, f"/articles/{query}")


@pytest.mark.parametrize("number", [10, 1000])
def test_the_list_takes_two_queries_however_many_claims_there_are(db, client, django_assert_num_queries, number):
    many_claims(number)
    for query in ("", f"?as_of={DAY}"):
        with django_assert_num_queries(2):
            page(client, f"/articles/{query}")


def test_the_list_offers_to_look_back(loaded_db, client):
    form = page(client, "/articles/?as_of=2025-09-30").split('action="/articles/"')[1].split("</form>")[0]
    assert 'name="as_of" type="date" required max="2026-11-24" value="2025-09-30"' in form


def test_a_list_that_looks_back_leaves_later_articles_out(db, client):
    an_article(slug="earlier", published=str(on(-9)))
    an_article(slug="later", published=str(on(-2)))
    html = page(client, f"/articles/?as_of={on(-5)}")
    assert ("/articles/earlier/" in html, "/articles/later/" in html) == (True, False)


def test_a_list_that_looks_back_is_not_for_search_engines(db, client):
    assert '<meta name="robots" content="noindex">' in page(client, f"/articles/?as_of={DAY}")


def test_an_empty_list_says_what_will_stand_there(db, client):
    assert "No articles yet" in page(client, "/articles/")


def test_the_list_depends_on_the_lists(db, client):
    assert client.get("/articles/").names == {LISTS}
