"""Instants of the record: read, written and put into words."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.dates import DateError
from claims.instants import end_of, instant_text, instant_words, parse_instant

NOON = datetime(2026, 12, 3, 12, tzinfo=UTC)
LAST = datetime(2026, 12, 3, 23, 59, 59, 999999, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-12-03T12:00:00Z", NOON),
        ("2026-12-03T12:00Z", NOON),
        ("2026-12-03T14:00:00+02:00", NOON),
        ("2026-12-03T14:00:00 02:00", NOON),
        ("2026-12-03T07:00:00-0500", NOON),
        ("2026-12-03T12:00:00.5Z", NOON.replace(microsecond=500000)),
        ("2026-12-03T12:00:00.123456Z", NOON.replace(microsecond=123456)),
        ("2026-12-03", LAST),
        (" 2026-12-03T12:00:00Z ", NOON),
    ],
)
def test_it_reads_an_instant_with_its_zone_and_the_end_of_a_day(text, instant):
    assert parse_instant(text.strip()) == instant


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-12-03T12:00:00", "zone"),
        ("2026-12-03T25:00:00Z", "no time"),
        ("2026-12-03T12:00:00+99:00", "no time"),
        ("2026-13-03T12:00:00Z", "no month 13"),
        ("2026-02-30T12:00:00Z", "no day 30"),
        ("0001-01-01T00:00:00+14:00", "year"),
        ("2026-W49-4T12:00Z", "not an instant"),
        ("2026-12", "A day is needed"),
        ("yesterday", "not a date"),
        ("Tuesday", "not an instant"),
        ("T", "not an instant"),
        ("٢٠٢٦-12-03T12:00:00Z", "not an instant"),
    ],
)
def test_it_says_what_is_wrong(text, words):
    with pytest.raises(DateError, match=words):
        parse_instant(text)


@given(st.dates(min_value=date(1901, 1, 1), max_value=date(2198, 1, 1)), st.times(), st.integers(-14, 14))
def test_what_is_written_is_read_again(day, clock, hours):
    instant = datetime.combine(day, clock, timezone(timedelta(hours=hours)))
    assert parse_instant(instant_text(instant)) == instant


@given(st.text(max_size=40) | st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.Z+-]*", fullmatch=True))
def test_whatever_it_is_given_it_reads_or_refuses_in_words(text):
    with suppress(DateError):
        assert parse_instant(text).tzinfo is UTC


@pytest.mark.parametrize(
    ("instant", "words"),
    [
        (NOON, "12:00 UTC on 3 Dec 2026"),
        (NOON.replace(second=5), "12:00:05 UTC on 3 Dec 2026"),
        (NOON.replace(microsecond=5), "12:00:00 UTC on 3 Dec 2026"),
        (end_of(date(2026, 12, 3)), "the end of 3 Dec 2026"),
        (datetime(2026, 12, 3, 1, tzinfo=timezone(timedelta(hours=2))), "23:00 UTC on 2 Dec 2026"),
    ],
)
def test_it_is_put_into_words(instant, words):
    assert instant_words(instant) == words
