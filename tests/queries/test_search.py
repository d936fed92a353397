"""Searching by words: what is found, in which order, and within which bounds."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.actions.decide import withdraw
from claims.models import Claim
from claims.queries import search
from claims.queries.search import BEGIN, END, FoundClaims, FoundItems, search_claims, search_items
from claims.queries.search_words import beginning_of, read_words, words_in_use
from tests.factories import DAY, a_claim, a_person, an_assessment, an_item, many_claims


def claims(words: str, *, state: str = "", size: int = 50) -> FoundClaims:
    return search_claims(words, read_words(words), state=state, after=None, size=size)


def items(words: str, *, size: int = 50) -> FoundItems:
    return search_items(words, read_words(words), after=None, size=size)


def titles(found: FoundClaims | FoundItems) -> list[str]:
    return [row.title.replace(BEGIN, "").replace(END, "") for row in found.rows]


@pytest.mark.parametrize("words", ["the", "of the and", "!!!", "-trump", "war or -peace", '"the"', "- - -", '"'])
def test_words_that_no_index_can_answer_are_known(db, words):
    assert not read_words(words).finds


@pytest.mark.parametrize(
    "words", ["trump", "the trump", '"unbalanced quote', "trump -putin", "a' OR 1=1 --", "%", "50% of gas"]
)
def test_words_that_can_be_looked_for_are_known(db, words):
    assert read_words(words).finds == (words != "%")


def test_it_finds_other_forms_of_a_word(db):
    a_claim(title="Sanctions are eased")
    assert titles(claims("sanction easing")) == ["Sanctions are eased"]


def test_a_match_in_the_title_comes_before_one_in_the_statement(db):
    a_claim(title="A pipeline reopens")
    a_claim(title="Gas flows", statement="Gas flows through a pipeline again.")
    assert titles(claims("pipeline")) == ["A pipeline reopens", "Gas flows"]


def test_words_in_quotes_stand_beside_each_other(db):
    a_claim(title="Black sea truce", statement="One.")
    a_claim(title="Black gold at sea", statement="Two.")
    assert titles(claims('"black sea"')) == ["Black sea truce"]


def test_a_word_can_be_left_out(db):
    a_claim(title="Tariffs on oil", statement="One.")
    a_claim(title="Tariffs on gas", statement="Two.")
    assert titles(claims("tariffs -oil")) == ["Tariffs on gas"]


def test_leaving_a_word_out_keeps_the_order(db):
    a_claim(title="Nothing of note", statement="There is a tariff.")
    a_claim(title="Tariff tariff", statement="A tariff.")
    assert titles(claims("tariff -oil"))[0] == "Tariff tariff"


def test_what_matches_is_marked(db):
    a_claim(title="Sanctions are eased")
    assert claims("sanction").rows[0].title == f"{BEGIN}Sanctions{END} are eased"


def test_a_claim_is_found_by_its_slug(db):
    a_claim(title="Something else entirely", slug="the-truce-holds")
    assert titles(claims("the-truce-holds")) == ["Something else entirely"]


def test_a_claim_is_found_by_the_beginning_of_its_title(db):
    a_claim(title="Russia back as a member of the club", slug="elsewhere")
    assert titles(claims("Russia back as a mem")) == ["Russia back as a member of the club"]


def test_a_beginning_comes_before_better_matches(db):
    a_claim(title="Oil oil oil prices", statement="Oil prices and oil.", slug="first")
    a_claim(title="Oil prices fall at last", slug="second")
    assert titles(claims("oil pri"))[0] == "Oil prices fall at last"


@pytest.mark.parametrize("words", ['"oil pri', "oil -pri", "oil & pri", "oi", "", "o:*"])
def test_words_with_a_meaning_of_their_own_begin_no_title(words):
    assert beginning_of(words) == ""


def test_settled_claims_can_be_chosen(db):
    a_claim(title="Oil open")
    settled = a_claim(title="Oil settled")
    an_assessment(settled, status="borne-out", occurred_on=DAY)
    assert titles(claims("oil", state="settled")) == ["Oil settled"]
    assert titles(claims("oil", state="open")) == ["Oil open"]


def test_items_are_found_by_title_summary_and_quotation(db):
    an_item(title="Zebra one")
    an_item(title="Two", summary="A zebra.")
    an_item(title="Three", quotation="As the zebra said")
    assert sorted(titles(items("zebra"))) == ["Three", "Two", "Zebra one"]


def test_a_quotation_is_given_only_where_the_words_stand_in_it(db):
    an_item(title="Zebra one", quotation="Nothing of it")
    an_item(title="Two", quotation="As the zebra said")
    assert {row.quotation for row in items("zebra").rows} == {"", f"As the {BEGIN}zebra{END} said"}


def test_hidden_items_are_not_found(db):
    an_item(title="Zebra waits", by=a_person("analyst"))
    an_item(title="Zebra draft", by=a_person("analyst"), draft=True)
    withdraw(by=a_person("moderator"), evidence=an_item(title="Zebra gone"), reason="Wrong.", today=DAY)
    assert not items("zebra").rows


def test_an_item_is_found_by_its_address(db):
    an_item(title="Found", address="https://paper.example/story/?id=7")
    assert titles(items("http://www.paper.example/story?id=7&utm_source=x#top")) == ["Found"]


def test_every_match_is_met_once_page_after_page(db):
    expected = [
        an_item(title=f"Zebra {number}", summary="Zebra zebra." if number % 3 else "Plain.").id for number in range(17)
    ]
    found, after = [], None
    while True:
        page = search_items("zebra", read_words("zebra"), after=after, size=4)
        found += [row.id for row in page.rows]
        if not page.more:
            break
        after = page.next
    assert sorted(found) == sorted(expected)


def test_every_claim_is_met_once_page_after_page(db):
    expected = [claim.id for claim in many_claims(23)]
    found, after = [], None
    while True:
        page = search_claims("many", read_words("many"), state="", after=after, size=5)
        found += [row.id for row in page.rows]
        if not page.more:
            break
        after = page.next
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize("words", ["many", "claim many", '"of many"'])
def test_of_very_many_the_newest_are_looked_at(db, monkeypatch, words):
    monkeypatch.setattr(search, "NEWEST", 10)
    newest = sorted((claim.id for claim in many_claims(30)), reverse=True)[:10]
    found = search_claims(words, read_words(words), state="", after=None, size=50)
    assert sorted((row.id for row in found.rows if row.rank < 1_000_000), reverse=True) == newest


def test_several_words_are_found_among_old_rows_too(db, monkeypatch):
    monkeypatch.setattr(search, "RECENT", 5)
    a_claim(title="Zebra crossing", slug="elsewhere")
    many_claims(20)
    assert titles(claims("crossing zebra")) == ["Zebra crossing"]


@pytest.mark.parametrize("size", [10, 1000])
def test_each_search_asks_once(db, django_assert_num_queries, size):
    many_claims(size)
    reading = read_words("claim many")
    with django_assert_num_queries(2):
        search_claims("claim many", reading, state="", after=None, size=20)
        search_items("claim many", reading, after=None, size=20)


def test_words_in_use_are_those_of_titles(db):
    a_claim(title="Zebras cross 4 roads")
    assert {"zebras", "cross", "roads"} <= words_in_use()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=150)
@given(
    words=st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=60)
    | st.text("ab '\"\\-|&!():*%_{}<>", max_size=30)
)
def test_no_words_break_it(loaded_db, words):
    reading = read_words(words)
    if reading.finds:
        search_claims(words, reading, state="", after=None, size=5)
        search_items(words, reading, after=None, size=5)
    assert Claim.objects.exists()
