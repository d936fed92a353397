"""An article's page and the list of articles."""

from datetime import date
from decimal import Decimal

import pytest

from claims.queries import article as queries
from claims.queries.article import ArticlePage, article_head, article_page, items_of, newest_articles, place_of
from claims.queries.scoreboard import scoreboards
from tests.factories import DAY, a_claim, an_article, an_assessment, an_item, many_claims, on

SHIPPED = "us-russia-reset-2025"
SHIPPED_DAY = date(2026, 11, 24)


def shipped(*, as_of: date | None = None, table: bool = False) -> ArticlePage:
    head = article_head(SHIPPED)
    assert head is not None
    return article_page(head, as_of=as_of, table=table, after=None, today=SHIPPED_DAY)


def test_there_is_no_article_under_an_unknown_slug(db):
    assert article_head("nothing") is None


def test_the_shipped_scoreboard_is_the_drawn_one(loaded_db):
    board = shipped().scoreboard
    assert board.scored == {"borne-out": 5, "not-borne-out": 1, "open": 11}
    assert board.unscored == {"fact": 3, "already-so": 1}
    assert board.chances == {"above": 6, "near": 1, "below": 4}


def test_a_scoreboard_of_an_earlier_day_counts_what_was_judged_by_then(loaded_db):
    board = shipped(as_of=date(2025, 9, 30)).scoreboard
    assert board.scored == {"borne-out": 1, "open": 16}


def test_the_sum_of_a_scoreboard_is_the_number_of_claims(loaded_db):
    assert shipped().scoreboard.count == 21


def test_what_has_no_answer_is_counted_apart(db):
    article = an_article()
    an_assessment(a_claim(article), status="ambiguous")
    an_assessment(a_claim(article), status="annulled", annulled_because="underspecified")
    a_claim(article)
    board = scoreboards([article.id])[article.id]
    assert (board.scored, board.unscored) == ({"open": 1}, {"ambiguous": 1, "annulled": 1})
    assert board.chances == {"": 1}


def test_claims_come_paragraph_by_paragraph(loaded_db):
    paragraphs = [row.paragraph for row in shipped().claims]
    assert paragraphs == sorted(paragraphs)
    assert len(paragraphs) == 21


def test_a_table_has_the_same_claims_in_three_groups(loaded_db):
    groups = {group.name: len(group.rows) for group in shipped(table=True).groups}
    assert groups == {"open": 11, "settled": 6, "not-scored": 4}


def test_a_table_of_an_earlier_day_counts_the_stories_of_that_day(loaded_db):
    page = shipped(as_of=date(2025, 4, 30), table=True)
    assert sum(row.stories for group in page.groups for row in group.rows) < 100


def test_what_falls_due_next_comes_soonest_first(loaded_db):
    assert [due.day for due in shipped().due_next] == [date(2026, 12, 31), date(2026, 12, 31), date(2027, 3, 31)]


def test_the_shipped_claims_overdue_for_review(loaded_db):
    assert [due.day for due in shipped().overdue] == [
        date(2026, 8, 28),
        date(2026, 9, 15),
        date(2026, 10, 13),
        date(2026, 11, 9),
        date(2026, 11, 9),
    ]


def test_what_is_past_its_date_does_not_fall_due_next(db):
    article = an_article()
    a_claim(article, horizon=on(-1))
    a_claim(article, horizon=None)
    head = article_head(article.slug)
    assert head is not None
    assert article_page(head, as_of=None, table=False, after=None, today=DAY).due_next == []


def test_an_item_that_bears_on_two_claims_is_counted_once(db):
    article = an_article()
    an_item([a_claim(article), a_claim(article)])
    assert items_of([article.id]) == {article.id: 1}


def test_the_shipped_items_are_counted(loaded_db):
    assert list(items_of([shipped().head.id]).values()) == [163]


def test_articles_come_last_published_first_and_undated_ones_last(db):
    for slug, published in (("undated", None), ("old", "2024-01"), ("new", "2026-03-01")):
        an_article(slug=slug, published=published)
    assert [listed.head.slug for listed in newest_articles(9)] == ["new", "old", "undated"]


def test_articles_are_paged_past_the_undated_ones(db):
    for place in range(3):
        an_article(published=None)
        an_article(published=f"2026-0{place % 2 + 1}")
    seen, after = [], None
    while page := newest_articles(2, after=after):
        seen += [listed.head.slug for listed in page]
        after = place_of(page[-1].head)
    assert seen == [listed.head.slug for listed in newest_articles(100)]


def test_a_list_as_of_a_day_leaves_out_what_had_not_appeared(db):
    an_article(slug="out", published="2026-01-10")
    an_article(slug="within-its-range", published="2026-01-01/2026-03-31")
    an_article(slug="later", published="2026-02-01")
    undated = an_article(slug="undated", published=None)
    an_article(slug="undated-without-claims", published=None)
    a_claim(undated, opened_on=date(2026, 1, 5))
    assert [one.head.slug for one in newest_articles(9, as_of=date(2026, 1, 4))] == ["within-its-range"]
    assert [one.head.slug for one in newest_articles(9, as_of=date(2026, 1, 20))] == [
        "within-its-range",
        "out",
        "undated",
    ]


def test_paragraphs_are_paged(db, monkeypatch):
    monkeypatch.setattr(queries, "CLAIMS_ON_A_PAGE", 7)
    article = an_article()
    many_claims(20, article=article)
    head = article_head(article.slug)
    assert head is not None
    seen, after = [], None
    while True:
        page = article_page(head, as_of=None, table=False, after=after, today=DAY)
        seen += [row.id for row in page.claims]
        if not page.more:
            break
        after = page.next
    assert len(seen) == len(set(seen)) == 20


@pytest.mark.parametrize("number", [10, 1000])
def test_the_number_of_queries_is_fixed(db, django_assert_num_queries, number):
    article = an_article()
    claims = many_claims(number, article=article)
    an_assessment(claims[1], probability=Decimal("0.5"))
    head = article_head(article.slug)
    assert head is not None
    for table, as_of, most in ((False, None, 6), (True, None, 9), (True, on(-9), 10)):
        with django_assert_num_queries(most):
            article_page(head, as_of=as_of, table=table, after=None, today=DAY)


def test_the_list_takes_two_queries(db, django_assert_num_queries):
    for _ in range(5):
        a_claim()
    with django_assert_num_queries(2):
        newest_articles(4)
