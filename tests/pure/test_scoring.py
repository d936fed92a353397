from datetime import date
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.scoring import (
    LIKELIHOOD_RATIO,
    STANCES,
    WEIGHT_ORDER,
    Balance,
    Outlook,
    Report,
    balance,
    effect,
    fold,
    heaviest_first_key,
    is_scored,
    outlook,
    outlook_range,
    percent_words,
    points,
)

probabilities = st.decimals(0, 1, places=3)
reports = st.lists(
    st.builds(
        Report,
        number=st.integers(1, 10_000),
        story=st.one_of(st.none(), st.sampled_from(["a", "b", "c", 1])),
        stance=st.sampled_from(STANCES),
        weight=st.sampled_from(list(WEIGHT_ORDER)),
        credibility=st.integers(1, 6),
        known_by=st.dates(date(2025, 1, 1), date(2025, 1, 5)),
    ),
    max_size=12,
    unique_by=lambda report: report.number,
)


def report(number, stance="supports", weight="slight", credibility=2, day=1, story="told"):
    return Report(number, story, stance, weight, credibility, date(2025, 3, day))


@pytest.mark.parametrize(
    ("probability", "term"),
    [
        ("0", "almost no chance"),
        ("0.05", "almost no chance"),
        ("0.051", "very unlikely"),
        ("0.06", "very unlikely"),
        ("0.2", "very unlikely"),
        ("0.201", "unlikely"),
        ("0.45", "unlikely"),
        ("0.451", "roughly even"),
        ("0.55", "roughly even"),
        ("0.551", "likely"),
        ("0.8", "likely"),
        ("0.801", "very likely"),
        ("0.95", "very likely"),
        ("0.951", "almost certain"),
        ("1", "almost certain"),
    ],
)
def test_a_probability_has_its_term(probability, term):
    assert outlook(D(probability)).words == term


@pytest.mark.parametrize("probability", ["-0.001", "1.001", "1.7"])
def test_no_term_is_given_to_what_is_no_probability(probability):
    with pytest.raises(ValueError, match="between 0 and 1"):
        outlook(D(probability))


def test_a_term_is_a_slug_in_addresses():
    assert Outlook("almost-no-chance") is Outlook.ALMOST_NO_CHANCE


@given(probabilities, probabilities)
def test_a_greater_probability_never_has_a_lesser_term(one, other):
    terms = list(Outlook)
    low, high = sorted([one, other])
    assert terms.index(outlook(low)) <= terms.index(outlook(high))


@given(probabilities)
def test_each_probability_lies_in_the_range_of_its_term_alone(probability):
    inside = []
    for term in Outlook:
        above, upto = outlook_range(term)
        if (above is None or probability > above) and (upto is None or probability <= upto):
            inside.append(term)
    assert inside == [outlook(probability)]


@pytest.mark.parametrize(
    ("share", "number"),
    [
        ("0.06", "6"),
        ("0.060", "6"),
        ("0.125", "12.5"),
        ("-0.18", "-18"),
        ("-0.005", "-0.5"),
        ("1.000", "100"),
        ("0", "0"),
        ("0.0625", "6.3"),
        ("0.06249", "6.2"),
        ("-0.0625", "-6.3"),
        ("0.99951", "100"),
    ],
)
def test_points_have_a_decimal_only_where_they_are_not_whole(share, number):
    assert str(points(D(share))) == number


def test_a_percentage_does_not_break():
    assert percent_words(D("0.06")) == "6\u00a0%"


@pytest.mark.parametrize(
    ("stance", "weight", "factor"),
    [
        ("supports", "slight", "1.25"),
        ("supports", "decisive", "20"),
        ("contradicts", "slight", "0.8"),
        ("contradicts", "strong", "0.2"),
        ("mixed", "decisive", "1"),
        ("context", "strong", "1"),
    ],
)
def test_an_item_multiplies_the_odds(stance, weight, factor):
    assert effect(stance, weight) == D(factor)


def test_heavier_weights_have_greater_ratios():
    by_rank = sorted(WEIGHT_ORDER, key=lambda weight: WEIGHT_ORDER[weight])
    assert sorted(LIKELIHOOD_RATIO, key=lambda weight: LIKELIHOOD_RATIO[weight]) == by_rank


@pytest.mark.parametrize(
    ("head", "other"),
    [
        (report(2, weight="strong", credibility=5), report(1, weight="moderate", credibility=1)),
        (report(2, "mixed", weight="strong"), report(1, "supports", weight="moderate")),
        (report(2, credibility=1), report(1, credibility=2, day=9)),
        (report(2, day=1), report(1, day=2)),
        (report(1), report(2)),
    ],
    ids=["heavier", "heavier though mixed", "more credible", "known earlier", "numbered first"],
)
def test_a_story_is_told_by_this_report(head, other):
    assert [story.head for story in fold([other, head])] == [head]


def test_a_story_names_its_other_reports_by_number():
    told = fold([report(3), report(2, weight="moderate"), report(1, "contradicts")])
    assert [other.number for other in told[0].others] == [1, 3]


def test_items_without_a_story_stand_alone():
    assert len(fold([report(1, story=None), report(2, story=None)])) == 2


def test_a_story_named_like_a_number_does_not_swallow_a_lone_item():
    assert len(fold([report(1, story=None), report(2, story=1)])) == 2


def test_stories_come_newest_first_and_then_by_number():
    told = fold([report(1, story="a"), report(3, story="b", day=5), report(2, story="c", day=5)])
    assert [story.head.number for story in told] == [2, 3, 1]


def test_no_reports_make_no_story():
    assert balance(fold([])) == Balance(0, 0, 0, 0)


def test_a_balance_counts_a_story_once_by_its_head():
    told = fold([report(1), report(2, "contradicts", "moderate"), report(3, "context", story=None)])
    assert balance(told) == Balance(supports=0, contradicts=1, mixed=0, context=1)
    assert balance(told).stories == 2


@given(reports, st.randoms())
def test_the_order_of_reports_does_not_matter(told, random):
    shuffled = list(told)
    random.shuffle(shuffled)
    assert fold(shuffled) == fold(told)


@given(reports)
def test_every_report_is_in_one_story_and_every_story_counted_once(told):
    stories = fold(told)
    inside = [r.number for story in stories for r in (story.head, *story.others)]
    assert sorted(inside) == sorted(r.number for r in told)
    assert balance(stories).stories == len(stories)


@given(reports)
def test_no_other_report_comes_before_the_head(told):
    def key(r):
        return heaviest_first_key(weight=r.weight, credibility=r.credibility, known_by=r.known_by, number=r.number)

    for story in fold(told):
        assert all(key(story.head) < key(other) for other in story.others)


@pytest.mark.parametrize(
    ("kind", "status", "occurred_on", "scored"),
    [
        ("prediction", "open", None, True),
        ("prediction", "borne-out", date(2025, 3, 31), True),
        ("prediction", "borne-out", date(2025, 3, 17), False),
        ("judgement", "partly-borne-out", date(2026, 1, 1), True),
        ("conditional", "not-borne-out", None, True),
        ("prediction", "ambiguous", None, False),
        ("prediction", "annulled", None, False),
        ("fact", "borne-out", None, False),
        ("fact", "open", None, False),
    ],
)
def test_what_is_scored(kind, status, occurred_on, scored):
    article_from = date(2025, 3, 31)
    assert is_scored(kind=kind, status=status, occurred_on=occurred_on, article_from=article_from) is scored
