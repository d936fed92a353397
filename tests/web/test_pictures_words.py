"""A chart in sentences, its biggest moves, and the figure that holds it all."""

from datetime import date, timedelta
from decimal import Decimal
from xml.etree import ElementTree

from claims.web.pictures import Judged, Mark, Move, biggest_moves, chart_words, figure

OPENED, TODAY = date(2025, 3, 31), date(2026, 11, 24)


def judged(day: date, probability: str | None, status: str = "open", *cites: object) -> Judged:
    return Judged(day, None, status, Decimal(probability) if probability else None, cites)


HISTORY = [
    judged(date(2025, 4, 1), "0.06"),
    judged(date(2025, 7, 14), "0.20", "open", 5, 6),
    judged(date(2025, 10, 23), "0.33"),
    judged(date(2026, 3, 13), "0.05"),
    judged(date(2026, 10, 10), "0.06"),
]
MARKS = [Mark(date(2025, 5, 1), "supports", "slight"), Mark(date(2025, 6, 1), "contradicts", "strong")]


def words(
    assessments: list[Judged], marks: list[Mark], *, status: str = "open", occurred_on: date | None = None
) -> str:
    return chart_words(
        assessments, marks, opened_on=OPENED, today=TODAY, horizon=None, occurred_on=occurred_on, status=status
    )


def whole(assessments: list[Judged], marks: list[Mark], name: str = "chart") -> ElementTree.Element:
    inner = figure(
        assessments,
        marks,
        opened_on=OPENED,
        today=TODAY,
        horizon=None,
        occurred_on=None,
        status="open",
        icons_url="",
        name=name,
    )
    return ElementTree.fromstring(f"<figure>{inner}</figure>")


def caption(assessments: list[Judged], marks: list[Mark]) -> str:
    return whole(assessments, marks).findtext("figcaption", "")


def test_it_tells_the_first_the_lowest_the_highest_and_the_last() -> None:
    assert words(HISTORY, MARKS) == (
        "Probability in 5 assessments: 6 per cent on 1 Apr 2025, lowest 5 per cent on 13 Mar 2026,"
        " highest 33 per cent on 23 Oct 2025, last 6 per cent on 10 Oct 2026."
        " Below it 1 story that supports the claim and 1 that contradicts it."
    )


def test_it_tells_a_single_assessment_once() -> None:
    assert words(HISTORY[:1], []) == "Probability in 1 assessment: 6 per cent on 1 Apr 2025. No evidence yet."


def test_it_tells_what_became_of_a_settled_claim() -> None:
    told = words([*HISTORY, judged(date(2026, 11, 1), "1", "borne-out")], MARKS, status="borne-out")
    assert "Then borne out on 1 Nov 2026." in told


def test_it_tells_what_was_settled_before_any_forecast() -> None:
    told = words(
        [HISTORY[0], judged(date(2025, 6, 30), "1", "borne-out")],
        MARKS,
        status="borne-out",
        occurred_on=date(2025, 3, 17),
    )
    assert told.startswith("Borne out on 17 Mar 2025.")


def test_it_tells_of_a_resolution_that_was_reopened() -> None:
    history = [HISTORY[0], judged(date(2025, 6, 30), "1", "borne-out"), HISTORY[2]]
    assert "Judged borne out on 30 Jun 2025 and reopened." in words(history, [])


def test_it_says_that_nothing_was_assessed() -> None:
    assert words([], MARKS).startswith("Not assessed yet. 1 story that supports")


def test_it_counts_mixed_stories_and_context() -> None:
    more = [*MARKS, Mark(date(2025, 6, 1), "mixed", "slight"), Mark(date(2025, 6, 1), "context", "slight")] * 2
    assert words([], more).endswith(
        "2 stories that support the claim, 2 that contradict it, 2 that are mixed and 2 that are context."
    )


def test_it_says_nothing_of_nothing() -> None:
    assert words([], []) == ""


def test_the_biggest_moves_are_three_in_the_order_of_time() -> None:
    moves = biggest_moves([*HISTORY, judged(date(2026, 11, 1), "0.13")])
    assert [(move.letter, move.earlier, move.later) for move in moves] == [
        ("A", Decimal("0.06"), Decimal("0.20")),
        ("B", Decimal("0.20"), Decimal("0.33")),
        ("C", Decimal("0.33"), Decimal("0.05")),
    ]


def test_a_move_says_what_the_later_assessment_cites() -> None:
    assert biggest_moves(HISTORY[:2]) == [Move("A", Decimal("0.06"), Decimal("0.20"), date(2025, 7, 14), (5, 6))]


def test_a_change_below_five_points_is_no_move() -> None:
    assert biggest_moves([judged(date(2025, 4, 1), "0.100"), judged(date(2025, 5, 1), "0.149")]) == []


def test_five_points_are_a_move() -> None:
    assert len(biggest_moves([judged(date(2025, 4, 1), "0.10"), judged(date(2025, 5, 1), "0.15")])) == 1


def test_a_resolution_is_no_move() -> None:
    assert biggest_moves([HISTORY[0], judged(date(2025, 6, 30), "1", "borne-out")]) == []


def test_moves_end_on_the_day_that_settled_the_claim() -> None:
    assert len(biggest_moves(HISTORY, until=date(2025, 9, 1))) == 1


def test_the_figure_holds_both_widths_each_named_by_an_id_of_its_own() -> None:
    pictures = whole(HISTORY, MARKS, name="picture").findall("svg")
    assert [(one.attrib["class"], one.attrib["aria-labelledby"], one.findtext("desc")) for one in pictures] == [
        (f"chart__{width}", f"picture-words-{width}", words(HISTORY, MARKS)) for width in ("wide", "narrow")
    ]


def test_every_name_in_the_figure_leads_somewhere() -> None:
    root = whole(HISTORY, MARKS)
    ids = {one.attrib["id"] for one in root.iter() if "id" in one.attrib}
    assert {one.attrib["aria-labelledby"] for one in root.findall("svg")} == ids


def test_the_caption_explains_the_dots_only_where_there_are_any() -> None:
    said = caption(HISTORY, []), caption([judged(TODAY, "0.3")], [])
    assert ["dots" in words for words in said] == [True, False]


def test_the_caption_explains_the_shapes_on_the_line_that_are_there() -> None:
    assert "diamonds are mixed" in caption(HISTORY, [Mark(date(2025, 6, 1), "mixed", "slight")])


def test_the_caption_says_what_the_bars_count() -> None:
    many = [Mark(OPENED + timedelta(days=n % 600), "supports", "slight") for n in range(5000)]
    assert "Bars below count independent stories by week, on one side at most" in caption(HISTORY, many)


def test_the_caption_says_when_the_earlier_stories_were() -> None:
    early = [Mark(date(2010, 6, 9), "supports", "slight"), Mark(date(2012, 12, 6), "supports", "slight")]
    assert "2 earlier stories, from 9 Jun 2010 to 6 Dec 2012, lie further back." in caption(HISTORY, early + MARKS)


def test_the_figure_of_nothing_is_empty() -> None:
    assert len(whole([], [])) == 0
