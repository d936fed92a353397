"""The page of the words that a claim's leads are matched by."""

import re

import pytest
from django.test import Client

from claims.actions.renew_terms import renew_terms, weigh
from claims.actions.terms import choose_term
from claims.models import ClaimTerm, TermChoice
from tests.factories import NOW, a_claim, a_person, an_item
from tests.web.desk import text_of, told

pytestmark = pytest.mark.usefixtures("fixed_day")


@pytest.fixture
def claim(db):
    claim = a_claim(title="A mine opens", statement="A mine of lithium opens in Portugal.")
    an_item([claim], title="Lithium in Portugal", summary="Lithium is found near Barroso.")
    renew_terms(now=NOW)
    return claim


@pytest.fixture
def editor(db, client: Client) -> Client:
    client.force_login(a_person("editor"))
    return client


def page(claim):
    return f"/desk/claims/{claim.slug}/terms/"


def row(html, lexeme):
    found = re.search(rf'<li id="word-{lexeme}">.*?</li>', html, re.S)
    return re.sub(r"<[^>]+>|\s+", " ", found.group()) if found else None


def test_it_lists_the_words_as_they_are_written_with_where_they_stand(claim, editor):
    html = text_of(editor.get(page(claim)))
    assert "lithium" in row(html, "lithium").lower()
    assert "in its statement; in 1 item" in re.sub(r"\s+", " ", row(html, "lithium"))


def test_the_heaviest_comes_first_and_has_a_hundred(claim, editor):
    html = text_of(editor.get(page(claim)))
    assert "100" in row(html, re.search(r'<li id="word-(\w+)"', html).group(1))


def test_a_word_is_pinned(claim, editor):
    response = editor.post(page(claim), {"choose": "pinned:portug"})
    assert (response.status_code, response["Location"]) == (302, f"{page(claim)}#word-portug")
    assert TermChoice.objects.get().choice == "pinned"
    assert "pinned" in row(text_of(editor.get(page(claim))), "portug")


def test_a_word_is_switched_off_and_on_again(claim, editor):
    editor.post(page(claim), {"choose": "off:portug"})
    assert not ClaimTerm.objects.filter(claim=claim, lexeme="portug").exists()
    assert "Switch on" in row(text_of(editor.get(page(claim))), "portug")
    editor.post(page(claim), {"choose": ":portug"})
    assert ClaimTerm.objects.filter(claim=claim, lexeme="portug").exists()


def test_the_next_page_says_what_was_done(claim, editor):
    response = editor.post(page(claim), {"choose": "off:portug"}, follow=True)
    assert told(response) == ["Switched “Portugal” off: no lead is matched to this claim by it any more."]


def test_a_word_that_is_not_listed_is_pinned(claim, editor):
    assert editor.post(page(claim), {"word": "Savannah"}).status_code == 302
    html = text_of(editor.get(page(claim)))
    assert "Savannah" in row(html, "savannah")
    assert "chosen by an editor" in row(html, "savannah")


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"word": ""}, "Give a word."),
        ({"word": "two words"}, "One word at a time"),
        ({"word": "week"}, "tells nothing of a claim"),
        ({"choose": "loved:oil"}, "There is no such button."),
        ({"choose": ""}, "There is no such button."),
        ({"choose": "pinned:por\0tug"}, "There is no such button."),
        ({"choose": "pinned:unlisted"}, "This word is not in the list any more."),
        ({"choose": "off:" + "x" * 1_000_000}, "This word is not in the list any more."),
        ({"word": "x" * 1_000_000}, "This has 1,000,000 characters and may have 60"),
        ({}, "Give a word."),
    ],
)
def test_it_says_what_is_wrong(claim, editor, form, words):
    response = editor.post(page(claim), form)
    assert response.status_code == 422
    assert words in text_of(response)
    assert not TermChoice.objects.exists()


def test_a_claim_whose_words_were_not_weighed_yet_says_so(db, editor):
    assert "Not weighed yet" in text_of(editor.get(page(a_claim())))


@pytest.mark.parametrize("roles", [[], ["analyst"], ["moderator"]])
def test_it_is_for_editors(claim, client, roles):
    client.force_login(a_person(*roles))
    assert client.get(page(claim)).status_code == 403
    assert client.post(page(claim), {"choose": "off:portug"}).status_code == 403


def test_a_claim_that_is_not_there_is_missing(db, editor):
    assert editor.get("/desk/claims/nothing/terms/").status_code == 404


def test_it_takes_ten_queries_with_few_words_and_with_many(claim, editor, django_assert_num_queries):
    editor.get(page(claim))
    with django_assert_num_queries(10):
        editor.get(page(claim))
    for place in range(20):
        choose_term(by=a_person("editor"), claim=claim, word=f"word{place}", choice="pinned", now=NOW)
    an_item([claim], summary=" ".join(f"other{place}" for place in range(100)))
    weigh([claim.id], today=NOW.date())
    with django_assert_num_queries(10):
        html = text_of(editor.get(page(claim)))
    assert "These are the heaviest." in html
