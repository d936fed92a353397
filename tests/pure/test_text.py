import unicodedata
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.text import TextError, clean_line, clean_text, excerpt, slugify_title

anything = st.text(st.characters(exclude_categories=()), max_size=200)


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("  plain  ", "plain"),
        ("two\nlines\tand a tab", "two lines and a tab"),
        ("windows\r\nline", "windows line"),
        ("next\x85line", "next line"),
        ("many    spaces", "many spaces"),
        ("e\u0301tat", "\u00e9tat"),
        ("6\u00a0%", "6\u00a0%"),
        ("\u200b\ufeff seen \u200b", "seen"),
        ("\u200b\u2060", ""),
        ("\u200d", ""),
        ("שלום \u200f!", "שלום \u200f!"),
        ("", ""),
    ],
)
def test_a_line_is_cleaned(typed, cleaned):
    assert clean_line(typed, longest=100) == cleaned


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("one\r\n\r\ntwo", "one\n\ntwo"),
        ("one\rtwo", "one\ntwo"),
        ("one\u2029two", "one\ntwo"),
        ("one\n\n\n\n\ntwo", "one\n\ntwo"),
        ("one   \n\t\ntwo", "one\n\ntwo"),
        ("\n\n one \n\n", "one"),
    ],
)
def test_a_text_keeps_its_paragraphs(typed, cleaned):
    assert clean_text(typed, longest=100) == cleaned


@pytest.mark.parametrize("clean", [clean_line, clean_text])
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("a\x00b", "control character (U+0000)"),
        ("a\x1bb", "control character (U+001B)"),
        ("a\x0bb", "control character (U+000B)"),
        ("a\x9fb", "control character (U+009F)"),
        ("a\ud800b", "half of a character"),
        ("a\u202eb", "order of reading (U+202E)"),
        ("a\u2066b", "order of reading (U+2066)"),
        ("a" + "\u0301" * 31, "More than 30 accents"),
        ("a" * 12, "This has 12 characters and may have 10: shorten it by 2."),
    ],
)
def test_it_refuses_what_does_not_belong_in_text(clean, typed, said):
    with pytest.raises(TextError) as refused:
        clean(typed, longest=10)
    assert said in str(refused.value)


def test_a_million_accents_are_refused_at_once():
    began = process_time()
    with pytest.raises(TextError):
        clean_line("a" + "\u0301\u0316" * 500_000, longest=10)
    assert process_time() - began < 2


def test_a_million_characters_are_refused_with_both_counts():
    with pytest.raises(TextError, match=r"1,000,000 characters and may have 300"):
        clean_text("x" * 1_000_000, longest=300)


@pytest.mark.parametrize("clean", [clean_line, clean_text])
@given(typed=anything)
def test_cleaning_twice_is_cleaning_once(clean, typed):
    try:
        once = clean(typed, longest=1000)
    except TextError:
        return
    assert clean(once, longest=1000) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode()


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Trump turns on the reset", "trump-turns-on-the-reset"),
        ("Russia's return to the G7", "russias-return-to-the-g7"),
        ("Moscow\u2019s delay", "moscows-delay"),
        ("Łódź: état of 50 %", "lodz-etat-of-50"),
        ("Straße & Œuvre", "strasse-oeuvre"),
        ("Война и мир", "voyna-i-mir"),
        ("عقوبات على النفط", "qwbt-la-lnft"),
        ("制裁 2025", "zhicai-2025"),
        ("a" * 100, "a" * 80),
        ("word " * 30, "-".join(["word"] * 16)),
    ],
)
def test_a_title_becomes_a_slug(title, slug):
    assert slugify_title(title) == slug


def test_a_slug_is_cut_between_words_at_the_length_that_is_asked():
    assert slugify_title("Another day of talks", longest=14) == "another-day-of"
    assert slugify_title("Another day of talks", longest=13) == "another-day"


@pytest.mark.parametrize("title", ["", "…", "—!?", "\u200b"])
def test_a_title_without_letters_and_digits_has_no_slug(title):
    with pytest.raises(TextError, match="No address can be made of these words"):
        slugify_title(title)


@given(anything)
def test_a_slug_is_short_and_plain_and_its_own_slug(title):
    try:
        slug = slugify_title(title)
    except TextError:
        return
    assert 1 <= len(slug) <= 80
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slugify_title(slug) == slug


@pytest.mark.parametrize(
    ("text", "length", "cut"),
    [
        ("short", 10, "short"),
        ("one two three four", 9, "one two…"),
        ("one,  two", 9, "one, two"),
        ("first, second third", 14, "first, second…"),
        ("unbreakable" * 3, 10, "unbreakab…"),
        ("text", 1, "…"),
        ("text", 0, ""),
    ],
)
def test_an_excerpt_is_cut_between_words(text, length, cut):
    assert excerpt(text, length) == cut


@given(st.text(max_size=100), st.integers(0, 60))
def test_an_excerpt_is_never_longer_than_asked(text, length):
    assert len(excerpt(text, length)) <= length


def test_a_slug_takes_no_time_with_signs_that_become_eighteen():
    started = process_time()
    slugify_title("a " + "\ufdfa" * 1_000_000)
    assert process_time() - started < 1
