"""Near-same titles have one key, others keep apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.leads.titles import LONGEST_KEY, title_key


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Talks resume in Geneva today", "TALKS RESUME IN GENEVA TODAY"),
        ("Talks resume in Geneva today", "Talks resume, in Geneva – today!"),
        ("Russia's gas: what now?", "Russia’s gas – what now"),
        ("Talks resume in Geneva today", "Talks resume in Geneva today - Example News"),
        ("Talks resume in Geneva today", "Talks resume in Geneva today | The Example Times"),
        ("Talks resume in Geneva today", "  Talks  resume in\nGeneva today — Beispiel "),
        ("Straße nach Kiew offen", "STRASSE NACH KIEW OFFEN"),
        ("Ｔａｌｋｓ １２", "talks 12"),
    ],
)
def test_near_same_titles_have_one_key(first: str, second: str) -> None:
    assert title_key(first) == title_key(second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Talks in Geneva - Day 2", "Talks in Geneva - Day 3"),
        ("Talks resume in Geneva again - 2 dead", "Talks resume in Geneva again - 3 dead"),
        ("Talks resume in Geneva - today", "Talks resume in Geneva"),
        ("Rates at 1.5", "Rates at 15"),
        ("Peace - yes", "Peace - no"),
        ("Talks resume in Geneva today - but nobody in the room expects much", "Talks resume in Geneva today"),
        ("Resume", "Résumé"),
        ("Well-known names of the week fall", "Well"),
    ],
)
def test_other_titles_keep_apart(first: str, second: str) -> None:
    assert title_key(first) != title_key(second)


@pytest.mark.parametrize("text", ["", "  ", "—", "!?", "🎉"])
def test_what_has_no_word_has_no_key(text: str) -> None:
    assert title_key(text) == ""


@given(st.text(max_size=400))
def test_a_key_is_its_own_key(text: str) -> None:
    assert title_key(title_key(text)) == title_key(text)


@given(st.text(max_size=400))
def test_a_key_is_short_and_one_line(text: str) -> None:
    key = title_key(text)
    assert len(key) <= LONGEST_KEY
    assert key == " ".join(key.split())


@given(st.lists(st.from_regex("[a-z0-9]{1,8}", fullmatch=True), max_size=12), st.sampled_from([", ", "  ", "! ", ": "]))
def test_punctuation_and_case_do_not_matter(words: list[str], between: str) -> None:
    assert title_key(between.join(words).upper()) == title_key(" ".join(words))


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_numbers_matter(first: int, second: int) -> None:
    same = title_key(f"Losses reach {first} in a week") == title_key(f"Losses reach {second} in a week")
    assert same is (first == second)
