"""The bar of stories for and against."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.web.pictures import balance, balance_words
from tests.web import svg

counts = st.integers(0, 2_000_000)


def length(picture: str, stance: str) -> float:
    (bar,) = svg.of_class(svg.read(picture), f"ev--{stance}")
    return float(bar.attrib["width"])


def test_it_draws_both_sides_to_one_scale() -> None:
    picture = balance(10, 5)
    assert length(picture, "supports") == pytest.approx(2 * length(picture, "contradicts"), abs=0.1)


def test_it_draws_rows_of_usual_size_to_one_scale() -> None:
    assert length(balance(12, 0), "supports") == pytest.approx(4 * length(balance(3, 9), "supports"), abs=0.2)


def test_it_draws_rows_to_the_scale_it_is_given() -> None:
    assert length(balance(100, 0, most=200), "supports") == pytest.approx(
        length(balance(200, 0, most=200), "supports") / 2, abs=0.1
    )


def test_it_shows_a_single_story_beside_thousands() -> None:
    assert length(balance(3000, 1), "contradicts") >= 1.5


def test_it_writes_the_counts_beside_the_bars() -> None:
    assert svg.said(svg.read(balance(3000, 2))) == ["2", "3,000"]


def test_it_leaves_a_side_without_stories_empty() -> None:
    assert svg.said(svg.read(balance(0, 0))) == []


@pytest.mark.parametrize(
    ("supports", "contradicts", "words"),
    [
        (11, 2, "11 stories support, 2 contradict"),
        (1, 1, "1 story supports, 1 contradicts"),
        (0, 3000, "0 stories support, 3,000 contradict"),
        (0, 0, "no story supports or contradicts it"),
    ],
)
def test_it_says_the_same_in_words(supports: int, contradicts: int, words: str) -> None:
    assert balance_words(supports, contradicts) == words


@given(counts, counts, st.integers(1, 100))
def test_it_keeps_within_its_box(supports: int, contradicts: int, most: int) -> None:
    root = svg.read(balance(supports, contradicts, most=most))
    assert (list(svg.outside(root)), svg.collisions(root)) == ([], [])
