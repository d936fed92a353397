"""When a feed is polled next."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.leads.pace import LEAST, MOST, MOST_ASKED, NextPoll, after_answer, after_failure, is_good, stated_pace

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def _wait(*ago: timedelta, headers: dict[str, str] | None = None, spread: float = 0) -> timedelta:
    published = [NOW - one for one in ago]
    return after_answer(now=NOW, headers=headers or {}, published=published, spread=spread) - NOW


def _after_failure(failures: int, **known: Any) -> NextPoll:
    return after_failure(**{"now": NOW, "failures": failures, "reason": "It broke.", "spread": 0} | known)


@pytest.mark.parametrize(
    ("ago", "wait"),
    [
        ([], HOUR),
        ([HOUR], HOUR),
        ([n * 2 * HOUR for n in range(1, 9)], HOUR),
        ([n * 8 * HOUR for n in range(1, 9)], 4 * HOUR),
        ([n * MINUTE for n in range(1, 9)], LEAST),
        ([n * 30 * DAY for n in range(1, 9)], MOST),
        ([5 * DAY + n * HOUR for n in range(8)], 12 * HOUR),
        ([400 * DAY], MOST),
        ([-DAY], HOUR),
    ],
)
def test_it_follows_the_rhythm_of_the_entries(ago: list[timedelta], wait: timedelta) -> None:
    assert _wait(*ago) == wait


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"cache-control": "public, max-age=7200"}, 2 * HOUR),
        ({"Cache-Control": "max-age=60"}, HOUR),
        ({"cache-control": "s-maxage=7200"}, HOUR),
        ({"cache-control": "max-age=99999999"}, MOST),
        ({"cache-control": "max-age=soon"}, HOUR),
        ({"retry-after": "10800"}, 3 * HOUR),
        ({"retry-after": "Tue, 24 Nov 2026 15:00:00 GMT"}, 3 * HOUR),
        ({"retry-after": "Tue, 24 Nov 2020 15:00:00 GMT"}, HOUR),
        ({"retry-after": "9999999999"}, MOST_ASKED),
        ({"retry-after": "later"}, HOUR),
        ({"retry-after": "-5"}, HOUR),
    ],
)
def test_it_does_what_the_site_asks_for(headers: dict[str, str], wait: timedelta) -> None:
    assert _wait(headers=headers) == wait


def test_headers_may_come_as_pairs() -> None:
    due = after_answer(now=NOW, headers=[("retry-after", "10800")], published=[], spread=0)
    assert due - NOW == 3 * HOUR


@pytest.mark.parametrize(
    ("said", "pace"),
    [
        ({"ttl": " 180 "}, 3 * HOUR),
        ({"ttl": "9999999"}, MOST),
        ({"ttl": "-5"}, timedelta()),
        ({"ttl": "soon"}, timedelta()),
        ({"period": "hourly"}, HOUR),
        ({"period": "Daily", "frequency": "4"}, 6 * HOUR),
        ({"period": "daily", "frequency": "0"}, DAY),
        ({"period": "weekly"}, MOST),
        ({"period": "never"}, timedelta()),
        ({"ttl": "30", "period": "hourly"}, HOUR),
        ({}, timedelta()),
    ],
)
def test_a_feed_states_its_pace(said: dict[str, str], pace: timedelta) -> None:
    assert stated_pace(**said) == pace


@pytest.mark.parametrize(("stated", "wait"), [(MINUTE, LEAST), (3 * HOUR, 3 * HOUR)])
def test_a_stated_pace_lengthens_the_wait_and_never_shortens_it(stated: timedelta, wait: timedelta) -> None:
    published = [NOW - n * MINUTE for n in range(1, 9)]
    assert after_answer(now=NOW, headers=(), published=published, stated=stated, spread=0) - NOW == wait


def test_feeds_added_together_do_not_come_due_together() -> None:
    assert _wait(spread=0) < _wait(spread=0.5) < _wait(spread=1) <= 1.1 * HOUR


@pytest.mark.parametrize(("failures", "minutes"), [(1, 15), (2, 30), (3, 60), (6, 480), (9, 1440)])
def test_it_waits_longer_after_each_failure(failures: int, minutes: int) -> None:
    assert _after_failure(failures) == NextPoll(NOW + minutes * MINUTE)


def test_it_obeys_a_site_that_is_busy() -> None:
    assert _after_failure(1, status=503, headers={"Retry-After": "7200"}).due_at == NOW + 2 * HOUR


def test_ten_failures_in_a_row_pause_it_and_say_why() -> None:
    assert _after_failure(10) == NextPoll(None, "It failed 10 times in a row, the last time so: It broke.")


def test_a_feed_that_is_gone_is_paused_at_once() -> None:
    assert _after_failure(1, status=410) == NextPoll(None, "The site says that the feed is gone for good (status 410).")


@pytest.mark.parametrize(("status", "good"), [(200, True), (204, True), (304, True), (301, False), (404, False)])
def test_nothing_new_is_a_good_answer(status: int, good: bool) -> None:
    assert is_good(status) is good


instants = st.timedeltas(-400 * DAY, 36 * 365 * DAY).map(lambda ago: NOW - ago)


@given(
    st.lists(instants, max_size=40),
    st.dictionaries(st.sampled_from(["retry-after", "cache-control"]), st.text()),
    st.floats(0, 1),
)
def test_whatever_a_site_says_it_is_due_within_bounds(
    published: list[datetime], headers: dict[str, str], spread: float
) -> None:
    due = after_answer(now=NOW, headers=headers, published=published, spread=spread)
    assert LEAST <= due - NOW <= MOST_ASKED * 1.1


@given(st.integers(1, 1000), st.text(), st.integers(100, 599), st.floats(0, 1))
def test_after_a_failure_it_is_due_or_says_why_not(failures: int, asked: str, status: int, spread: float) -> None:
    poll = _after_failure(failures, headers={"retry-after": asked}, status=status, spread=spread)
    assert (poll.due_at is None) is bool(poll.paused_because)
