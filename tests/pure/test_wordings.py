from datetime import date
from decimal import Decimal as D

import pytest

from claims.scoring import Balance
from claims.wordings import (
    RELATION_WORDS,
    assessed_line,
    change_words,
    chart_words,
    evidence_line,
    fine_print_notice,
    move_words,
    not_yet_opened,
    on_words,
    overdue_notice,
    quiet_words,
    scale_words,
    signed_points,
    weighing_words,
)

TODAY = date(2026, 11, 24)
JUNE = date(2026, 6, 17)
OCTOBER = date(2026, 10, 10)


def plain(text):
    """With spaces that break, so that the cases can be read."""
    return text.replace("\u00a0", " ")


def test_each_relation_reads_from_both_ends():
    assert RELATION_WORDS["is-an-indicator-of"] == ("is a sign of", "would show in")
    assert RELATION_WORDS["competes-with"] == ("competes with", "competes with")
    assert RELATION_WORDS["contributes-to"] == ("contributes to", "is furthered by")
    assert RELATION_WORDS["is-conditional-on"] == ("is conditional on", "is a condition of")
    assert RELATION_WORDS["is-a-necessary-part-of"] == ("is a necessary part of", "needs")


def test_a_day_is_put_behind_a_verb():
    assert (on_words(JUNE), on_words(None)) == (" on 17 Jun 2026", "")


def test_an_overdue_review_is_said():
    said = overdue_notice(assessed_on=OCTOBER, review_due_on=date(2026, 11, 9), today=TODAY)
    assert said == (
        "Not reviewed for 45 days. The next review was due on 9 Nov 2026: read the number as of its own date."
    )


def test_a_review_due_today_is_not_overdue():
    assert overdue_notice(assessed_on=OCTOBER, review_due_on=TODAY, today=TODAY) == ""


def test_a_look_back_before_the_opening_says_so():
    said = not_yet_opened(opened_on=date(2025, 3, 31), day=date(2025, 1, 1))
    assert said == "Not yet opened on 1 Jan 2025: this claim was opened on 31 Mar 2025."


@pytest.mark.parametrize(
    ("fine_print_from", "said"),
    [
        (None, ""),
        (OCTOBER, ""),
        (
            TODAY,
            "The fine print is of 24 Nov 2026. This verdict is of 10 Oct 2026 and was made without it.",
        ),
    ],
)
def test_a_verdict_older_than_its_fine_print_says_so(fine_print_from, said):
    assert fine_print_notice(judged_on=OCTOBER, fine_print_from=fine_print_from) == said


@pytest.mark.parametrize(
    ("last", "said"),
    [
        (OCTOBER, "nothing new for 45 days"),
        (date(2026, 11, 23), "nothing new for 1 day"),
        (TODAY, ""),
        (date(2026, 12, 31), ""),
        (None, "no evidence yet"),
    ],
)
def test_a_quiet_time_is_said(last, said):
    assert quiet_words(last_known_by=last, today=TODAY) == said


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ("0.48", "0.53", "up 5 points since 17 Jun 2026"),
        ("0.24", "0.06", "down 18 points since 17 Jun 2026"),
        ("0.05", "0.06", "up 1 point since 17 Jun 2026"),
        ("0.050", "0.055", "up 0.5 points since 17 Jun 2026"),
        ("0.80", "0.800", "unchanged since 17 Jun 2026"),
    ],
)
def test_a_change_is_said_in_points(before, now, said):
    assert change_words(before=D(before), now=D(now), since=JUNE) == said


@pytest.mark.parametrize(
    ("change", "said"), [("0.10", "+10"), ("-0.18", "\u221218"), ("0", "0"), ("-0.005", "\u22120.5")]
)
def test_a_change_in_a_column_has_its_sign(change, said):
    assert signed_points(D(change)) == said


def test_a_move_names_both_numbers():
    assert move_words(D("0.24"), D("0.06")) == "24 to 6\u00a0%"


@pytest.mark.parametrize(
    ("status", "probability", "before", "said"),
    [
        ("open", "0.06", "0.24", "24 to 6 %, very unlikely"),
        ("open", "0.80", "0.800", "reviewed, still 80 %"),
        ("open", "0.06", None, "first assessed, 6 %, very unlikely"),
        ("borne-out", "1", "0.96", "borne out"),
        ("not-borne-out", "0", "0.02", "not borne out"),
        ("partly-borne-out", "0.5", "0.4", "partly borne out"),
        ("annulled", None, "0.4", "annulled"),
    ],
)
def test_an_assessment_is_one_line_among_the_changes(status, probability, before, said):
    line = assessed_line(
        status=status,
        probability=None if probability is None else D(probability),
        before=None if before is None else D(before),
    )
    assert plain(line) == said


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        (9, "new evidence, Reuters, bears on 9 claims"),
        (1, "new evidence, Reuters, bears on 1 claim"),
        (0, "new evidence, Reuters, bears on no claim yet"),
    ],
)
def test_evidence_is_one_line_among_the_changes(claims, said):
    assert evidence_line(source="Reuters", claims=claims) == said


@pytest.mark.parametrize(
    ("items", "counted", "said"),
    [
        (
            35,
            Balance(8, 18, 0, 1),
            "35 items, 27 independent stories: 8 support it, 18 contradict it, 1 is context.",
        ),
        (
            17,
            Balance(5, 0, 0, 3),
            "17 items, 8 independent stories: 5 support it, 0 contradict it, 3 are context.",
        ),
        (
            1,
            Balance(0, 1, 0, 0),
            "1 item, 1 independent story: 0 support it, 1 contradicts it.",
        ),
        (
            5000,
            Balance(1, 2500, 2, 0),
            "5,000 items, 2,503 independent stories: 1 supports it, 2,500 contradict it, 2 are mixed.",
        ),
        (0, Balance(0, 0, 0, 0), "No evidence yet."),
    ],
)
def test_the_evidence_is_counted_by_item_and_by_story(items, counted, said):
    assert weighing_words(items=items, balance=counted) == said


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("0.24", "6 per cent on a scale from 0 to 100: very unlikely; 24 per cent before"),
        ("0.06", "6 per cent on a scale from 0 to 100: very unlikely"),
        (None, "6 per cent on a scale from 0 to 100: very unlikely"),
    ],
)
def test_the_scale_is_told_to_a_screen_reader(before, said):
    assert scale_words(probability=D("0.06"), before=None if before is None else D(before)) == said


OPEN = [
    (date(2025, 4, 1), D("0.06")),
    (date(2025, 10, 23), D("0.33")),
    (date(2026, 3, 13), D("0.05")),
    (date(2026, 10, 10), D("0.06")),
]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {"numbers": OPEN, "supports": 8, "contradicts": 18},
            "Probability in 4 assessments: 6 per cent on 1 Apr 2025, lowest 5 per cent on"
            " 13 Mar 2026, highest 33 per cent on 23 Oct 2025, last 6 per cent on 10 Oct 2026."
            " Below it 8 stories that support the claim and 18 that contradict it.",
        ),
        (
            {
                "numbers": [(date(2025, 4, 1), D("0.25")), (date(2025, 8, 6), D("0.96"))],
                "supports": 5,
                "contradicts": 0,
                "status": "borne-out",
                "settled_on": date(2025, 8, 27),
            },
            "Probability in 2 assessments: 25 per cent on 1 Apr 2025, lowest 25 per cent on"
            " 1 Apr 2025, highest 96 per cent on 6 Aug 2025, last 96 per cent on 6 Aug 2025."
            " Then borne out on 27 Aug 2025."
            " Below it 5 stories that support the claim and 0 that contradict it.",
        ),
        (
            {"numbers": OPEN[:1], "supports": 1, "contradicts": 1},
            "Probability in 1 assessment: 6 per cent on 1 Apr 2025."
            " Below it 1 story that supports the claim and 1 that contradicts it.",
        ),
        (
            {"numbers": [], "supports": 0, "contradicts": 0},
            "No assessment yet. Below it 0 stories that support the claim and 0 that contradict it.",
        ),
        (
            {"numbers": [], "supports": 3, "contradicts": 0, "status": "borne-out"},
            "No assessment yet. Then borne out. Below it 3 stories that support the claim and 0 that contradict it.",
        ),
    ],
    ids=["open", "settled", "one", "none", "settled without a number"],
)
def test_the_chart_is_told_to_a_screen_reader(given, said):
    assert chart_words(**given) == said
