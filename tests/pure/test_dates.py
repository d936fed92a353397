from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.dates import (
    DateError,
    PartialDate,
    day_words,
    days_between,
    in_words,
    parse_day,
    span_words,
)

days = st.dates(date(1900, 1, 1), date(2199, 12, 31))
ranges = st.tuples(days, days).map(sorted).map(lambda pair: PartialDate(*pair))
written = st.one_of(
    st.text(max_size=30),
    st.from_regex(r"[0-9]{1,5}(-[0-9]{1,3}){0,3}(/[0-9]{4}(-[0-9]{2}){0,2})?", fullmatch=True),
)


@pytest.mark.parametrize(
    ("text", "first", "last", "precision", "words"),
    [
        ("2025-03-31", date(2025, 3, 31), date(2025, 3, 31), "day", "31 Mar 2025"),
        ("2025-3-5", date(2025, 3, 5), date(2025, 3, 5), "day", "5 Mar 2025"),
        ("2025-03", date(2025, 3, 1), date(2025, 3, 31), "month", "Mar 2025"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "month", "Feb 2024"),
        (" 2025 ", date(2025, 1, 1), date(2025, 12, 31), "year", "2025, month not known"),
        (
            "2025-03-31/2025-04-06",
            date(2025, 3, 31),
            date(2025, 4, 6),
            "range",
            "31 Mar to 6 Apr 2025",
        ),
        ("2025-04-01/2025-04-06", date(2025, 4, 1), date(2025, 4, 6), "range", "1 to 6 Apr 2025"),
        (
            "2025-12-31/2026-01-02",
            date(2025, 12, 31),
            date(2026, 1, 2),
            "range",
            "31 Dec 2025 to 2 Jan 2026",
        ),
        ("2025-03/2025-05", date(2025, 3, 1), date(2025, 5, 31), "range", "Mar to May 2025"),
        ("2025-11/2026-02", date(2025, 11, 1), date(2026, 2, 28), "range", "Nov 2025 to Feb 2026"),
        ("2023/2025", date(2023, 1, 1), date(2025, 12, 31), "range", "2023 to 2025"),
        ("2025-03-05/2025-03-05", date(2025, 3, 5), date(2025, 3, 5), "day", "5 Mar 2025"),
    ],
)
def test_a_partial_date_is_read_and_said(text, first, last, precision, words):
    read = PartialDate.parse(text)
    assert (read.first, read.last, read.precision, read.words()) == (first, last, precision, words)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026-13-05", "There is no month 13. Write 2026-03-05, 2026-03 or 2026."),
        ("2025-00", "There is no month 0. Write 2025-03-05, 2025-03 or 2025."),
        (
            "2026-02-30",
            "February 2026 has 28 days, so there is no day 30. Write 2026-03-05, 2026-03 or 2026.",
        ),
        ("1899", "The year 1899 is out of range. Write a year from 1900 to 2199."),
        ("2200-01-01", "The year 2200 is out of range. Write a year from 1900 to 2199."),
        ("", "A date is missing. Write 2026-03-05, 2026-03 or 2026."),
        ("March 2025", "“March 2025” is not a date. Write 2026-03-05, 2026-03 or 2026."),
        ("31/03/2025", "“31” is not a date. Write 2026-03-05, 2026-03 or 2026."),
        ("2025-03-31/", "A date is missing. Write 2026-03-05, 2026-03 or 2026."),
        ("٢٠٢٥", "“٢٠٢٥” is not a date. Write 2026-03-05, 2026-03 or 2026."),
        ("2025\x00", "“2025?” is not a date. Write 2026-03-05, 2026-03 or 2026."),
        ("\ud800", "“?” is not a date. Write 2026-03-05, 2026-03 or 2026."),
        (
            "2025-04-06/2025-03-31",
            "The range ends on 31 Mar 2025, before it begins on 6 Apr 2025. Write the earlier day first.",
        ),
    ],
)
def test_it_says_what_is_wrong_with_a_date(text, said):
    with pytest.raises(DateError) as refused:
        PartialDate.parse(text)
    assert str(refused.value) == said


def test_a_long_text_is_not_repeated_whole():
    with pytest.raises(DateError) as refused:
        PartialDate.parse("x" * 1_000_000)
    assert len(str(refused.value)) < 120


@given(ranges)
def test_what_is_written_is_read_back(partial):
    assert PartialDate.parse(str(partial)) == partial
    assert PartialDate.from_bounds(partial.first, partial.last).precision == partial.precision


@given(written)
def test_reading_raises_nothing_but_its_own_error(text):
    for read in (PartialDate.parse, parse_day):
        try:
            read(text)
        except DateError:
            continue


@given(ranges, ranges)
def test_partial_dates_sort_by_first_then_last_day(one, other):
    assert (one < other) == ((one.first, one.last) < (other.first, other.last))


def test_a_range_built_backwards_is_refused():
    with pytest.raises(DateError):
        PartialDate(date(2025, 2, 1), date(2025, 1, 1))


def test_a_day_is_read():
    assert parse_day(" 2026-03-05 ") == date(2026, 3, 5)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026-03", "A day is needed here, not only “2026-03”. Write 2026-03-01."),
        ("2026-13-05", "There is no month 13. Write 2026-03-05."),
        ("2026-03-05/2026-03-06", "“2026-03-05/2026-03-06” is not a date. Write 2026-03-05."),
    ],
)
def test_a_day_must_be_whole(text, said):
    with pytest.raises(DateError) as refused:
        parse_day(text)
    assert str(refused.value) == said


def test_a_day_is_said_without_a_leading_zero():
    assert day_words(date(2026, 6, 5)) == "5 Jun 2026"


def test_days_are_counted_with_their_sign():
    assert days_between(date(2026, 10, 10), date(2026, 11, 24)) == 45
    assert days_between(date(2026, 11, 24), date(2026, 10, 10)) == -45


@pytest.mark.parametrize(
    ("earlier", "later", "words"),
    [
        (date(2025, 8, 27), date(2026, 12, 31), "16 months"),
        (date(2025, 8, 27), date(2025, 8, 27), "0 days"),
        (date(2025, 8, 27), date(2025, 8, 28), "1 day"),
        (date(2025, 8, 27), date(2025, 8, 30), "3 days"),
        (date(2025, 8, 27), date(2025, 10, 26), "60 days"),
        (date(2025, 8, 27), date(2025, 10, 27), "2 months"),
        (date(2025, 1, 31), date(2025, 3, 31), "2 months"),
        (date(2024, 12, 31), date(2025, 2, 28), "2 months"),
        (date(2025, 1, 1), date(2027, 1, 1), "2 years"),
        (date(2025, 1, 1), date(2027, 2, 1), "2 years and 1 month"),
        (date(2013, 5, 1), date(2025, 12, 1), "12 years and 7 months"),
    ],
)
def test_a_span_is_said_in_whole_units(earlier, later, words):
    assert span_words(earlier, later) == words
    assert span_words(later, earlier) == words


@given(days, days)
def test_a_span_in_months_never_says_more_than_it_was(one, other):
    words = span_words(one, other)
    if words.endswith("months") and "year" not in words:
        assert int(words.split()[0]) * 28 <= abs((other - one).days)


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        (37, "in 37 days"),
        (1, "tomorrow"),
        (0, "today"),
        (-1, "yesterday"),
        (-12, "12 days ago"),
        (400, "in 400 days"),
        (500, "in 16 months"),
        (-1000, "2 years and 8 months ago"),
    ],
)
def test_a_day_is_said_as_seen_from_today(ahead, words):
    today = date(2026, 11, 24)
    assert in_words(today + timedelta(days=ahead), today) == words
