"""The scale under a verdict."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.web.pictures import rail, rails
from tests.web import svg

WIDTHS = (560, 340)
chances = st.decimals(min_value=0, max_value=1, places=3)


def test_it_names_the_number_the_outlook_and_the_number_before() -> None:
    root = svg.read(rail(Decimal("0.06"), Decimal("0.24"), width=560))
    assert root.attrib["aria-label"] == "6 per cent on a scale from 0 to 100: very unlikely; 24 per cent before"


def test_it_reads_the_two_widths_out_in_different_words() -> None:
    wide, narrow = (svg.read(rail(Decimal("0.06"), None, width=width)).attrib["aria-label"] for width in WIDTHS)
    assert wide != narrow


def test_it_puts_the_mark_at_its_place() -> None:
    root = svg.read(rail(Decimal("0.5"), Decimal("0.25"), width=560))
    mark, was = svg.of_class(root, "mark"), svg.of_class(root, "was")
    assert [one.attrib["cx"] for one in (*mark, *was)] == ["280.0", "140.0"]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("chance", ["0.03", "0.15", "0.3", "0.5", "0.7", "0.9", "0.97"])
def test_it_always_shows_the_current_word(width: int, chance: str) -> None:
    assert len(svg.of_class(svg.read(rail(Decimal(chance), None, width=width)), "on")) == 1


def test_it_shows_no_mark_for_a_number_that_has_not_changed() -> None:
    root = svg.read(rail(Decimal("0.5"), Decimal("0.500"), width=560))
    assert svg.of_class(root, "was") == []


def test_it_is_empty_without_a_number() -> None:
    assert rails(None, None) == ""


@given(chances, chances | st.none(), st.sampled_from(WIDTHS))
def test_it_keeps_within_its_box_and_its_words_apart(chance: Decimal, earlier: Decimal | None, width: int) -> None:
    root = svg.read(rail(chance, earlier, width=width))
    assert (list(svg.outside(root)), svg.collisions(root)) == ([], [])
