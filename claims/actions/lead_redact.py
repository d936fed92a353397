"""What leads, and the words by which they are matched, keep of an item that is redacted.

A lead that goes leaves a print of its address, which only who has the site's secret key can work out: without it the
next poll of the feed would bring back, within the hour, what was just removed. It is forgotten with other old leads.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils.crypto import salted_hmac

from claims.actions.destroy import REMOVED, blank_suggestions
from claims.actions.renew_terms import alone
from claims.addresses import AddressError, normalise_address
from claims.models import Lead, LeadMatch, LeadState, Suggestion, SuggestionState

_BLANKED = ("address", "guid", "title", "title_key", "author", "summary")


def print_of(norm: str) -> str:
    """What stands in place of the normalised address of a page that was redacted."""
    return f"gone:{salted_hmac('claims.actions.lead_redact', norm, algorithm='sha256').hexdigest()}"


def norms_of(addresses: Iterable[str]) -> set[str]:
    """The addresses as two are compared."""
    norms = set()
    for address in addresses:
        try:
            norms.add(normalise_address(address))
        except AddressError:
            continue
    return norms


def leads_of(item: UUID, norms: Collection[str]) -> list[UUID]:
    """The leads that an item was made of, or that have an address that it had; locked."""
    leads = Lead.objects.filter(Q(evidence=item) | Q(address_norm__in=norms)).order_by("id")
    return list(leads.select_for_update(no_key=True).values_list("id", flat=True))


def blank_leads(leads: Collection[UUID], norms: Collection[str], *, now: datetime) -> None:
    """Empties what feeds and readers brought of a page; the rows stay, since readers' suggestions point at them.

    What waited is decided with it: nobody could say any more what it was about.
    """
    suggestions = Suggestion.objects.filter(lead__in=leads)
    blank_suggestions(suggestions)
    suggestions.filter(state=SuggestionState.OPEN).update(state=SuggestionState.DISMISSED, answer=REMOVED)
    LeadMatch.objects.filter(lead__in=leads).delete()
    held = Lead.objects.in_bulk(leads)
    for lead in held.values():
        lead.address_norm = lead.address_norm and print_of(lead.address_norm)
        lead.state, lead.snoozed_until, lead.decided_at = LeadState.DISMISSED, None, now
        for field in _BLANKED:
            setattr(lead, field, "")
        lead.save(update_fields=["address_norm", "state", "snoozed_until", "decided_at", *_BLANKED])
    prints = [Lead(address_norm=print_of(norm), state=LeadState.DISMISSED, seen_at=now, dated_at=now) for norm in norms]
    Lead.objects.bulk_create(prints, ignore_conflicts=True)


# Words of the item that no other public item holds.
_GONE = r"""
SELECT word.lexeme
  FROM evidence item
 CROSS JOIN unnest(tsvector_to_array(item.search)) word (lexeme)
 CROSS JOIN LATERAL (SELECT replace(replace(word.lexeme, '\', '\\'), '''', '''''')) quoted (lexeme)
 WHERE item.id = %(item)s AND EXISTS (SELECT FROM terms_state)
   AND NOT EXISTS (SELECT FROM evidence other
                    WHERE other.live AND other.id <> item.id
                      AND other.search @@ ('''' || quoted.lexeme || '''')::tsquery)
"""
_FORGET = (
    "INSERT INTO terms_due (claim_id) SELECT unnest(%(claims)s::uuid[]) ON CONFLICT DO NOTHING",
    "DELETE FROM claim_term WHERE lexeme = ANY(%(gone)s::text[])",
    "DELETE FROM term_choice WHERE claim_id = ANY(%(claims)s::uuid[]) AND lexeme = ANY(%(gone)s::text[])",
    "DELETE FROM article_term WHERE lexeme = ANY(%(gone)s::text[])",
    "DELETE FROM word_rarity WHERE lexeme = ANY(%(gone)s::text[]) AND rarity > 0",
)


def forget_words(item: UUID, claims: Collection[UUID]) -> None:
    """Takes the words that only this item holds out of those that leads are matched by; its claims are weighed anew."""
    alone()
    with connection.cursor() as cursor:
        cursor.execute(_GONE, {"item": item})
        gone = [lexeme for [lexeme] in cursor.fetchall()]
        for statement in _FORGET if gone else ():
            cursor.execute(statement, {"claims": list(claims), "gone": gone})
