"""The stale list: each reason on its boundary, and that the act named by it really ends it."""

from datetime import timedelta
from decimal import Decimal

import pytest

from claims.actions.attach import NewBearing
from claims.actions.bearings import set_bearing, withdraw_bearing
from claims.actions.decide import approve, withdraw
from claims.actions.judge import assess, resolve
from claims.actions.merge import merge, unmerge
from claims.actions.redact import redact_evidence
from claims.actions.relations import relate_claims
from claims.actions.revise_evidence import link_evidence
from claims.actions.sources import grade_source
from claims.models import Bearing, Claim, ClaimOwner, Follow
from claims.queries.stale import stale, stale_claim
from claims.queries.stale_order import Filters, Whose
from claims.stale import Broken, Do, Why
from tests.factories import (
    DAY,
    NOW,
    a_claim,
    a_judgement,
    a_person,
    a_source,
    a_topic,
    an_assessment,
    an_item,
    many_claims,
    on,
    the_house,
)

pytestmark = pytest.mark.django_db


def whys(claim, day=DAY):
    """The reasons of one claim, read from the list and for the claim alone, which must agree."""
    listed = [one for one in stale(Filters(), today=day).claims if one.slug == claim.slug]
    alone = [str(found.why) for found in stale_claim(Claim.objects.get(id=claim.id), today=day)]
    assert [[str(found.why) for found in one.reasons] for one in listed] == ([alone] if alone else [])
    return alone


def reason(claim, why, day=DAY):
    return next(one for one in stale_claim(Claim.objects.get(id=claim.id), today=day) if one.why == why)


def settle(claim, day=DAY):
    """Does what the list says, with the items that it begins with, and nothing else."""
    [found] = [one for one in stale(Filters(), today=day).claims if one.slug == claim.slug]
    numbered = Bearing.objects.filter(claim=claim, number__in=found.action.cites)
    words = {"as_of": day, "cites": list(numbered.values_list("evidence_id", flat=True))}
    words |= {
        Do.ANNUL: {"status": "annulled", "annulled_because": "assumption-fell", "probability": None},
        Do.FAIL: {"status": "not-borne-out", "probability": None},
        Do.RESOLVE: {"status": "borne-out", "probability": None},
        Do.ASSESS: {"probability": Decimal("0.1")},
    }[found.action.do]
    act = assess if found.action.do == Do.ASSESS else resolve
    act(by=the_house(), claim=claim, judgement=a_judgement(**words), today=day)
    return found.action


def held(*chances, **words):
    """Claims judged at these chances on DAY."""
    claims = [a_claim(**words) for _ in chances]
    for claim, chance in zip(claims, chances, strict=True):
        an_assessment(claim, probability=Decimal(str(chance)))
    return claims


def relate(claim, relation, to):
    relate_claims(by=the_house(), claim=claim, relation=relation, to=to, today=DAY)


# the review interval


@pytest.mark.parametrize(("day", "found"), [(on(20), []), (on(21), ["review"])])
def test_a_review_is_passed_from_the_day_after_it_fell_due(day, found):
    claim = a_claim(review_every_days=20)
    an_assessment(claim)
    assert whys(claim, day) == found


def test_assessing_ends_a_review_that_was_passed():
    claim = a_claim(review_every_days=20)
    an_assessment(claim)
    assert settle(claim, on(21)).do == Do.ASSESS
    assert whys(claim, on(21)) == []


# the horizon


@pytest.mark.parametrize(("day", "found"), [(on(10), []), (on(11), ["horizon"])])
def test_a_horizon_is_passed_from_the_day_after_it(day, found):
    claim = a_claim(horizon=on(10))
    an_assessment(claim)
    assert whys(claim, day) == found


def test_resolving_ends_a_horizon_that_was_passed():
    claim = a_claim(horizon=on(10))
    an_assessment(claim)
    assert settle(claim, on(11)).do == Do.RESOLVE
    assert whys(claim, on(11)) == []


def test_an_open_ended_claim_has_no_horizon_to_pass():
    claim = a_claim(horizon=None, review_every_days=3000)
    an_assessment(claim)
    assert whys(claim, on(2000)) == []


# new evidence


@pytest.mark.parametrize(("published", "found"), [(on(0), []), (on(1), ["evidence"])])
def test_evidence_is_new_from_the_day_after_the_judgement(published, found):
    claim = a_claim()
    an_item([claim], published=str(published), today=on(1))
    an_assessment(claim, today=on(1))
    assert whys(claim, on(1)) == found


def test_evidence_known_from_a_day_to_come_is_not_new_yet():
    claim = a_claim()
    an_item([claim], published="2026-06", today=DAY)
    an_assessment(claim)
    assert [whys(claim, on(28)), whys(claim, on(29))] == [[], ["evidence"]]


def test_of_evidence_of_today_and_of_a_day_to_come_that_of_today_is_new():
    claim = a_claim()
    an_assessment(claim)
    an_item([claim], published="2026-06", today=on(2))
    an_item([claim], published=str(on(2)), today=on(2))
    assert [item.known_by for item in reason(claim, Why.EVIDENCE, on(2)).items] == [on(2)]


def test_an_item_logged_after_the_judgement_is_new_though_dated_before_it():
    claim = a_claim()
    an_assessment(claim)
    an_item([claim], published=str(on(-30)))
    assert whys(claim) == ["evidence"]


def test_an_item_logged_before_the_judgement_and_dated_before_it_is_not_new():
    claim = a_claim()
    an_item([claim], published=str(on(-30)))
    an_assessment(claim)
    assert whys(claim) == []


def test_an_item_approved_after_the_judgement_is_new():
    claim = a_claim()
    item = an_item([claim], by=a_person("analyst"), published=str(on(-30)))
    an_assessment(claim)
    assert whys(claim) == []
    approve(by=a_person("moderator"), evidence=item, today=DAY)
    assert whys(claim) == ["evidence"]


def test_an_item_graded_otherwise_after_the_judgement_is_new():
    claim = a_claim()
    item = an_item([claim])
    an_assessment(claim, cites=[item])
    set_bearing(by=the_house(), evidence=item, bearing=NewBearing(claim.id, "contradicts", "strong"), today=DAY)
    assert whys(claim) == ["evidence"]


def test_a_bearing_that_waits_is_not_new():
    claim = a_claim()
    item = an_item()
    an_assessment(claim)
    waiting = NewBearing(claim.id, "supports", "slight")
    set_bearing(by=a_person("analyst"), evidence=item, bearing=waiting, today=DAY)
    assert whys(claim) == []


def test_a_withdrawn_item_is_not_new():
    claim = a_claim()
    an_assessment(claim)
    item = an_item([claim])
    withdraw(by=a_person("moderator"), evidence=item, reason="Wrong.", today=DAY)
    assert whys(claim) == []


def merged_away(item):
    into = an_item()
    return merge(
        by=a_person("moderator"), kind="evidence", duplicate=item.id, into=into.id, reason="One report.", today=DAY
    )


def back(merged):
    unmerge(by=a_person("moderator"), merge=merged, reason="Two after all.", today=DAY)


def test_an_item_that_comes_back_from_a_merge_is_new_where_the_judgement_could_not_know_it():
    claim = a_claim()
    merged = merged_away(an_item([claim]))
    an_assessment(claim)
    assert whys(claim) == []
    back(merged)
    assert whys(claim) == ["evidence"]
    assert settle(claim).cites == (1,)
    assert whys(claim) == []


def test_an_item_that_was_merged_and_came_back_after_the_judgement_is_not_new():
    claim = a_claim()
    item = an_item([claim])
    back(merged_away(item))
    an_assessment(claim)
    back(merged_away(item))
    assert whys(claim) == []


def test_evidence_of_a_claim_that_was_never_assessed_is_new():
    claim = a_claim()
    an_item([claim])
    assert reason(claim, Why.EVIDENCE).judged_on is None


@pytest.mark.parametrize("published", [on(-30), on(1)])
def test_assessing_with_the_new_items_ends_it(published):
    claim = a_claim()
    an_assessment(claim)
    an_item([claim], published=str(published), today=on(1))
    assert settle(claim, on(1)).cites == (1,)
    assert whys(claim, on(1)) == []


def test_of_many_new_items_the_newest_are_named():
    claim = a_claim()
    an_assessment(claim)
    for days in reversed(range(12)):
        an_item([claim], published=str(on(-days)))
    found = reason(claim, Why.EVIDENCE)
    assert (found.more, [item.known_by for item in found.items]) == (True, [on(-days) for days in range(10)])


# what the judgement rests on


@pytest.fixture
def cited():
    """A claim whose judgement cites two items of one source graded B, and those items."""
    claim, source = a_claim(), a_source(reliability="B")
    items = [an_item([claim], source=source) for _ in range(2)]
    an_assessment(claim, cites=items)
    return claim, items, source


def gone(how, claim, item):
    """Does to an item what makes a judgement fall that cites it."""
    moderator = a_person("moderator")
    if how == "withdrawn":
        withdraw(by=moderator, evidence=item, reason="Wrong.", today=DAY)
    elif how == "redacted":
        redact_evidence(by=a_person("admin"), evidence=item, reason="By law.", legal_basis="court-order", today=DAY)
    elif how == "bearing":
        bearing = Bearing.objects.get(claim=claim, evidence=item)
        withdraw_bearing(by=moderator, bearing=bearing, reason="Another matter.", today=DAY)
    else:
        link_evidence(by=the_house(), item=an_item(), kind=how, earlier=item, reason="It says so.", today=DAY)


HOWS = ["withdrawn", "redacted", "bearing", "retracts", "corrects", "supersedes"]


@pytest.mark.parametrize("how", HOWS)
def test_a_judgement_rests_on_what_fell_after_it(cited, how):
    claim, [item, _], _ = cited
    assert whys(claim) == []
    gone(how, claim, item)
    assert whys(claim) == ["cited"]
    assert [(one.number, str(one.how)) for one in reason(claim, Why.CITED).items] == [(1, how)]


@pytest.mark.parametrize("how", HOWS)
def test_assessing_without_what_fell_ends_it(cited, how):
    claim, [item, _], _ = cited
    gone(how, claim, item)
    action = settle(claim)
    assert (action.do, action.cites, action.without) == (Do.ASSESS, (2,), (1,))
    assert whys(claim) == []


def test_a_judgement_that_cites_a_retracted_item_knowingly_does_not_rest_on_what_fell():
    claim = a_claim()
    item = an_item([claim])
    gone("retracts", claim, item)
    an_assessment(claim, cites=[item])
    assert whys(claim) == []


def test_what_fell_under_an_earlier_judgement_does_not_count(cited):
    claim, [item, _], _ = cited
    an_assessment(claim, as_of=on(1), today=on(1))
    gone("withdrawn", claim, item)
    assert whys(claim, on(1)) == []


@pytest.mark.parametrize(("how", "found"), [("withdrawn", ["cited"]), ("retracts", ["cited"]), ("corrects", [])])
def test_a_settled_claim_rests_on_what_is_gone_but_not_on_what_is_corrected(how, found):
    claim = a_claim()
    item = an_item([claim])
    an_assessment(claim, status="borne-out", cites=[item])
    gone(how, claim, item)
    assert whys(claim) == found


def test_resolving_anew_ends_what_a_settled_claim_rests_on():
    claim = a_claim()
    item = an_item([claim])
    an_assessment(claim, status="borne-out", cites=[item])
    gone("withdrawn", claim, item)
    assert settle(claim).do == Do.RESOLVE
    assert whys(claim) == []


@pytest.mark.parametrize(
    ("was", "now", "found"),
    [
        ("B", "C", ["cited"]),
        ("B", "A", []),
        ("B", "F", ["cited"]),
        ("F", "D", ["cited"]),
        (None, "C", []),
        ("E", "F", []),
    ],
)
def test_a_judgement_rests_on_a_source_that_is_trusted_less(was, now, found):
    claim, source = a_claim(), a_source(reliability=was)
    an_assessment(claim, cites=[an_item([claim], source=source)])
    grade_source(by=the_house(), source=source, reliability=now, reason="As seen.", today=DAY)
    assert whys(claim) == found


def test_a_source_that_was_down_graded_before_the_judgement_does_not_count():
    claim, source = a_claim(), a_source(reliability="B")
    item = an_item([claim], source=source)
    grade_source(by=the_house(), source=source, reliability="D", reason="As seen.", today=DAY)
    an_assessment(claim, cites=[item])
    assert whys(claim) == []


def test_a_source_that_was_down_graded_and_up_again_does_not_count(cited):
    claim, _, source = cited
    for grade in ("D", "B"):
        grade_source(by=the_house(), source=source, reliability=grade, reason="As seen.", today=DAY)
        source.refresh_from_db()
    assert whys(claim) == []


def test_assessing_ends_a_down_grading(cited):
    claim, _, source = cited
    grade_source(by=the_house(), source=source, reliability="D", reason="As seen.", today=DAY)
    fallen = reason(claim, Why.CITED).items
    assert {(one.how, one.was, one.now) for one in fallen} == {(Broken.DOWNGRADED, "B", "D")}
    settle(claim)
    assert whys(claim) == []


# signposts

SIGNPOSTS = [("The exemption for Russian diesel is renewed", "up")]


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Exemptions for Russian diesel", ["signpost", "evidence"]),
        ("The exemption for Russian gas", ["evidence"]),
        ("Renewed talks", ["evidence"]),
    ],
)
def test_new_evidence_meets_a_signpost_that_it_has_most_words_of(title, found):
    claim = a_claim(signposts=SIGNPOSTS)
    an_assessment(claim)
    an_item([claim], title=title, summary="It was said.")
    assert whys(claim) == found


def test_it_says_which_words_and_which_item():
    claim = a_claim(signposts=SIGNPOSTS)
    an_assessment(claim)
    an_item([claim], title="Exemptions for Russian diesel")
    met = reason(claim, Why.SIGNPOST)
    assert (met.words, met.of, met.item.number, met.raises) == (("exemption", "Russian", "diesel"), 4, 1, True)


def test_old_evidence_meets_no_signpost():
    claim = a_claim(signposts=SIGNPOSTS)
    an_item([claim], title="Exemptions for Russian diesel")
    an_assessment(claim)
    assert whys(claim) == []


def test_assessing_ends_a_signpost_that_is_met():
    claim = a_claim(signposts=SIGNPOSTS)
    an_assessment(claim)
    an_item([claim], title="Exemptions for Russian diesel")
    assert settle(claim).cites == (1,)
    assert whys(claim) == []


# probabilities that contradict


@pytest.mark.parametrize(("chance", "found"), [(0.4, []), (0.401, ["chance"])])
def test_a_whole_is_not_likelier_than_its_necessary_part(chance, found):
    part, whole = held(0.4, chance)
    relate(part, "is-a-necessary-part-of", whole)
    assert (whys(whole), whys(part)) == (found, [])


def test_both_figures_and_the_claims_are_named():
    part, whole = held(0.4, 0.6)
    relate(part, "is-a-necessary-part-of", whole)
    found = reason(whole, Why.CHANCE)
    assert (found.own, [(peer.slug, peer.probability) for peer in found.peers]) == (
        Decimal("0.6"),
        [(part.slug, Decimal("0.4"))],
    )


def test_assessing_the_whole_ends_it():
    part, whole = held(0.4, 0.6)
    relate(part, "is-a-necessary-part-of", whole)
    assert settle(whole).do == Do.ASSESS
    assert whys(whole) == []


@pytest.mark.parametrize(("other", "found"), [(0.6, []), (0.601, ["chance"])])
def test_two_competitors_stand_at_1_together_at_most(other, found):
    one, two = held(0.4, other)
    relate(one, "competes-with", two)
    assert (whys(one), whys(two)) == (found, found)


def test_three_that_all_compete_are_added_up():
    claims = held(0.4, 0.4, 0.3)
    for one, two in ((0, 1), (1, 2), (2, 0)):
        relate(claims[one], "competes-with", claims[two])
    assert [whys(claim) for claim in claims] == [["chance"]] * 3
    assert reason(claims[0], Why.CHANCE).together == Decimal("1.1")


def test_three_of_which_two_do_not_compete_are_not_added_up():
    claims = held(0.4, 0.4, 0.3)
    for one, two in ((0, 1), (1, 2)):
        relate(claims[one], "competes-with", claims[two])
    assert [whys(claim) for claim in claims] == [[]] * 3


def test_a_competitor_that_is_settled_is_not_added():
    one, two = held(0.4, 0.7)
    relate(one, "competes-with", two)
    an_assessment(two, status="ambiguous")
    assert whys(one) == []


def test_assessing_a_competitor_ends_it_for_both():
    one, two = held(0.6, 0.7)
    relate(one, "competes-with", two)
    settle(two)
    assert (whys(one), whys(two)) == ([], [])


def test_a_claim_whose_condition_failed_is_annulled():
    claim, condition = held(0.4, 0.4)
    relate(claim, "is-conditional-on", condition)
    assert whys(claim) == []
    an_assessment(condition, status="not-borne-out")
    assert whys(claim) == ["decided"]
    assert settle(claim).do == Do.ANNUL
    assert whys(claim) == []


def test_a_whole_whose_necessary_part_failed_has_failed():
    part, whole = held(0.4, 0.3)
    relate(part, "is-a-necessary-part-of", whole)
    an_assessment(part, status="not-borne-out")
    assert whys(whole) == ["decided"]
    assert settle(whole).do == Do.FAIL
    assert whys(whole) == []


@pytest.mark.parametrize("status", ["borne-out", "ambiguous"])
def test_a_condition_that_did_not_fail_decides_nothing(status):
    claim, condition = held(0.4, 0.4)
    relate(claim, "is-conditional-on", condition)
    an_assessment(condition, status=status)
    assert whys(claim) == []


# the list


def test_a_claim_stands_once_with_all_its_reasons():
    claim = a_claim(horizon=on(10), review_every_days=5)
    item = an_item([claim])
    an_assessment(claim, cites=[item])
    withdraw(by=a_person("moderator"), evidence=item, reason="Wrong.", today=DAY)
    an_item([claim])
    assert whys(claim, on(11)) == ["horizon", "cited", "evidence", "review"]


def test_one_act_ends_all_the_reasons_of_a_claim():
    claim = a_claim(horizon=on(10), review_every_days=5)
    item = an_item([claim])
    an_assessment(claim, cites=[item])
    withdraw(by=a_person("moderator"), evidence=item, reason="Wrong.", today=DAY)
    an_item([claim])
    settle(claim, on(11))
    assert whys(claim, on(11)) == []


def test_the_most_pressing_come_first():
    reviewed = a_claim(review_every_days=5)
    an_assessment(reviewed, as_of=on(-10))
    late = a_claim()
    an_assessment(late)
    an_item([late])
    new = a_claim()
    an_assessment(new, as_of=on(-40))
    an_item([new])
    part, whole = held(0.4, 0.6)
    relate(part, "is-a-necessary-part-of", whole)
    rests = a_claim()
    item = an_item([rests])
    an_assessment(rests, cites=[item])
    gone("withdrawn", rests, item)
    past = a_claim(horizon=on(-1))
    an_assessment(past)
    conditional, condition = held(0.4, 0.4)
    relate(conditional, "is-conditional-on", condition)
    an_assessment(condition, status="not-borne-out")
    listed = [one.slug for one in stale(Filters(), today=DAY).claims]
    assert listed == [claim.slug for claim in (conditional, past, rests, whole, new, late, reviewed)]


@pytest.mark.parametrize("size", [1, 2, 3])
def test_pages_follow_each_other_without_a_claim_lost_or_shown_twice(size):
    for days in range(4):
        claim = a_claim(horizon=on(-1 - days % 2))
        an_assessment(claim)
        new = a_claim()
        an_assessment(new, as_of=on(-40))
        an_item([new], published=str(on(-(days % 2))))
        an_assessment(a_claim(review_every_days=5), as_of=on(-10 - days % 2))
    whole = [one.slug for one in stale(Filters(), today=DAY).claims]
    page = stale(Filters(), today=DAY, size=size)
    walked = [one.slug for one in page.claims]
    while page.after:
        page = stale(Filters(), today=DAY, size=size, after=page.after)
        walked += [one.slug for one in page.claims]
    assert (len(whole), walked) == (12, whole)


@pytest.mark.parametrize("why", [Why.HORIZON, Why.EVIDENCE, Why.REVIEW, Why.CITED])
def test_a_list_of_one_reason_holds_claims_that_press_more_for_another(why):
    claim = a_claim(horizon=on(10), review_every_days=5)
    item = an_item([claim])
    an_assessment(claim, cites=[item])
    withdraw(by=a_person("moderator"), evidence=item, reason="Wrong.", today=DAY)
    an_item([claim])
    an_assessment(a_claim())
    assert [one.slug for one in stale(Filters(why=why), today=on(11)).claims] == [claim.slug]


def test_a_list_of_signposts_holds_none_but_claims_that_meet_one():
    met, other = a_claim(signposts=SIGNPOSTS), a_claim()
    for claim in (met, other):
        an_assessment(claim)
        an_item([claim], title="Exemptions for Russian diesel")
    assert [one.slug for one in stale(Filters(why=Why.SIGNPOST), today=DAY).claims] == [met.slug]


def test_a_list_is_narrowed_to_whose_the_claims_are():
    person, other = a_person("editor"), a_person("editor")
    claims = {who: a_claim(horizon=on(-1)) for who in ("mine", "theirs", "followed", "left", "nobody's")}
    for who, owner in (("mine", person), ("theirs", other)):
        ClaimOwner.objects.create(claim=claims[who], owner=owner, since=NOW, acted_at=NOW)
    Follow.objects.create(person=person, claim=claims["followed"], since=NOW)
    Follow.objects.create(person=person, claim=claims["left"], since=NOW, stopped_at=NOW)
    found = {
        whose: {one.slug for one in stale(Filters(person=person.id, whose=whose), today=DAY).claims} for whose in Whose
    }
    expected = {
        Whose.ALL: set(claims),
        Whose.MINE: {"mine"},
        Whose.OWN: {"mine", "followed"},
        Whose.UNOWNED: {"followed", "left", "nobody's"},
    }
    assert found == {whose: {claims[who].slug for who in names} for whose, names in expected.items()}


def test_a_list_is_narrowed_to_a_topic():
    topic = a_topic()
    claim = a_claim(horizon=on(-1), topics=[topic])
    a_claim(horizon=on(-1))
    assert [one.slug for one in stale(Filters(topic=topic.slug), today=DAY).claims] == [claim.slug]


def test_the_owner_stands_beside_a_claim():
    person = a_person("editor", name="Edda Editor")
    ClaimOwner.objects.create(claim=a_claim(horizon=on(-1)), owner=person, since=NOW, acted_at=NOW)
    [found] = stale(Filters(), today=DAY).claims
    assert (found.owner, found.owner_name) == (person.id, "Edda Editor")


@pytest.mark.parametrize(("many", "counted"), [(3, 3), (100, 100), (120, 101)])
def test_all_are_counted_up_to_a_hundred_and_one(many, counted):
    many_claims(many, settled_every=0)
    page = stale(Filters(), today=DAY + timedelta(days=5000), size=2, count=True)
    assert (page.count, len(page.claims)) == (counted, 2)


@pytest.mark.parametrize("many", [2, 60])
def test_it_takes_as_many_queries_for_many(many, django_assert_num_queries):
    for claim in many_claims(many, settled_every=0):
        ClaimOwner.objects.create(claim=claim, owner=the_house(), since=NOW, acted_at=NOW)
    claim = a_claim(horizon=on(-50))
    an_assessment(claim)
    an_item([claim])
    with django_assert_num_queries(5):
        stale(Filters(), today=DAY + timedelta(days=5000), count=True)
