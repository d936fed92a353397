"""The chart of a claim, in both its widths."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.web.pictures import Judged, Mark, chart
from tests.web import svg

OPENED, TODAY = date(2025, 3, 31), date(2026, 11, 24)
STATUSES = ("open", "borne-out", "partly-borne-out", "not-borne-out", "ambiguous", "annulled")
STANCES = ("supports", "contradicts", "mixed", "context")
WEIGHTS = ("slight", "moderate", "strong", "decisive")
WIDTHS = ("wide", "narrow")


def judged(day: date, probability: str | None, status: str = "open", hour: int = 9) -> Judged:
    stored = datetime(2026, 11, 24, hour, tzinfo=UTC)
    return Judged(day, stored, status, Decimal(probability) if probability else None)


def marks(count: int, stance: str = "supports", apart: int = 20) -> list[Mark]:
    return [Mark(OPENED + timedelta(days=apart * n), stance, "moderate") for n in range(count)]


HISTORY = [
    judged(date(2025, 4, 1), "0.06"),
    judged(date(2025, 7, 14), "0.20"),
    judged(date(2025, 11, 24), "0.10"),
    judged(date(2026, 10, 10), "0.12"),
]


def drawn(
    assessments: list[Judged],
    evidence: list[Mark],
    *,
    width: str = "wide",
    status: str = "open",
    opened_on: date = OPENED,
    horizon: date | None = None,
    occurred_on: date | None = None,
) -> Element:
    picture = chart(
        assessments,
        evidence,
        opened_on=opened_on,
        today=TODAY,
        horizon=horizon,
        occurred_on=occurred_on,
        status=status,
        width=width,
        icons_url="/static/icons.svg",
    )
    return svg.read(picture)


def xs(elements: list[Element]) -> list[float]:
    return [(svg.box(one).x0 + svg.box(one).x1) / 2 for one in elements]


def steps(root: Element) -> list[list[tuple[float, float]]]:
    return [svg.points(one.attrib["d"]) for one in svg.of_class(root, "step")]


@pytest.mark.parametrize("width", WIDTHS)
def test_it_shows_the_whole_scale_whatever_the_numbers(width: str) -> None:
    root = drawn([judged(date(2025, 4, 1), "0.5")], [], width=width)
    assert {"0", "25", "50", "75"} < set(svg.said(root))


def test_it_names_every_outlook_beside_a_wide_chart() -> None:
    names = {"almost no chance", "very unlikely", "unlikely", "roughly even", "likely", "very likely", "almost certain"}
    assert names < set(svg.said(drawn(HISTORY, [])))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("number", ["0.01", "0.99"])
def test_it_names_the_current_outlook_however_long_the_word(width: str, number: str) -> None:
    root = drawn([judged(date(2025, 4, 1), number)], marks(9), width=width)
    words = " ".join(one.text or "" for one in svg.of_class(root, "on"))
    assert ("almost no chance" if number == "0.01" else "almost certain") in words


def test_it_rises_straight_up_on_the_day_of_the_change() -> None:
    line, _ = steps(drawn(HISTORY, []))
    assert all(before[0] == after[0] or before[1] == after[1] for before, after in pairwise(line))


def test_it_dots_the_time_since_the_last_assessment_of_an_open_claim() -> None:
    root = drawn(HISTORY, [])
    (stale,) = svg.of_class(root, "stale")
    assert svg.box(stale).x1 == max(svg.box(stripe).x1 for stripe in svg.of_class(root, "stripe"))


def test_it_dots_nothing_after_an_assessment_of_today() -> None:
    assert svg.of_class(drawn([judged(TODAY, "0.3")], []), "stale") == []


def test_it_fills_the_point_in_force() -> None:
    root = drawn(HISTORY, [])
    assert svg.of_class(root, "point--last") == svg.of_class(root, "point")[-1:]


def test_it_lets_the_later_stored_of_one_day_count() -> None:
    day = date(2025, 4, 1)
    _, stale = steps(drawn([judged(day, "0.9", hour=12), judged(day, "0.1", hour=10)], []))
    assert stale[0][1] < 50


def test_it_letters_the_biggest_moves() -> None:
    root = drawn(HISTORY, [])
    assert [one.text for one in svg.of_class(root, "move")] == ["A +14", "B −10"]


def test_it_leaves_the_points_of_a_move_to_the_list_where_the_chart_is_narrow() -> None:
    root = drawn(HISTORY, [], width="narrow")
    assert [one.text for one in svg.of_class(root, "move")] == ["A", "B"]


@pytest.mark.parametrize("width", WIDTHS)
def test_it_puts_a_story_at_its_true_day(width: str) -> None:
    evidence = [Mark(one.as_of, "supports", "slight") for one in HISTORY]
    root = drawn(HISTORY, evidence, width=width)
    assert xs(svg.of_class(root, "ev--supports")) == pytest.approx(xs(svg.of_class(root, "point")), abs=0.2)


def test_it_stacks_stories_of_one_day_outward_without_moving_them() -> None:
    evidence = [Mark(date(2025, 8, 1), "contradicts", weight) for weight in WEIGHTS]
    found = svg.of_class(drawn(HISTORY, evidence), "ev--contradicts")
    tops = [svg.box(one).y0 for one in found]
    assert (len(set(xs(found))), tops) == (1, sorted(set(tops)))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("stance", STANCES)
def test_it_lets_no_two_stories_touch(width: str, stance: str) -> None:
    evidence = [Mark(OPENED + timedelta(days=day), stance, WEIGHTS[day % 4]) for day in range(0, 60, 9)] * 2
    boxes = [svg.box(one) for one in svg.of_class(drawn(HISTORY, evidence, width=width), f"ev--{stance}")]
    assert not any(one.touches(other, -svg.ROUNDING) for n, one in enumerate(boxes) for other in boxes[:n])


def test_it_draws_a_heavier_story_larger() -> None:
    evidence = [Mark(OPENED + timedelta(days=60 * n), "supports", weight) for n, weight in enumerate(WEIGHTS)]
    widths = [svg.box(one).x1 - svg.box(one).x0 for one in svg.of_class(drawn(HISTORY, evidence), "ev--supports")]
    assert widths == sorted(set(widths))


def test_it_grows_with_the_stack() -> None:
    low, high = (svg.view(drawn(HISTORY, [Mark(TODAY, "supports", "strong")] * n)).y1 for n in (1, 5))
    assert high > low


@pytest.mark.parametrize("width", WIDTHS)
def test_it_counts_stories_where_there_are_too_many_to_show_each(width: str) -> None:
    root = drawn(HISTORY, marks(5000, apart=0), width=width)
    assert (len(svg.of_class(root, "ev--supports")), svg.view(root).y1 < 450) == (1, True)


def test_it_says_the_greatest_count_beside_the_bars() -> None:
    evidence = marks(700, "supports", apart=0) + marks(300, "contradicts", apart=0)
    assert svg.said(drawn(HISTORY, evidence)).count("700") == 2


def test_it_counts_stories_from_long_before_the_opening() -> None:
    evidence = [Mark(date(2010, 6, 9), "supports", "strong"), Mark(date(2012, 1, 1), "context", "slight"), *marks(3)]
    root = drawn(HISTORY, evidence)
    assert ("2 earlier" in svg.said(root), len(svg.of_class(root, "ev--supports"))) == (True, 3)


def test_it_shows_all_the_time_of_evidence_without_assessments() -> None:
    evidence = [Mark(date(2010, 6, 9), "supports", "strong"), *marks(3)]
    assert "2010" in svg.said(drawn([], evidence))


def test_it_draws_no_scale_without_a_forecast() -> None:
    assert svg.of_class(drawn([], marks(3)), "stripe") == []


def test_it_draws_no_lane_without_evidence() -> None:
    assert svg.of_class(drawn(HISTORY, []), "lane") == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("status", STATUSES)
def test_it_is_empty_without_forecast_and_evidence(width: str, status: str) -> None:
    picture = chart(
        [], [], opened_on=OPENED, today=TODAY, horizon=TODAY, occurred_on=None, status=status, width=width, icons_url=""
    )
    assert picture == ""


@pytest.mark.parametrize(
    ("status", "sign", "words"),
    [
        ("borne-out", "borne", "borne out"),
        ("partly-borne-out", "partly", "partly borne out"),
        ("not-borne-out", "not", "not borne out"),
        ("ambiguous", "unres", "ambiguous"),
        ("annulled", "unres", "annulled"),
    ],
)
@pytest.mark.parametrize("width", WIDTHS)
def test_it_marks_the_outcome_with_its_sign_and_word(width: str, status: str, sign: str, words: str) -> None:
    root = drawn(
        [*HISTORY, judged(date(2026, 11, 1), None, status)],
        marks(4),
        status=status,
        occurred_on=date(2026, 10, 30),
        width=width,
    )
    (icon,) = root.iter("use")
    assert (icon.attrib["href"], words in svg.said(root)) == (f"/static/icons.svg#{sign}", True)


def test_it_ends_the_line_on_the_day_that_settled_the_claim() -> None:
    history = [*HISTORY[:2], judged(date(2025, 9, 30), "0.99"), judged(date(2025, 10, 5), "1", "borne-out")]
    root = drawn(history, marks(20), status="borne-out", occurred_on=date(2025, 8, 27))
    (line,) = steps(root)
    (day,) = svg.of_class(root, "due--met")
    assert line[-1][0] == float(day.attrib["x1"])


def test_it_marks_no_day_for_a_fact() -> None:
    root = drawn([judged(date(2025, 4, 1), "1", "borne-out")], marks(5), status="borne-out")
    assert list(root.iter("use")) == []


def test_it_shows_a_due_date_that_is_near() -> None:
    root = drawn(HISTORY, marks(5), horizon=TODAY + timedelta(days=1))
    assert "due 25 Nov 2026" in svg.said(root)


def test_it_shows_a_due_date_that_has_passed() -> None:
    assert "due 1 Jul 2026" in svg.said(drawn(HISTORY, marks(5), horizon=date(2026, 7, 1)))


def test_it_does_not_stretch_to_a_due_date_far_off() -> None:
    assert svg.of_class(drawn(HISTORY, marks(5), horizon=date(2028, 12, 31)), "due") == []


def test_it_breaks_the_line_where_a_claim_was_settled_and_reopened() -> None:
    history = [
        judged(date(2025, 4, 1), "0.4"),
        judged(date(2025, 8, 1), "1", "borne-out"),
        judged(date(2025, 12, 1), "0.6"),
    ]
    first, second, _ = steps(drawn(history, []))
    assert first[-1][0] < second[0][0]


@pytest.mark.parametrize("days", [0, 1, 3, 10, 30, 90, 300, 900, 2000, 4400, 9000])
@pytest.mark.parametrize("width", WIDTHS)
def test_it_names_at_least_two_days_of_any_span_and_a_year_among_them(width: str, days: int) -> None:
    opened = TODAY - timedelta(days=days)
    root = drawn([judged(opened, "0.4")], [], width=width, opened_on=opened)
    floor = max(word.box.y0 for word in svg.words(root))
    named = [word.words for word in svg.words(root) if word.box.y0 == floor]
    assert (len(named) >= 2, any(words[-4:].isdecimal() for words in named)) == (True, True)


def test_it_escapes_what_it_is_given() -> None:
    picture = chart(
        [*HISTORY, judged(date(2026, 11, 1), "1", "borne-out")],
        [],
        opened_on=OPENED,
        today=TODAY,
        horizon=None,
        occurred_on=date(2026, 10, 30),
        status="borne-out",
        width="wide",
        icons_url='/i.svg?a=1&b="<x>',
        name='a"b',
    )
    root = svg.read(picture)
    assert next(root.iter("use")).attrib["href"] == '/i.svg?a=1&b="<x>#borne'


days = st.dates(date(2012, 1, 1), TODAY)
chances = st.decimals(min_value="0.001", max_value="0.999", places=3)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2026, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
forecasts = st.builds(Judged, days, moments | st.none(), st.just("open"), chances)
resolutions = st.builds(Judged, days, st.none(), st.sampled_from(STATUSES[1:]), st.none())
evidence_marks = st.builds(Mark, days, st.sampled_from(STANCES), st.sampled_from(WEIGHTS))


@settings(max_examples=150)
@given(
    history=st.lists(forecasts, max_size=25),
    resolved=st.lists(resolutions, max_size=2),
    stories=st.lists(evidence_marks, max_size=90),
    close=st.booleans(),
    opened_on=days,
    horizon=st.dates(date(2012, 1, 1), date(2032, 1, 1)) | st.none(),
    occurred_on=days | st.none(),
    status=st.sampled_from(STATUSES),
    width=st.sampled_from(WIDTHS),
)
def test_it_keeps_any_history_within_its_box_and_its_words_apart(
    history: list[Judged],
    resolved: list[Judged],
    stories: list[Mark],
    close: bool,
    opened_on: date,
    horizon: date | None,
    occurred_on: date | None,
    status: str,
    width: str,
) -> None:
    if close:
        history = [Judged(_near(one.as_of), one.recorded, one.status, one.probability) for one in history]
        stories = [Mark(_near(one.day), one.stance, one.weight) for one in stories]
        opened_on = _near(opened_on)
    picture = chart(
        [*history, *resolved],
        stories,
        opened_on=opened_on,
        today=TODAY,
        horizon=horizon,
        occurred_on=occurred_on,
        status=status,
        width=width,
        icons_url="/icons.svg",
    )
    if picture:
        root = svg.read(picture)
        assert (list(svg.outside(root)), svg.collisions(root), " style=" in picture) == ([], [], False)


def _near(day: date) -> date:
    """Any day as one of the last forty."""
    return TODAY - timedelta(days=day.toordinal() % 40)
