"""The editors' page of the words that a claim's leads are matched by: pinned, switched off, or left alone."""

from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from claims.actions.errors import Invalid
from claims.actions.permissions import Right
from claims.actions.terms import choose_term, undo_choice
from claims.models import Chosen, Claim, TermChoice
from claims.queries.claim_terms import Term, Terms, terms_of
from claims.queries.claim_words import claim_by_slug
from claims.web import asked
from claims.web.desk.access import UNTRIED, Outcome, attempt, needs
from claims.web.desk.parts import Line, longest, needed
from claims.web.errors import Missing
from claims.web.moderation.who import signed_in

_NO_BUTTON = "There is no such button."
_DONE = {
    Chosen.PINNED: "Pinned “{}”: it counts as this claim's best word. New leads are matched again within minutes.",
    Chosen.OFF: "Switched “{}” off: no lead is matched to this claim by it any more.",
    "": "“{}” is left to the weighing again.",
}


class WordForm(forms.Form):
    """A word to pin that the list does not show."""

    word = Line(
        longest=longest(TermChoice, "word"),
        label="Pin another word",
        help_text="A name or a thing that reports of this claim would use. Its other forms count too.",
        required=True,
        error_messages=needed("Give a word."),
    )


class ChoiceForm(forms.Form):
    """A button beside a word of the list: the choice, a colon and the lexeme."""

    choose = forms.RegexField(
        r"\A(pinned|off|):[^\0]+\Z", error_messages=dict.fromkeys(["invalid", "required"], _NO_BUTTON)
    )

    def chosen(self) -> tuple[str, str]:
        """The choice, empty to undo it, and the lexeme."""
        choice, _, lexeme = self.cleaned_data["choose"].partition(":")
        return choice, lexeme


@needs(Right.CHOOSE_TERMS)
@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: HttpRequest, slug: str) -> HttpResponse:
    """The words of a claim by weight, each with where it stands, and what editors made of them. Seven queries."""
    claim = claim_by_slug(slug)
    if claim is None:
        raise Missing("There is no claim at this address.")
    found = terms_of(claim.id, today=asked.today())
    word_form, outcome = WordForm(), UNTRIED
    choice_form = ChoiceForm(request.POST) if "choose" in request.POST else ChoiceForm()
    if request.method == "POST" and choice_form.is_bound:
        outcome = attempt(choice_form, lambda: _choose(request, claim, choice_form, found))
    elif request.method == "POST":
        word_form = WordForm(request.POST)
        outcome = attempt(word_form, lambda: _pin(request, claim, word_form))
    if outcome.done:
        return _done(request, claim, outcome)
    context = {
        "claim": claim,
        "form": choice_form if choice_form.is_bound else word_form,
        "word_form": word_form,
        "terms": found,
        "leads": f"/desk/leads/?claim={claim.slug}",
    }
    return render(request, "desk/terms.html", context, status=outcome.status)


def _pin(request: HttpRequest, claim: Claim, form: WordForm) -> tuple[str, str, str]:
    word = form.cleaned_data["word"]
    chosen = choose_term(by=signed_in(request), claim=claim, word=word, choice=Chosen.PINNED, now=asked.now())
    return Chosen.PINNED, chosen.word, chosen.lexeme


def _choose(request: HttpRequest, claim: Claim, form: ChoiceForm, found: Terms) -> tuple[str, str, str]:
    choice, lexeme = form.chosen()
    listed: list[Term | TermChoice] = [*found.words, *found.off]
    word = next((one.word for one in listed if one.lexeme == lexeme), None)
    if word is None:
        raise Invalid({"choose": "This word is not in the list any more."})
    by, now = signed_in(request), asked.now()
    if choice:
        choose_term(by=by, claim=claim, word=word, lexeme=lexeme, choice=Chosen(choice), now=now)
    else:
        undo_choice(by=by, claim=claim, lexeme=lexeme, now=now)
    return choice, word, lexeme


def _done(request: HttpRequest, claim: Claim, outcome: Outcome[tuple[str, str, str]]) -> HttpResponse:
    choice, word, lexeme = outcome.result
    messages.success(request, _DONE[choice].format(word))
    return redirect(f"/desk/claims/{claim.slug}/terms/#word-{quote(lexeme)}")
