"""An editor pins words of a claim or switches them off."""

from datetime import timedelta

import pytest

from claims.actions.errors import Invalid, NotAllowed, WrongState
from claims.actions.matching import match_leads_again, match_waiting_leads
from claims.actions.renew_terms import count_words, renew_terms
from claims.actions.terms import MOST_CHOICES, choose_term, undo_choice
from claims.models import ClaimTerm, Event, LeadMatch, TermChoice
from tests.factories import NOW, a_claim, a_lead, a_person, an_item

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def claim(db):
    claim = a_claim(title="A mine opens", statement="A mine of lithium opens in Portugal.")
    an_item([claim], title="Lithium in Portugal", summary="Lithium is found.")
    renew_terms(now=NOW)
    return claim


@pytest.fixture
def editor(db):
    return a_person("editor")


def own(claim, lexeme):
    return ClaimTerm.objects.filter(claim=claim, lexeme=lexeme).values_list("own", flat=True).first()


def heaviest(claim):
    return ClaimTerm.objects.filter(claim=claim).order_by("-own").values_list("own", flat=True)[0]


def test_a_pinned_word_counts_as_the_best(claim, editor):
    choose_term(by=editor, claim=claim, word="Barroso", choice="pinned", now=LATER)
    assert own(claim, "barroso") == heaviest(claim)


def test_other_forms_of_a_pinned_word_count_too(claim, editor):
    assert choose_term(by=editor, claim=claim, word="Quarries", choice="pinned").lexeme == "quarri"


def test_a_word_switched_off_tells_nothing(claim, editor):
    assert own(claim, "portug") > 0
    choose_term(by=editor, claim=claim, word="Portugal", choice="off", now=LATER)
    assert own(claim, "portug") is None


def test_a_choice_stands_when_words_are_weighed_anew(claim, editor):
    choose_term(by=editor, claim=claim, word="Portugal", choice="off", now=LATER)
    count_words(now=LATER)
    renew_terms(now=LATER)
    assert own(claim, "portug") is None


def test_a_later_choice_takes_the_place_of_an_earlier(claim, editor):
    for choice in ("off", "pinned"):
        choose_term(by=editor, claim=claim, word="Portugal", choice=choice, now=LATER)
    assert [one.choice for one in TermChoice.objects.all()] == ["pinned"]


def test_a_choice_is_undone(claim, editor):
    before = own(claim, "portug")
    choose_term(by=editor, claim=claim, word="Portugal", choice="off", now=LATER)
    assert undo_choice(by=editor, claim=claim, lexeme="portug", now=LATER)
    assert own(claim, "portug") == pytest.approx(before)
    assert not undo_choice(by=editor, claim=claim, lexeme="portug", now=LATER)


def test_leads_are_matched_anew_after_a_choice(claim, editor):
    lead = a_lead(title="Barroso votes", summary="")
    match_waiting_leads(now=NOW)
    assert not LeadMatch.objects.exists()
    choose_term(by=editor, claim=claim, word="Barroso", choice="pinned", now=LATER)
    match_leads_again(now=LATER + timedelta(hours=1))
    assert LeadMatch.objects.get(lead=lead).claim == claim


def test_it_leaves_no_event(claim, editor):
    before = Event.objects.count()
    choose_term(by=editor, claim=claim, word="Barroso", choice="pinned", now=LATER)
    assert Event.objects.count() == before


@pytest.mark.parametrize("roles", [[], ["analyst"], ["moderator"]])
def test_it_is_for_editors(claim, roles):
    person = a_person(*roles)
    with pytest.raises(NotAllowed):
        choose_term(by=person, claim=claim, word="Barroso", choice="pinned")
    with pytest.raises(NotAllowed):
        undo_choice(by=person, claim=claim, lexeme="barroso")


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("", "Give a word."),
        ("two words", "One word at a time"),
        ("the", "passed over in every text"),
        ("—", "passed over in every text"),
        ("week", "tells nothing of a claim"),
        ("x" * 61, "may have 60"),
    ],
)
def test_it_says_which_words_cannot_be_chosen(claim, editor, word, said):
    with pytest.raises(Invalid, match=said):
        choose_term(by=editor, claim=claim, word=word, choice="pinned")


def test_a_claim_has_so_many_choices_and_no_more(claim, editor):
    TermChoice.objects.bulk_create(
        TermChoice(claim=claim, lexeme=f"word{place}", word=f"word{place}", choice="off", by=editor, at=NOW)
        for place in range(MOST_CHOICES)
    )
    with pytest.raises(WrongState, match="undo one first"):
        choose_term(by=editor, claim=claim, word="Barroso", choice="pinned")
