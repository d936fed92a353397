"""The list of claims: what fits, in what order, page after page, now and on an earlier day."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import pytest

from claims.actions.judge import reopen
from claims.actions.revise_claim import revise_claim
from claims.models import Article, Claim, Topic
from claims.queries.claim_list import SORTS, ClaimList, Filters, in_sections, page_by_page
from claims.queries.claim_rows import BY_DUE, BY_PROBABILITY, ClaimRow, claim_rows, counted_on
from tests.factories import (
    DAY,
    a_claim,
    a_judgement,
    a_topic,
    an_article,
    an_assessment,
    an_item,
    claim_words,
    many_claims,
    on,
    the_house,
)

SHIPPED_DAY = date(2026, 11, 24)


def titles(rows: Iterable[ClaimRow]) -> list[str]:
    return [row.title for row in rows]


def sections(found: ClaimList) -> dict[str, list[str]]:
    return {section.name: titles(section.rows) for section in found.sections}


def listed(filters: Filters | None = None, *, as_of: date | None = None, sort: str = "due") -> list[str]:
    found = page_by_page(filters or Filters(), sort=sort, size=100, after=None, as_of=as_of, today=DAY)
    return titles(found.sections[0].rows)


def walked(sort: str, *, size: int, status: str = "", as_of: date | None = None) -> list[ClaimRow]:
    rows: list[ClaimRow] = []
    after = None
    while True:
        found = page_by_page(Filters(status=status), sort=sort, size=size, after=after, as_of=as_of, today=DAY)
        [section] = found.sections
        rows += section.rows
        if not section.more:
            return rows
        after = section.next


def test_the_shipped_claims_stand_in_three_sections(loaded_db):
    found = in_sections(Filters(), sort="due", today=SHIPPED_DAY)
    assert [(section.name, section.count, len(section.rows)) for section in found.sections] == [
        ("open", 11, 11),
        ("settled", 6, 6),
        ("not-scored", 4, 4),
    ]


def test_what_is_open_comes_by_due_date_and_what_is_settled_by_its_day(loaded_db):
    found = sections(in_sections(Filters(), sort="due", today=SHIPPED_DAY))
    assert found["open"][:2] == [
        "Trump calls for Russia's return to the G7",
        "No comprehensive settlement by the end of 2026",
    ]
    assert found["settled"][0] == "Rift between the US and its European allies widens"


def test_a_look_back_to_today_is_what_is_kept(loaded_db):
    now = claim_rows([], BY_DUE, size=100, day=None)
    then = counted_on(SHIPPED_DAY, claim_rows([], BY_DUE, size=100, day=SHIPPED_DAY))
    assert now == then


def test_a_look_back_to_today_is_what_is_kept_after_every_kind_of_judgement(db):
    article = an_article(published="2026-03-01")
    annulled, settled_before, reopened, worded, partly = (a_claim(article) for _ in range(5))
    an_assessment(annulled, as_of=on(-9))
    an_assessment(annulled, status="annulled", annulled_because="assumption-fell")
    an_assessment(settled_before, status="borne-out", occurred_on=date(2026, 2, 27))
    an_assessment(reopened, as_of=on(-5), status="not-borne-out")
    reopen(by=the_house(), claim=reopened, judgement=a_judgement(as_of=on(-4)), today=DAY)
    an_assessment(reopened, as_of=on(-40), probability=Decimal("0.9"))
    words = claim_words(title="Clearer", horizon=worded.horizon)
    revise_claim(
        by=the_house(), claim=worded, seen_version=None, type="wording", words=words, reason="Clearer.", today=DAY
    )
    an_assessment(partly, status="partly-borne-out", probability=Decimal("0.3"))
    an_item([(partly, "contradicts"), worded], story="one")
    an_item([(partly, "supports", "strong")], story="one")
    now = claim_rows([], BY_DUE, size=100, day=None)
    assert counted_on(DAY, claim_rows([], BY_DUE, size=100, day=DAY)) == now


@pytest.mark.parametrize("sort", SORTS)
def test_paging_visits_each_claim_once_in_the_order_of_one_long_page(db, sort):
    many_claims(25, settled_every=4)
    a_claim()
    a_claim()
    whole = walked(sort, size=100)
    assert walked(sort, size=4) == whole
    assert len({row.id for row in whole}) == 27


@pytest.mark.parametrize("sort", ["due", "opened"])
def test_a_look_back_is_paged_like_the_list(db, sort):
    many_claims(12)
    assert walked(sort, size=5, as_of=DAY) == walked(sort, size=100, as_of=DAY)


def test_likeliest_first_puts_claims_without_a_number_last(db):
    unassessed, likely, unlikely = (a_claim(title=title) for title in ("none", "likely", "unlikely"))
    an_assessment(likely, probability=Decimal("0.9"))
    an_assessment(unlikely, probability=Decimal("0.1"))
    rows = claim_rows([], BY_PROBABILITY, size=10, day=None)
    assert titles(rows) == ["likely", "unlikely", "none"]
    assert unassessed.title == "none"


def test_biggest_change_counts_either_way(db):
    up, down = a_claim(title="up"), a_claim(title="down")
    for claim, then, now in ((up, "0.5", "0.6"), (down, "0.5", "0.2")):
        an_assessment(claim, as_of=on(-9), probability=Decimal(then))
        an_assessment(claim, probability=Decimal(now))
    assert listed(sort="change") == ["down", "up"]


def test_most_evidence_counts_stories(db):
    told_twice, two = a_claim(title="told twice"), a_claim(title="two stories")
    an_item([told_twice], story="same")
    an_item([told_twice], story="same")
    an_item([two])
    an_item([two])
    assert listed(sort="evidence") == ["two stories", "told twice"]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("open", ["open"]),
        ("not-borne-out", ["no"]),
        ("borne-out", ["fact", "yes"]),
        ("annulled", ["annulled"]),
        ("settled", ["annulled", "no", "yes"]),
        ("not-scored", ["fact"]),
    ],
)
def test_a_status_lets_through_what_has_it(db, status, expected):
    a_claim(title="open")
    an_assessment(a_claim(title="yes"), status="borne-out")
    an_assessment(a_claim(title="no"), status="not-borne-out")
    an_assessment(a_claim(title="annulled"), status="annulled", annulled_because="underspecified")
    an_assessment(a_claim(title="fact", kind="fact"), status="borne-out")
    assert sorted(listed(Filters(status=status))) == expected


@pytest.mark.parametrize(
    ("outlook", "probability", "fits"),
    [
        ("very-unlikely", "0.06", True),
        ("very-unlikely", "0.05", False),
        ("very-unlikely", "0.2", True),
        ("very-unlikely", "0.201", False),
        ("almost-no-chance", "0.001", True),
        ("almost-certain", "0.999", True),
    ],
)
def test_an_outlook_is_a_range_of_numbers(db, outlook, probability, fits):
    an_assessment(a_claim(title="one"), probability=Decimal(probability))
    assert listed(Filters(outlook=outlook)) == (["one"] if fits else [])


def test_an_outlook_leaves_settled_claims_out(db):
    an_assessment(a_claim(), status="borne-out")
    assert listed(Filters(outlook="almost-certain")) == []


@pytest.fixture
def pair(db) -> tuple[Claim, Claim]:
    topic = a_topic("Trade")
    first = a_claim(title="about tariffs", topics=[topic], kind="judgement")
    return first, a_claim(title="about a truce")


def test_a_topic_lets_its_claims_through(pair):
    assert listed(Filters(topic=Topic.objects.get().id)) == ["about tariffs"]


def test_an_article_lets_its_claims_through(pair):
    assert listed(Filters(article=pair[1].article_id)) == ["about a truce"]


def test_a_kind_lets_its_claims_through(pair):
    assert listed(Filters(kind="judgement")) == ["about tariffs"]


def test_words_are_looked_for_by_their_stem(pair):
    assert listed(Filters(words="tariff")) == ["about tariffs"]


def test_words_may_exclude(pair):
    assert listed(Filters(words="about -truce")) == ["about tariffs"]


def test_filters_narrow_each_other(pair):
    assert listed(Filters(words="truce", kind="judgement")) == []


def test_sections_keep_the_filters(pair):
    found = in_sections(Filters(words="truce"), sort="due", today=DAY)
    assert [section.count for section in found.sections] == [1, 0, 0]


def test_a_look_back_leaves_out_what_was_not_opened(db):
    a_claim(title="early", opened_on=on(-50))
    a_claim(title="late", opened_on=on(-10))
    assert listed(as_of=on(-20)) == ["early"]


def test_a_look_back_judges_as_of_its_day(db):
    claim = a_claim(title="one")
    an_assessment(claim, as_of=on(-30), probability=Decimal("0.3"))
    an_assessment(claim, as_of=on(-10), status="borne-out")
    [row] = claim_rows([], BY_DUE, size=9, day=on(-20))
    assert (row.status, row.probability, row.settled_on) == ("open", Decimal("0.3"), None)


def test_a_look_back_filters_by_the_judgement_of_its_day(db):
    claim = a_claim(title="one")
    an_assessment(claim, as_of=on(-30), probability=Decimal("0.3"))
    an_assessment(claim, as_of=on(-10), status="borne-out")
    assert listed(Filters(status="open"), as_of=on(-20)) == ["one"]
    assert listed(Filters(status="settled"), as_of=on(-20)) == []


def test_a_look_back_shows_the_wording_then_in_force(db):
    claim = a_claim(title="As opened", opened_on=on(-50))
    words = claim_words(title="As clarified", horizon=claim.horizon)
    revise_claim(
        by=the_house(), claim=claim, seen_version=None, type="wording", words=words, reason="Clearer.", today=DAY
    )
    assert listed(as_of=on(-20)) == ["As opened"]
    assert listed() == ["As clarified"]


def test_a_look_back_counts_what_was_known(db):
    claim = a_claim()
    an_item([claim], published=str(on(-40)))
    an_item([(claim, "contradicts")], published=str(on(-5)))
    [row] = counted_on(on(-20), claim_rows([], BY_DUE, size=9, day=on(-20)))
    assert (row.supports, row.contradicts, row.stories, row.last_known_by) == (1, 0, 1, on(-40))


def test_lines_share_an_axis_and_end_before_its_last_day(db):
    first, second = a_claim(opened_on=on(-90)), a_claim(opened_on=on(-90))
    an_assessment(first, as_of=on(-60), probability=Decimal("0.2"))
    an_assessment(second, as_of=on(-30), probability=Decimal("0.4"))
    an_assessment(second, as_of=on(-3), probability=Decimal("0.5"))
    sparks = page_by_page(Filters(), sort="due", size=9, after=None, as_of=on(-10), today=DAY).sparks
    assert sparks.first == on(-60)
    assert sparks.numbers[second.id] == [(on(-30), Decimal("0.400"))]


def test_a_line_of_many_years_is_thinned(db):
    claim = a_claim(opened_on=date(2014, 1, 1))
    for place in range(30):
        an_assessment(claim, as_of=date(2014, 1, 2 + place % 27), probability=Decimal("0.2"))
    an_assessment(claim, as_of=on(-1), probability=Decimal("0.4"))
    sparks = page_by_page(Filters(), sort="due", size=9, after=None, as_of=None, today=DAY).sparks
    assert [day for day, _ in sparks.numbers[claim.id]] == [date(2014, 1, 28), on(-1)]


def test_a_count_is_exact_up_to_a_thousand_and_one_more_beyond(db):
    many_claims(1005, settled_every=0, assessed=False)
    found = page_by_page(Filters(), sort="due", size=10, after=None, as_of=None, today=DAY)
    assert found.sections[0].count == 1001


def test_a_claim_without_a_due_date_comes_last(db):
    a_claim(title="open-ended", horizon=None)
    a_claim(title="dated")
    assert listed() == ["dated", "open-ended"]


@pytest.mark.parametrize("number", [10, 1000])
def test_the_number_of_queries_is_fixed(db, django_assert_num_queries, number):
    article: Article = an_article()
    many_claims(number, article=article)
    with django_assert_num_queries(5):
        in_sections(Filters(), sort="due", today=DAY)
    with django_assert_num_queries(3):
        page_by_page(Filters(status="open"), sort="probability", size=50, after=None, as_of=None, today=DAY)
    with django_assert_num_queries(4):
        page_by_page(Filters(article=article.id), sort="due", size=50, after=None, as_of=on(-9), today=DAY)
