"""The small line beside a claim in a list."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.web.pictures import spark
from tests.web import svg

FIRST, LAST = date(2025, 4, 1), date(2026, 11, 24)
LINE = [(date(2025, 4, 1), Decimal("0.25")), (date(2025, 7, 14), Decimal("0.45"))]
SETTLED = date(2025, 8, 27)


def dots(picture: str) -> list[tuple[str, str]]:
    return [(dot.attrib["cx"], dot.attrib["cy"]) for dot in svg.read(picture).iter("circle")]


def line(picture: str) -> list[tuple[float, float]]:
    return next(svg.points(one.attrib["d"]) for one in svg.read(picture).iter("path") if "class" not in one.attrib)


def test_it_ends_an_open_claim_at_the_last_day_with_a_dot_at_its_number() -> None:
    assert dots(spark(LINE, first=FIRST, last=LAST)) == [("92.0", "15.1")]


@pytest.mark.parametrize(
    ("status", "y"), [("borne-out", "3.0"), ("not-borne-out", "25.0"), ("partly-borne-out", "11.8")]
)
def test_it_ends_a_settled_claim_at_its_day_with_a_dot_at_the_outcome(status: str, y: str) -> None:
    picture = spark(LINE, first=FIRST, last=LAST, status=status, ended_on=SETTLED, outcome=Decimal("0.6"))
    assert dots(picture) == [("24.9", y)]


@pytest.mark.parametrize("status", ["ambiguous", "annulled"])
def test_it_gives_no_dot_to_what_is_neither_yes_nor_no(status: str) -> None:
    assert dots(spark(LINE, first=FIRST, last=LAST, status=status, ended_on=SETTLED)) == []


def test_it_leaves_out_forecasts_after_the_event() -> None:
    later = [*LINE, (date(2026, 1, 1), Decimal("0.99"))]
    picture = spark(later, first=FIRST, last=LAST, status="borne-out", ended_on=SETTLED)
    assert max(x for x, _ in line(picture)) == 24.9


def test_it_shows_the_dot_alone_of_what_was_settled_before_any_forecast() -> None:
    picture = spark([], first=FIRST, last=LAST, status="borne-out", ended_on=date(2025, 3, 17))
    assert dots(picture) == [("3.0", "3.0")]


def test_it_is_empty_without_a_forecast() -> None:
    assert spark([], first=FIRST, last=LAST) == ""


@given(
    st.lists(st.tuples(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.decimals(0, 1, places=3)), max_size=20),
    st.sampled_from(["open", "borne-out", "not-borne-out", "partly-borne-out", "ambiguous", "annulled"]),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
)
def test_it_keeps_within_its_box(points: list[tuple[date, Decimal]], status: str, ended_on: date) -> None:
    picture = spark(sorted(points), first=FIRST, last=LAST, status=status, ended_on=ended_on)
    assert not picture or list(svg.outside(svg.read(picture))) == []
