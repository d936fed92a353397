"""The rules of what is stale: groups that compete, grades that fall, the one act, and the words."""

from datetime import date
from decimal import Decimal
from itertools import combinations
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.stale import (
    Action,
    Broken,
    Decided,
    Do,
    Fallen,
    HorizonPassed,
    Item,
    NewEvidence,
    Peer,
    Reason,
    RestsOn,
    ReviewPassed,
    SignpostMet,
    Unlikely,
    by_pressure,
    lowered,
    settles,
    too_likely_together,
)
from claims.stale_words import act_path, act_words, text_of

DAY = date(2026, 6, 1)
ONE = UUID(int=1)


def peer(name: str, chance: str | None = None, status: str = "open") -> Peer:
    return Peer(name.lower(), name, status, Decimal(chance) if chance else None)


def item(number: int) -> Item:
    return Item(number, ONE, f"Item {number}", DAY)


def by_hand(chances: dict[UUID, Decimal], edges: set[tuple[UUID, UUID]]) -> dict[UUID, Decimal]:
    """Of each claim the greatest sum above 1 of any group of which each pair competes, by trying all of them."""
    best: dict[UUID, Decimal] = {}
    for size in range(2, len(chances) + 1):
        for group in combinations(sorted(chances), size):
            total = sum((chances[claim] for claim in group), Decimal(0))
            if total > 1 and all((a, b) in edges or (b, a) in edges for a, b in combinations(group, 2)):
                for claim in group:
                    best[claim] = max(best.get(claim, Decimal(0)), total)
    return best


@given(st.data())
def test_groups_that_compete_are_those_found_by_trying_all(data: st.DataObject) -> None:
    claims = [UUID(int=number) for number in range(1, data.draw(st.integers(2, 6)) + 1)]
    chances = {claim: Decimal(data.draw(st.integers(1, 999))) / 1000 for claim in claims}
    edges = set(data.draw(st.lists(st.sampled_from(list(combinations(claims, 2))), unique=True)))
    found = too_likely_together(chances, edges)
    sums = {claim: sum((chances[one] for one in group), Decimal(0)) for claim, group in found.items()}
    assert sums == by_hand(chances, edges)


def test_a_hundred_claims_that_all_compete_are_one_group() -> None:
    claims = [UUID(int=number) for number in range(100)]
    found = too_likely_together(dict.fromkeys(claims, Decimal("0.02")), combinations(claims, 2))
    assert {len(group) for group in found.values()} == {100}


@pytest.mark.parametrize(
    ("was", "now", "fell"),
    [("A", "B", True), ("B", "A", False), ("C", "F", True), ("F", None, False), (None, "D", True), ("D", "E", True)],
)
def test_a_grade_falls_or_not(was: str | None, now: str | None, fell: bool) -> None:
    assert lowered(was, now) is fell


def test_the_most_pressing_reason_comes_first() -> None:
    reasons: list[Reason] = [ReviewPassed(DAY), NewEvidence((item(1),), False, DAY), HorizonPassed(DAY)]
    assert [type(reason) for reason in by_pressure(reasons)] == [HorizonPassed, NewEvidence, ReviewPassed]


def test_resolving_goes_before_assessing() -> None:
    assert settles([HorizonPassed(DAY), NewEvidence((item(1),), False, DAY)]) == Action(Do.RESOLVE, (1,))


def test_the_act_begins_with_what_is_new_and_what_stands_and_leaves_out_what_fell() -> None:
    fallen = (Fallen(2, Broken.WITHDRAWN, DAY), Fallen(3, Broken.MERGED, DAY, later=7))
    reasons: list[Reason] = [RestsOn(fallen, settled=False, kept=(1,)), NewEvidence((item(4), item(2)), False, DAY)]
    assert settles(reasons) == Action(Do.ASSESS, (7, 1, 4), (2, 3))


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (Decided(peer("The truce"), part=False), "Its condition, “The truce”, is not borne out."),
        (Decided(peer("The truce"), part=True), "A necessary part of it, “The truce”, is not borne out."),
        (HorizonPassed(DAY), "Fell due on 1 June 2026 and is open still."),
        (ReviewPassed(DAY), "Was to be looked at by 1 June 2026."),
        (
            Unlikely(Decimal("0.6"), (peer("The truce", "0.4"),), part=True),
            "Stands at 60\u00a0%, above what it cannot do without: “The truce”, at 40\u00a0%.",
        ),
        (
            Unlikely(Decimal("0.6"), (peer("A", "0.4"), peer("B", "0.3")), part=False),
            "Stands at 60\u00a0% and competes with “A” at 40\u00a0% and “B” at 30\u00a0%: together 130\u00a0%.",
        ),
        (NewEvidence((item(1),), False, None), "1 item and no judgement yet: [1] “Item 1”."),
        (
            NewEvidence(tuple(item(number) for number in (9, 8, 7, 6)), True, DAY),
            "More than 4 items that the judgement of 1 June 2026 did not weigh: [9] “Item 9”, [8] “Item 8”,"
            " [7] “Item 7” and others.",
        ),
        (
            RestsOn(
                (
                    Fallen(1, Broken.WITHDRAWN, DAY),
                    Fallen(2, Broken.RETRACTED, DAY, later=5),
                    Fallen(3, Broken.MERGED, DAY, later=6),
                    Fallen(4, Broken.DOWNGRADED, DAY, source="The Paper", was="B", now="D"),
                ),
                settled=False,
            ),
            "Its judgement cites [1], withdrawn on 1 June 2026; [2], retracted by [5] on 1 June 2026; [3], merged into"
            " [6] on 1 June 2026; [4], whose source, The Paper, went from B to D.",
        ),
        (
            SignpostMet("The exemption is renewed", True, item(3), ("exemption", "renewed"), 2),
            "Item [3], “Item 3”, has 2 of the 2 words of a signpost that would raise the number, “The exemption is"
            " renewed”: exemption, renewed.",
        ),
    ],
)
def test_a_reason_is_said_in_words(reason: Reason, words: str) -> None:
    assert text_of(reason) == words.replace("1 June 2026", "1 Jun 2026")


@pytest.mark.parametrize(
    ("action", "words", "path"),
    [
        (Action(Do.ASSESS, (4, 5)), "Assess", "/desk/claims/x/assess/?cites=4,5"),
        (Action(Do.ASSESS, (), (3,)), "Assess without [3]", "/desk/claims/x/assess/"),
        (Action(Do.ASSESS, (), (3, 4, 5)), "Assess without [3], [4] and [5]", "/desk/claims/x/assess/"),
        (
            Action(Do.ASSESS, (), tuple(range(1, 9))),
            "Assess without [1], [2], [3], [4], [5] and others",
            "/desk/claims/x/assess/",
        ),
        (Action(Do.RESOLVE), "Resolve", "/desk/claims/x/resolve/"),
        (Action(Do.FAIL), "Resolve as not borne out", "/desk/claims/x/resolve/?status=not-borne-out"),
        (
            Action(Do.ANNUL),
            "Annul",
            "/desk/claims/x/resolve/?status=annulled&annulled_because=assumption-fell",
        ),
    ],
)
def test_an_act_has_its_words_and_its_form_filled_in(action: Action, words: str, path: str) -> None:
    assert (act_words(action), act_path("x", action)) == (words, path)
