"""Assessing, resolving and reopening a claim: what is taken and what is refused."""

from decimal import Decimal

import pytest

from claims.actions.claim_locks import lock_claim_for_all
from claims.actions.decide import withdraw
from claims.actions.errors import Hindsight, Invalid, Locked, Stale, WrongState
from claims.actions.judge import assess, reopen, resolve
from claims.models import Assessment, Citation, Claim, Event
from tests.actions.rows import grown, row_counts
from tests.factories import DAY, a_claim, a_judgement, a_person, an_assessment, an_item, on

pytestmark = pytest.mark.django_db

SETTLED = {"status": "borne-out", "occurred_on": on(-3)}


@pytest.fixture
def editor():
    return a_person("editor")


def errors_of(act, **words):
    with pytest.raises(Invalid) as refused:
        act(by=a_person("editor"), claim=a_claim(), judgement=a_judgement(**words), today=DAY)
    return list(refused.value.errors)


def test_an_assessment_is_stored_with_its_citations(editor):
    claim = a_claim()
    items = [an_item([claim]), an_item([claim])]
    assessment = an_assessment(claim, by=editor, cites=items)
    assert set(assessment.citations.values_list("evidence", flat=True)) == {item.id for item in items}


def test_an_item_cited_twice_is_cited_once(editor):
    claim = a_claim()
    item = an_item([claim])
    an_assessment(claim, cites=[item, item])
    assert Citation.objects.count() == 1


def test_it_writes_one_event(editor):
    claim = a_claim()
    item = an_item([claim])
    before = row_counts()
    an_assessment(claim, by=editor, cites=[item])
    expected = {"assessment": 1, "citation": 1, "event": 1, "event_claim": 1, "event_body": 1, "outbox": 1, "follow": 1}
    assert grown(before) == expected


def test_the_event_speaks_of_the_day_of_the_judgement(editor):
    an_assessment(a_claim(), as_of=on(-9))
    assert Event.objects.get(verb="assessed").about_on == on(-9)


@pytest.mark.parametrize(
    ("act", "verb", "words"),
    [(assess, "assessed", {}), (resolve, "resolved", SETTLED)],
)
def test_each_act_has_its_verb(act, verb, words, editor):
    act(by=editor, claim=a_claim(), judgement=a_judgement(**words), today=DAY)
    assert Event.objects.filter(verb=verb).exists()


def test_reopening_has_its_verb(editor):
    claim = a_claim()
    an_assessment(claim, **SETTLED)
    reopen(by=editor, claim=claim, judgement=a_judgement(), today=DAY)
    assert Event.objects.filter(verb="reopened").exists()


def test_a_citation_not_known_by_the_day_is_refused_and_named(editor):
    claim = a_claim()
    an_item([claim], published=str(on(-9)))
    late = [an_item([claim], published=str(on(-days))) for days in (4, 3)]
    with pytest.raises(Hindsight) as refused:
        an_assessment(claim, by=editor, as_of=on(-5), cites=late)
    assert refused.value.errors == {
        "cites": ["Not known by 27 May 2026: [2] (known from 28 May 2026), [3] (known from 29 May 2026)."]
    }


def test_a_citation_known_on_the_day_itself_is_taken(editor):
    claim = a_claim()
    assert an_assessment(claim, as_of=on(-4), cites=[an_item([claim], published=str(on(-4)))])


@pytest.mark.parametrize(("event", "known"), [("2026-05", True), ("2026", False)])
def test_a_month_or_year_is_known_from_its_last_day(event, known, editor):
    claim = a_claim()
    item = an_item([claim], published=None, event=event)
    judgement = a_judgement(as_of=DAY, cites=[item.id])
    if known:
        assert assess(by=editor, claim=claim, judgement=judgement, today=DAY)
    else:
        with pytest.raises(Hindsight):
            assess(by=editor, claim=claim, judgement=judgement, today=DAY)


def test_hindsight_stores_nothing(editor):
    claim = a_claim()
    item = an_item([claim])
    before = row_counts()
    with pytest.raises(Hindsight):
        an_assessment(claim, by=editor, as_of=on(-60), cites=[item])
    assert grown(before) == {}


def test_an_item_of_another_claim_is_not_cited(editor):
    with pytest.raises(Invalid) as refused:
        an_assessment(a_claim(), by=editor, cites=[an_item([a_claim()])])
    assert list(refused.value.errors) == ["cites"]


def test_a_waiting_item_is_not_cited(editor):
    claim = a_claim()
    with pytest.raises(Invalid):
        an_assessment(claim, by=editor, cites=[an_item([claim], by=a_person("analyst"))])


def test_a_withdrawn_item_is_not_cited(editor):
    claim = a_claim()
    item = withdraw(by=a_person("moderator"), evidence=an_item([claim]), reason="Forged.", today=DAY)
    with pytest.raises(Invalid):
        an_assessment(claim, by=editor, cites=[item])


@pytest.mark.parametrize("act", [assess, resolve])
def test_a_day_to_come_is_not_judged(act):
    words = {"as_of": on(1)} if act is assess else {**SETTLED, "as_of": on(1)}
    assert errors_of(act, **words) == ["as_of"]


def test_a_day_before_the_opening_is_not_judged():
    assert errors_of(assess, as_of=on(-101)) == ["as_of"]


@pytest.mark.parametrize(
    "words",
    [
        {"probability": None},
        {"probability": Decimal("0")},
        {"probability": Decimal("1")},
        {"probability": Decimal("1.7")},
        {"probability": Decimal("-0.1")},
        {"probability": Decimal("0.1234")},
        {"probability": Decimal("NaN")},
        {"probability": Decimal("Infinity")},
    ],
)
def test_an_open_claim_has_a_probability_between_none_and_all(words):
    assert errors_of(assess, **words) == ["probability"]


@pytest.mark.parametrize(
    "words",
    [
        {"status": "borne-out", "probability": Decimal("0.9")},
        {"status": "not-borne-out", "probability": Decimal("0.1")},
        {"status": "partly-borne-out", "probability": Decimal("1")},
        {"status": "partly-borne-out", "probability": None},
        {"status": "ambiguous", "probability": Decimal("0.5")},
        {"status": "annulled", "annulled_because": "underspecified", "probability": Decimal("0.5")},
    ],
)
def test_a_resolution_has_the_probability_of_its_status(words):
    assert errors_of(resolve, **words) == ["probability"]


@pytest.mark.parametrize(
    ("status", "given", "kept"),
    [
        ("borne-out", None, 1),
        ("borne-out", Decimal("1.000"), 1),
        ("not-borne-out", None, 0),
        ("partly-borne-out", Decimal("0.6"), Decimal("0.6")),
        ("ambiguous", None, None),
        ("annulled", None, None),
    ],
)
def test_the_probability_of_a_resolution_is_kept(status, given, kept):
    because = "underspecified" if status == "annulled" else None
    assessment = an_assessment(a_claim(), status=status, probability=given, annulled_because=because)
    assert Assessment.objects.get(id=assessment.id).probability == kept


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("rationale", {"rationale": "\n \u200b"}),
        ("rationale", {"rationale": "a" * 3_001}),
        ("rationale", {"rationale": "nul \x00"}),
        ("confidence", {"confidence": "sure"}),
        ("occurred_on", {"occurred_on": on(-1)}),
        ("annulled_because", {"annulled_because": "restated"}),
    ],
)
def test_it_names_the_field_that_is_wrong(field, words):
    assert errors_of(assess, **words) == [field]


def test_what_happened_after_the_day_judged_is_refused():
    assert errors_of(resolve, status="borne-out", as_of=on(-5), occurred_on=on(-4)) == ["occurred_on"]


@pytest.mark.parametrize("because", [None, "", "boredom"])
def test_an_annulment_needs_one_of_the_reasons(because):
    assert errors_of(resolve, status="annulled", annulled_because=because) == ["annulled_because"]


def test_an_empty_reason_is_none_where_nothing_is_annulled():
    assert an_assessment(a_claim(), annulled_because="").annulled_because is None


@pytest.mark.parametrize(("act", "status"), [(assess, "borne-out"), (resolve, "open"), (reopen, "borne-out")])
def test_each_act_leaves_its_own_kind_of_status(act, status):
    assert errors_of(act, status=status) == ["status"]


def test_a_status_that_there_is_not_is_refused():
    assert "status" in errors_of(resolve, status="maybe")


@pytest.mark.parametrize("act", [assess, resolve, reopen])
def test_a_locked_claim_is_not_judged(act, editor):
    claim = a_claim()
    if act is reopen:
        an_assessment(claim, **SETTLED)
    lock_claim_for_all(by=a_person("moderator"), claim=claim, reason="A dispute.", today=DAY)
    words = SETTLED if act is resolve else {}
    with pytest.raises(Locked):
        act(by=editor, claim=claim, judgement=a_judgement(**words), today=DAY)


@pytest.mark.parametrize("act", [assess, resolve])
def test_a_claim_judged_since_it_was_read_is_not_judged_unseen(act, editor):
    claim = a_claim()
    an_assessment(claim)
    words = SETTLED if act is resolve else {}
    with pytest.raises(Stale):
        act(by=editor, claim=claim, judgement=a_judgement(**words), seen_version=claim.version, today=DAY)


def test_a_settled_claim_is_reopened_before_it_is_assessed(editor):
    claim = a_claim()
    an_assessment(claim, **SETTLED)
    with pytest.raises(WrongState):
        assess(by=editor, claim=claim, judgement=a_judgement(), today=DAY)


def test_a_settled_claim_is_still_assessed_as_of_an_earlier_day(editor):
    claim = a_claim()
    an_assessment(claim, **SETTLED)
    an_assessment(claim, by=editor, as_of=on(-10))
    assert Claim.objects.get(id=claim.id).status == "borne-out"


def test_an_open_claim_is_not_reopened(editor):
    with pytest.raises(WrongState):
        reopen(by=editor, claim=a_claim(), judgement=a_judgement(), today=DAY)


def test_a_claim_is_not_reopened_as_of_a_day_before_it_was_settled(editor):
    claim = a_claim()
    an_assessment(claim, **SETTLED)
    with pytest.raises(Invalid) as refused:
        reopen(by=editor, claim=claim, judgement=a_judgement(as_of=on(-1)), today=DAY)
    assert list(refused.value.errors) == ["as_of"]


def test_a_claim_is_not_settled_as_of_a_day_before_it_was_last_judged(editor):
    claim = a_claim()
    an_assessment(claim)
    with pytest.raises(Invalid) as refused:
        resolve(by=editor, claim=claim, judgement=a_judgement(as_of=on(-1), **SETTLED), today=DAY)
    assert list(refused.value.errors) == ["as_of"]


def test_a_claim_is_not_resolved_as_restated():
    with pytest.raises(Invalid, match="change of meaning"):
        an_assessment(a_claim(), status="annulled", annulled_because="restated")


def test_a_day_on_which_the_claim_stood_settled_is_not_judged_as_open_once_it_is_reopened(editor):
    claim = a_claim()
    an_assessment(claim, as_of=on(-20), status="borne-out")
    reopen(by=editor, claim=claim, judgement=a_judgement(as_of=on(-10)), today=DAY)
    with pytest.raises(WrongState, match="stood settled"):
        assess(by=editor, claim=claim, judgement=a_judgement(as_of=on(-15)), today=DAY)
