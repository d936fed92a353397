"""An editor's word on the words of a claim: pinned, switched off, or left to the weighing. Private: no event."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from claims.actions.acts import act
from claims.actions.errors import Invalid, WrongState
from claims.actions.fields import Fields
from claims.actions.locks import lock_claim
from claims.actions.permissions import Right, require
from claims.actions.renew_terms import terms_changed, weigh
from claims.actions.wake import wake
from claims.leads.written import lexemes_of
from claims.models import Chosen, Claim, TermChoice, User, WordRarity

AGAIN = "claims.tasks.match_leads_again"
MOST_CHOICES = 50  # fewer than the page lists, so that each can be undone
_LONGEST = 60


@act
def choose_term(
    *, by: User, claim: Claim, word: str, choice: Chosen, lexeme: str = "", now: datetime | None = None
) -> TermChoice:
    """Pins a word of a claim, which then counts as its best, or switches it off; what was chosen before gives way.

    `lexeme` is given for a word of the list, whose lexeme is known. Raises NotAllowed, Invalid, WrongState.
    """
    require(by, Right.CHOOSE_TERMS)
    now = now or timezone.now()
    fields = Fields()
    word = fields.line("word", word, longest=_LONGEST, needed="Give a word.")
    fields.check()
    lexeme = lexeme or _lexeme(word)
    _check_tells(lexeme, word)
    lock_claim(claim.id)
    others = TermChoice.objects.filter(claim=claim).exclude(lexeme=lexeme)
    if others.count() >= MOST_CHOICES:
        raise WrongState(f"A claim has {MOST_CHOICES} chosen words at most: undo one first.")
    chosen, _ = TermChoice.objects.update_or_create(
        claim=claim, lexeme=lexeme, defaults={"word": word, "choice": choice, "by": by, "at": now}
    )
    _renew(claim, now=now)
    return chosen


@act
def undo_choice(*, by: User, claim: Claim, lexeme: str, now: datetime | None = None) -> bool:
    """Leaves a word to the weighing again; False where nothing was chosen. Raises NotAllowed."""
    require(by, Right.CHOOSE_TERMS)
    lock_claim(claim.id)
    gone, _ = TermChoice.objects.filter(claim=claim, lexeme=lexeme).delete()
    if gone:
        _renew(claim, now=now or timezone.now())
    return bool(gone)


def _lexeme(word: str) -> str:
    lexemes = set(lexemes_of([word]).values())
    if len(word.split()) > 1:
        raise Invalid({"word": "One word at a time: leads are matched word by word."})
    if not lexemes:
        raise Invalid({"word": f"“{word}” is passed over in every text, so it cannot tell claims apart."})
    return min(lexemes, key=len)


def _check_tells(lexeme: str, word: str) -> None:
    if WordRarity.objects.filter(lexeme=lexeme, rarity=0).exists():
        raise Invalid({"word": f"News uses “{word}” of everything, so it tells nothing of a claim."})


def _renew(claim: Claim, *, now: datetime) -> None:
    weigh([claim.id], today=now.date())
    terms_changed(now=now)
    transaction.on_commit(lambda: wake(AGAIN), robust=True)
