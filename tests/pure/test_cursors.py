import base64
import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.cursors import LONGEST, CursorError, decode, encode

EPOCH = datetime(1970, 1, 1, tzinfo=UTC).replace(tzinfo=None)
VALUES = {
    date: st.dates(),
    datetime: st.datetimes(
        EPOCH,
        EPOCH.replace(year=2199),
        timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30))]),
    ),
    Decimal: st.decimals(-10, 10, places=3),
    int: st.integers(-(2**63), 2**63 - 1),
    str: st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20),
    UUID: st.uuids(),
}
rows = st.lists(st.sampled_from(list(VALUES)), max_size=3).flatmap(
    lambda kinds: st.tuples(st.just(kinds), st.tuples(*(VALUES[kind] for kind in kinds)))
)
kinds = st.lists(st.sampled_from(list(VALUES)), max_size=3)


def packed(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


@given(rows)
def test_what_is_encoded_is_decoded(row):
    wanted, values = row
    text = encode(values)
    assert decode(text, wanted) == values
    assert len(text) <= LONGEST


@given(st.one_of(st.text(max_size=80), st.binary(max_size=60).map(base64.urlsafe_b64encode)), kinds)
def test_decoding_raises_nothing_but_its_own_error(made_up, wanted):
    text = made_up if isinstance(made_up, str) else made_up.decode()
    try:
        decode(text, wanted)
    except CursorError:
        return


json_values = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=12),
        st.sampled_from(["NaN", "1e999999", "2025-02-30", "2025-03-05T00:00:00+02:00", "0" * 32]),
    ),
    lambda inner: st.lists(inner, max_size=2),
    max_leaves=4,
)


@given(st.lists(json_values, max_size=3), kinds)
def test_made_up_json_is_refused_or_is_what_this_site_would_write(values, wanted):
    text = packed(json.dumps(values, separators=(",", ":")))
    try:
        read = decode(text, wanted)
    except CursorError:
        return
    assert encode(read) == text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", [int]),
        ("???", [int]),
        ("é", [int]),
        ("A", [int]),
        (packed("[1]"), [int, int]),
        (packed("[1,2]"), [int]),
        (packed("{}"), []),
        (packed("[true]"), [int]),
        (packed("[1.0]"), [int]),
        (packed("[ 1]"), [int]),
        (packed("[1]") + "=", [int]),
        (packed("[9223372036854775808]"), [int]),
        (packed('["1"]'), [int]),
        (packed("[1]"), [str]),
        (packed('["a\\u0000"]'), [str]),
        (packed('["\\ud800"]'), [str]),
        (packed('["\\u0061"]'), [str]),
        (packed('["2025-02-30"]'), [date]),
        (packed('["20250228"]'), [date]),
        (packed('["2025-W09-5"]'), [date]),
        (packed('["NaN"]'), [Decimal]),
        (packed('["Infinity"]'), [Decimal]),
        (packed('["1e5"]'), [Decimal]),
        (packed('["1_0"]'), [Decimal]),
        (packed('["1e999999999"]'), [Decimal]),
        (packed('["2025-03-05T00:00:00+02:00"]'), [datetime]),
        (packed('["not-a-uuid"]'), [UUID]),
        (packed("[" * 150), [int]),
    ],
)
def test_it_refuses_a_made_up_cursor(text, wanted):
    with pytest.raises(CursorError, match="not one that this list gave out"):
        decode(text, wanted)


def test_it_refuses_a_long_cursor_before_reading_it():
    with pytest.raises(CursorError, match="1,000,000 characters and may have 300"):
        decode("A" * 1_000_000, [int])


@pytest.mark.parametrize(
    "values",
    [
        (2**63,),
        (10**400,),
        (Decimal("NaN"),),
        (Decimal("1e31"),),
        (Decimal("0e-1000000"),),
        (EPOCH,),
        (datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=2))),),
        ("a\0b",),
        ("\ud800",),
        ("x" * 300,),
        (1.5,),
        (None,),
        (True,),
    ],
)
def test_it_puts_no_unfit_value_into_a_cursor(values):
    with pytest.raises(CursorError):
        encode(values)


def test_the_open_end_of_due_dates_fits():
    assert decode(encode([date.max, UUID(int=1)]), [date, UUID]) == (date.max, UUID(int=1))


def test_a_cursor_is_safe_in_an_address():
    assert set(encode(["?/&=+ é", 1])) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
