"""Destroying what was said, on legal grounds: an event's body goes, the event and its commitment stay."""

import json
import zlib
from collections.abc import Callable, Collection, Iterable, Mapping
from html import unescape
from typing import Any
from urllib.parse import quote_plus, unquote_plus
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.signing import b64_decode
from django.db import connection
from django.db.models import QuerySet

from claims.actions.fields import Fields
from claims.models import EventBody, Flag, FlagState, LegalBasis, Redaction, Suggestion, User

LATE_FORM = "typed"
"""Under this a session keeps the form that a person sent after theirs had ended: its `person`, `path` and `text`."""

REMOVED = "Removed on legal grounds."
_TELLING = 6  # letters: a shorter text stands in other words by chance


def grounds(reason: str, legal_basis: str, *, tells: Iterable[str]) -> str:
    """The reason, cleaned; it stays public, and so must not say what is removed, of which `tells` are texts.

    Raises Invalid.
    """
    fields = Fields()
    reason = fields.text("reason", reason, longest=1000, needed="Say why it is removed. The reason stays public.")
    fields.one_of("legal_basis", legal_basis, LegalBasis.values, "Choose the legal basis.")
    for text in tells:
        if len(text) >= _TELLING and text.casefold() in reason.casefold():
            fields.wrong("reason", f"The reason stays public, and it repeats what is removed: “{text[:60]}”.")
    fields.check()
    return reason


def destroy_bodies(events: Collection[UUID], *, tombstone: UUID) -> None:
    """Destroys what these events said, with the salt of their commitments; `tombstone` is the event that says so."""
    Redaction.objects.bulk_create(
        (Redaction(event_id=event, tombstone_id=tombstone) for event in events), batch_size=1000
    )
    EventBody.objects.filter(event_id__in=events).delete()


def with_body(events: Iterable[UUID]) -> list[UUID]:
    """Those of the events that still have a body, locked, so that two redactions take turns."""
    bodies = EventBody.objects.select_for_update().filter(event_id__in=list(events)).order_by("event_id")
    return list(bodies.values_list("event_id", flat=True))


def blank_flags(flags: "QuerySet[Flag]") -> None:
    """Empties what flags say, and what was answered to them."""
    flags.exclude(state=FlagState.OPEN).update(answer=REMOVED)
    flags.update(note="")


def blank_suggestions(suggestions: "QuerySet[Suggestion]") -> None:
    """Empties what readers wrote beside the addresses that they suggested, and what was answered to them."""
    suggestions.exclude(answer="").update(answer=REMOVED)
    suggestions.update(note="")


_FORGET_UNSENT = """
DELETE FROM unsent
 WHERE strpos(place, %(about)s) > 0
    OR EXISTS (SELECT FROM unnest(%(told)s::text[]) told WHERE strpos(fields::text, told) > 0)
    OR EXISTS (SELECT FROM unnest(%(asked)s::text[]) asked WHERE strpos(place, asked) > 0)
"""


def forget_unsent_that_tells(texts: Iterable[str], *, about: UUID) -> None:
    """Deletes the unsent forms about a thing, and those in which one of these texts stands, typed or in their address.

    A text that may stand there by chance is passed over.
    """
    telling = [text for text in texts if len(text) >= _TELLING]
    given: dict[str, str | list[str]] = {
        "about": str(about),
        "told": [json.dumps(text, ensure_ascii=False)[1:-1] for text in telling],
        "asked": [quote_plus(text) for text in telling],
    }
    with connection.cursor() as cursor:
        cursor.execute(_FORGET_UNSENT, given)


_FORGET_MAIL = """
DELETE FROM mail
 WHERE EXISTS (SELECT FROM unnest(%(told)s::text[]) told
                WHERE strpos(body, told) > 0 OR strpos(html_body, told) > 0 OR strpos(subject, told) > 0)
    OR EXISTS (SELECT FROM unnest(%(beginnings)s::text[]) beginning
                WHERE starts_with(subject, beginning))
"""


def forget_mail_that_tells(told: Iterable[str], *, beginnings: Iterable[str] = ()) -> None:
    """Deletes messages, sent or not, that hold one of these texts, or whose subject begins with one of `beginnings`."""
    given = {"told": sorted(filter(None, told)), "beginnings": sorted(filter(None, beginnings))}
    with connection.cursor() as cursor:
        cursor.execute(_FORGET_MAIL, given)


def end_sessions(wanted: Callable[[Mapping[str, Any]], bool]) -> None:
    """Ends the sessions of which `wanted` is true. Reads every session: what one holds is known to nobody else."""
    ended = [session.pk for session in Session.objects.iterator() if wanted(session.get_decoded())]
    Session.objects.filter(pk__in=ended).delete()


def end_sessions_of(person: User, *, leave: Mapping[str, str] | None = None) -> None:
    """Ends the sessions that a person is signed in with; nothing is left of them but what `leave` says.

    Where it says nothing, those that keep a form for the person to sign in again go too.
    Every session is read, but few are opened and checked: only those in which the person's id stands. So a hundred
    thousand sessions take about a second.
    """
    named = f'"{person.pk}"'.encode()
    rows = Session.objects.values_list("session_key", "session_data").iterator(chunk_size=5000)
    named_in = [key for key, data in rows if named in _packed(data)]
    signed_in = Session.objects.filter(pk__in=named_in)
    found = {one.pk: one.get_decoded() for one in signed_in}
    ended = [key for key, held in found.items() if held.get(SESSION_KEY) == str(person.pk)]
    if leave is None:
        ended += [key for key, held in found.items() if held.get(LATE_FORM, {}).get("person") == str(person.pk)]
        Session.objects.filter(pk__in=ended).delete()
    else:
        Session.objects.filter(pk__in=ended).update(session_data=SessionStore().encode(dict(leave)))


def _packed(data: str) -> bytes:
    """What a session says as JSON, its signature unchecked; nothing where it cannot be read (django.core.signing)."""
    value = data.partition(":")[0]
    try:
        packed = b64_decode(value.removeprefix(".").encode())
        return zlib.decompress(packed) if value.startswith(".") else packed
    except (ValueError, zlib.error):
        return b""


def text_of_session(held: Mapping[str, Any]) -> str:
    """All that a session holds, as it was typed: a form that waits for its author to sign in again, a message."""
    return unescape(unquote_plus(json.dumps(held, ensure_ascii=False, default=str)))


# What acts of this kind change; PostgreSQL keeps some values of each column for its planner.
_SAMPLED = (
    "evidence, bearing, bearing_revision, event_body, flag, merge, lead, lead_match, suggestion, claim_term,"
    " article_term, term_choice, word_rarity, unsent, mail, person, account_emailaddress"
)


def sample_anew() -> None:
    """Has PostgreSQL replace the values that it keeps for its planner; to be called once the act is committed."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {_SAMPLED}")
