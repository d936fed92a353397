from datetime import date, timedelta
from decimal import Decimal as D
from itertools import product

import pytest

from claims.verdicts import ANNULLED_BECAUSE, date_words, not_scored_words, verdict_sentence

TODAY = date(2026, 11, 24)
ARTICLE = date(2025, 3, 31)
DUE = date(2028, 12, 31)
JUDGED = date(2026, 10, 10)
TWICE = [(date(2025, 4, 1), D("0.25")), (date(2026, 9, 22), D("0.96"))]
ONCE = TWICE[1:]

OPEN = [
    (
        {"probability": "0.06", "earlier": [(date(2026, 9, 22), D("0.24"))]},
        "The editors see a 6 % chance that this turns out true by 31 Dec 2028, down from 24 % on 22 Sep 2026.",
    ),
    (
        {"probability": "0.97", "earlier": ONCE},
        "The editors see a 97 % chance that this turns out true by 31 Dec 2028, up from 96 % on 22 Sep 2026.",
    ),
    (
        {"probability": "0.96", "earlier": ONCE},
        "The editors see a 96 % chance that this turns out true by 31 Dec 2028, as on 22 Sep 2026.",
    ),
    (
        {"probability": "0.8"},
        "The editors see an 80 % chance that this turns out true by 31 Dec 2028.",
    ),
    (
        {"probability": "0.11"},
        "The editors see an 11 % chance that this turns out true by 31 Dec 2028.",
    ),
    (
        {"probability": "0.18", "horizon": None},
        "The editors see an 18 % chance that this turns out true at some time.",
    ),
    (
        {"kind": "judgement", "probability": "0.5"},
        "The editors see a 50 % chance that this proves right by 31 Dec 2028.",
    ),
    (
        {"kind": "judgement", "probability": "0.5", "horizon": None},
        "The editors see a 50 % chance that this proves right at some time.",
    ),
    (
        {"kind": "conditional", "probability": "0.25", "earlier": ONCE},
        "If its condition is met, the editors see a 25 % chance that this turns out true by"
        " 31 Dec 2028, down from 96 % on 22 Sep 2026.",
    ),
    (
        {"kind": "fact", "probability": "0.9", "horizon": None},
        "The editors see a 90 % chance that this statement of fact is true. Facts are not scored.",
    ),
    (
        {"probability": "0.97", "horizon": TODAY},
        "The editors see a 97 % chance that this turns out true by 24 Nov 2026.",
    ),
    (
        {"probability": "0.97", "horizon": TODAY - timedelta(1), "earlier": ONCE},
        "It fell due on 23 Nov 2026 and has not been judged yet. The editors’ last number,"
        " of 10 Oct 2026, was 97 %, up from 96 % on 22 Sep 2026.",
    ),
    (
        {"kind": "judgement", "probability": "0.5", "horizon": TODAY - timedelta(1)},
        "It fell due on 23 Nov 2026 and has not been judged yet. The editors’ last number, of 10 Oct 2026, was 50 %.",
    ),
    ({}, "The editors have given no number yet. It falls due on 31 Dec 2028."),
    ({"horizon": None}, "The editors have given no number yet; it has no due date."),
    (
        {"horizon": date(2026, 1, 1)},
        "It fell due on 1 Jan 2026, and the editors have given no number yet.",
    ),
    (
        {"kind": "fact", "horizon": None},
        "The editors have given no number yet; a statement of fact has no due date.",
    ),
]

SETTLED = [
    (
        {
            "kind": "conditional",
            "status": "borne-out",
            "occurred_on": date(2025, 8, 27),
            "horizon": date(2026, 12, 31),
            "earlier": TWICE,
        },
        "It happened on 27 Aug 2025, 16 months before it would have fallen due."
        " The editors’ last number before was 96 %; their first, 25 %.",
    ),
    (
        {"status": "borne-out", "occurred_on": DUE, "earlier": ONCE},
        "It happened on 31 Dec 2028, the day it fell due. The editors’ only number before was 96 %.",
    ),
    (
        {"status": "borne-out", "occurred_on": DUE, "earlier": [*ONCE, *TWICE, *ONCE]},
        "It happened on 31 Dec 2028, the day it fell due. The editors’ last number before was 96 %, like their first.",
    ),
    (
        {"status": "borne-out", "occurred_on": JUDGED, "horizon": date(2026, 10, 7)},
        "It happened on 10 Oct 2026, 3 days after it had fallen due. The editors had given no number before.",
    ),
    (
        {"status": "borne-out", "occurred_on": JUDGED, "horizon": None, "earlier": ONCE},
        "It happened on 10 Oct 2026. The editors’ only number before was 96 %.",
    ),
    (
        {"kind": "judgement", "status": "borne-out", "horizon": None, "earlier": ONCE},
        "It proved right on 10 Oct 2026. The editors’ only number before was 96 %.",
    ),
    (
        {"status": "borne-out", "occurred_on": date(2025, 3, 17), "earlier": ONCE},
        "It happened on 17 Mar 2025: it was already so when the article appeared."
        " That is context, not a prediction come true, and is not scored.",
    ),
    (
        {"status": "not-borne-out", "occurred_on": date(2025, 3, 17)},
        "It was ruled out on 17 Mar 2025: it was already so when the article appeared."
        " That is context, not a prediction come true, and is not scored.",
    ),
    (
        {
            "status": "not-borne-out",
            "occurred_on": date(2025, 12, 31),
            "horizon": date(2025, 12, 31),
            "earlier": TWICE,
        },
        "It had not happened when it fell due on 31 Dec 2025."
        " The editors’ last number before was 96 %; their first, 25 %.",
    ),
    (
        {"kind": "judgement", "status": "not-borne-out", "horizon": JUDGED, "earlier": ONCE},
        "It had not proved right when it fell due on 10 Oct 2026. The editors’ only number before was 96 %.",
    ),
    (
        {"status": "not-borne-out", "occurred_on": date(2028, 10, 31), "earlier": ONCE},
        "It was ruled out on 31 Oct 2028, 2 months before it would have fallen due."
        " The editors’ only number before was 96 %.",
    ),
    (
        {"status": "not-borne-out", "occurred_on": JUDGED, "horizon": None, "earlier": ONCE},
        "It was ruled out on 10 Oct 2026. The editors’ only number before was 96 %.",
    ),
    (
        {
            "status": "partly-borne-out",
            "probability": "0.5",
            "occurred_on": date(2028, 12, 30),
            "earlier": ONCE,
        },
        "It happened in part on 30 Dec 2028, 1 day before it would have fallen due."
        " The editors count it as 50 %. The editors’ only number before was 96 %.",
    ),
    (
        {"status": "ambiguous", "earlier": ONCE},
        "The world gives no clear answer: the editors judged so on 10 Oct 2026."
        " It is counted, but not scored. The editors’ only number before was 96 %.",
    ),
    (
        {"kind": "fact", "status": "borne-out", "horizon": None},
        "The record bears it out. It is a statement of fact, not a prediction, and is not scored.",
    ),
    (
        {"kind": "fact", "status": "partly-borne-out", "probability": "0.5", "horizon": None},
        "The record bears it out in part. It is a statement of fact, not a prediction, and is not scored.",
    ),
    (
        {"kind": "fact", "status": "not-borne-out", "horizon": None},
        "The record does not bear it out. It is a statement of fact, not a prediction, and is not scored.",
    ),
]


def said_of(**given):
    given = {"kind": "prediction", "status": "open", "horizon": DUE, "judged_on": JUDGED} | given
    if probability := given.get("probability"):
        given["probability"] = D(probability)
    return verdict_sentence(today=TODAY, article_from=ARTICLE, **given).replace("\u00a0", " ")


@pytest.mark.parametrize(("given", "said"), OPEN)
def test_an_open_claim_says_of_what_the_number_is_the_chance(given, said):
    assert said_of(**given) == said


@pytest.mark.parametrize(("given", "said"), SETTLED)
def test_a_settled_claim_says_when_and_how_long_before_its_date(given, said):
    assert said_of(**given) == said


@pytest.mark.parametrize("reason", sorted(ANNULLED_BECAUSE))
def test_an_annulled_claim_says_why(reason):
    assert said_of(status="annulled", annulled_because=reason) == (
        f"Annulled on 10 Oct 2026, because {ANNULLED_BECAUSE[reason]}. It is counted, but not scored."
    )


def test_an_annulled_claim_without_its_reason_still_has_a_sentence():
    assert said_of(status="annulled", judged_on=None) == "Annulled. It is counted, but not scored."


KINDS = ("prediction", "conditional", "judgement", "fact")
STATUSES = (
    "open",
    "borne-out",
    "partly-borne-out",
    "not-borne-out",
    "ambiguous",
    "annulled",
)


@pytest.mark.parametrize(("kind", "status"), list(product(KINDS, STATUSES)))
def test_there_is_a_sentence_for_whatever_is_known(kind, status):
    for horizon, occurred, judged, probability, earlier in product(
        (None, date(2025, 1, 1), DUE),
        (None, date(2025, 3, 17), date(2025, 9, 1)),
        (None, JUDGED),
        (None, "0.5"),
        ((), ONCE, TWICE),
    ):
        said = said_of(
            kind=kind,
            status=status,
            horizon=horizon,
            occurred_on=occurred,
            judged_on=judged,
            probability=probability,
            earlier=earlier,
        )
        assert said.endswith(".")
        assert not [slip for slip in ("None", "  ", "..", " .", ",,") if slip in said]


@pytest.mark.parametrize(
    ("kind", "status", "occurred_on", "said"),
    [
        ("fact", "borne-out", None, "fact, not scored"),
        ("prediction", "borne-out", date(2025, 3, 17), "borne out before the article"),
        ("prediction", "not-borne-out", date(2025, 3, 17), "not borne out before the article"),
        ("prediction", "borne-out", ARTICLE, ""),
        ("prediction", "ambiguous", None, "ambiguous, not scored"),
        ("prediction", "annulled", None, "annulled, not scored"),
        ("prediction", "open", None, ""),
    ],
)
def test_a_list_says_why_a_claim_is_not_scored(kind, status, occurred_on, said):
    words = not_scored_words(kind=kind, status=status, occurred_on=occurred_on, article_from=ARTICLE)
    assert words == said


@pytest.mark.parametrize(
    ("kind", "status", "horizon", "settled_on", "said"),
    [
        ("prediction", "open", DUE, None, "due 31 Dec 2028"),
        ("prediction", "open", TODAY, None, "due 24 Nov 2026"),
        ("prediction", "open", JUDGED, None, "was due 10 Oct 2026"),
        ("prediction", "open", None, None, "no due date"),
        ("prediction", "borne-out", DUE, date(2026, 5, 1), "settled 1 May 2026"),
        ("prediction", "annulled", DUE, None, "settled"),
        ("fact", "borne-out", None, None, "fact"),
    ],
)
def test_a_list_says_the_date_that_matters(kind, status, horizon, settled_on, said):
    words = date_words(kind=kind, status=status, horizon=horizon, settled_on=settled_on, today=TODAY)
    assert words == said
