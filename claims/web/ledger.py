"""The ledger in public: what it is and its newest entries, and the proof of each event."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from claims.dates import day_words
from claims.ledger.commitments import canonical
from claims.ledger.entries import Entry, Opened
from claims.ledger.errors import LedgerError
from claims.ledger.hashing import leaf_hash
from claims.ledger.keyring import key_of, keys_from, read_key
from claims.ledger.notes import read_note
from claims.ledger.proofs import sides
from claims.models import Verb
from claims.queries import ledger as record
from claims.queries.ledger_event import EventHead, event_head
from claims.web import asked, paths
from claims.web.errors import BadInput, Missing
from claims.web.shown import shown

NEWEST = 20
# Places are given within two seconds; whoever waits longer than this waits for a process that does not run.
PATIENCE = timedelta(minutes=1)
_LONGEST_NUMBER = 18
_SHORT = 16


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the list of newest entries."""

    index: int
    when: str
    done: str
    commitment: str
    proof: str


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key with how it came to sign, in words."""

    verifier: str
    words: str
    doubtful: bool


@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """What the ledger is, its newest checkpoint, keys and entries; `?entry=` leads to the proof of that entry.

    Four queries, and one to look up an entry.
    """
    typed, wrong = request.GET.get("entry"), ""
    if typed is not None:
        found = _find(typed)
        if isinstance(found, Entry):
            return redirect(paths.proof_path(found.event))
        wrong = found
    newest = record.newest_entries(NEWEST)
    signed = record.newest_signed()
    if wrong and signed:
        wrong = f"{wrong} The record has {_entries(signed.size)}, numbered from 0 to {signed.size - 1:,}."
    elif wrong:
        wrong = f"{wrong} The record is empty so far."
    context = {
        "signed": signed,
        "signed_at": signed and _clock(signed.made_at),
        "keys": _keys(record.ledger_keys()),
        "newest": [_place(entry, verb) for entry, verb in newest],
        "waiting": _waiting(record.oldest_waiting(), now=asked.now()),
        "site": settings.SITE_URL or request.build_absolute_uri("/").rstrip("/"),
        "typed": typed[:40] if typed and typed.isprintable() else "",
        "wrong": wrong,
    }
    return shown(request, "ledger/ledger.html", context, names=[], status=400 if wrong else 200)


@require_safe
def event(request: HttpRequest, identity: UUID) -> HttpResponse:
    """The proof that an event is in the record, as it was signed last; `?size=` chooses an earlier checkpoint.

    Five queries; three while the event has no place.
    """
    found, head = record.entry_of(identity), event_head(identity)
    if found is None or head is None:
        raise Missing("The record holds no event with this number.")
    entry, placed = found
    context: dict[str, object] = {
        "done": _done(head.verb),
        "recorded_at": _clock(datetime.fromisoformat(entry.recorded_at)),
        "event": entry.event,
    }
    if not placed:
        context["waiting"] = _waiting(record.oldest_waiting(), now=asked.now())
        return shown(request, "ledger/not_yet.html", context, names=[])
    signed = _signed(request, entry)
    path, _ = record.inclusion_path(entry.index, signed.size)
    steps = list(zip(sides(index=entry.index, size=signed.size), (step.hex() for step in path), strict=True))
    context |= {
        "index": entry.index,
        "size": signed.size,
        "commitment": entry.commitment.hex(),
        "leaf": leaf_hash(entry.commitment).hex(),
        "steps": steps,
        "root": signed.root.hex(),
        "note": signed.note,
        "signed_at": _clock(signed.made_at),
        "key": _key_that_signed(signed),
        "chosen": "size" in request.GET,
        "leaf_command": _leaf_command(entry.commitment),
        **(_opened(entry.opened, head) if entry.opened else _closed(head)),
    }
    return shown(request, "ledger/event.html", context, names=[])


def _find(typed: str) -> Entry | str:
    """The entry whose number was typed, or what is wrong with the number."""
    number = typed.strip().replace(",", "")
    if not number:
        return "Fill in the number of an entry."
    if not (number.isascii() and number.isdigit()):
        return "An entry’s number is a whole number, such as 12."
    found = record.entries(int(number), int(number) + 1) if len(number) <= _LONGEST_NUMBER else []
    return found[0] if found else "There is no entry with so large a number."


def _signed(request: HttpRequest, entry: Entry) -> record.Signed:
    text = request.GET.get("size", "")
    if not text:
        newest = record.newest_signed()
        assert newest is not None  # places and their checkpoint are stored together
        return newest
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER):
        raise BadInput("size: give the number of entries of a checkpoint, such as 293.")
    size = int(text)
    if size <= entry.index:
        raise BadInput(f"size: this is entry {entry.index:,}, and a record of {_entries(size)} does not reach it.")
    signed = record.signed_at(size)
    if signed is None:
        raise Missing(f"No checkpoint was signed for {_entries(size)}. Leave the size out for the newest checkpoint.")
    return signed


def _opened(opened: Opened, head: EventHead) -> dict[str, object]:
    said = canonical(opened.said)
    return {
        "about_on": head.about_on,
        "salt": opened.salt.hex(),
        "said": said.decode(),
        "commitment_command": _commitment_command(opened.salt, said),
        "told_in": _told_in(head),
    }


def _closed(head: EventHead) -> dict[str, object]:
    return {"tombstone": paths.proof_path(head.tombstone) if head.tombstone else ""}


def _told_in(head: EventHead) -> tuple[str, str] | None:
    """The words and the address of the history that tells of the event."""
    if head.subject is None or head.key is None:
        return None
    page = {
        "claim": paths.claim_history_path(head.key),
        "article": f"{paths.article_path(head.key)}history/",
        "source": f"{paths.source_path(head.key)}history/",
        "item": f"{paths.evidence_path(head.key)}history/",
    }[head.subject]
    return f"the history of the {head.subject}", page


def _key_that_signed(signed: record.Signed) -> str:
    """The verifier key of a checkpoint; empty where none of the ledger's keys signed it."""
    rows = record.ledger_keys()
    try:
        return key_of(read_note(signed.note), [read_key(row.told()) for row in rows]).verifier.text
    except LedgerError:
        return ""


def _commitment_command(salt: bytes, said: bytes) -> str:
    """What makes the commitment in a shell; the text goes unquoted through no hand."""
    return f"printf '%b%s' '{_escaped(salt)}' {shlex.quote(said.decode())} | sha256sum"


def _leaf_command(commitment: bytes) -> str:
    return f"printf '%b' '{_escaped(bytes(1) + commitment)}' | sha256sum"


def _escaped(data: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in data)


def _place(entry: Entry, verb: str) -> Place:
    return Place(
        index=entry.index,
        when=_clock(datetime.fromisoformat(entry.recorded_at)),
        done=_done(verb),
        commitment=entry.commitment.hex()[:_SHORT],
        proof=paths.proof_path(entry.event),
    )


def _keys(rows: Sequence[record.KeyRow]) -> list[SigningKey]:
    """The keys, the newest first."""
    told = []
    for before, row in zip([None, *rows], rows, strict=False):
        words, doubtful = f"Signs from entry {row.from_size:,} on.", False
        if before is None:
            words = "The first key. It signs from the first entry on."
        elif not row.handover and row.from_size == 0:
            words = "Took over before anything was signed."
        elif not row.handover:
            words += " It was not handed over: the key before it was lost, or somebody else signs now."
            doubtful = True
        elif _was_handed_over(before, row):
            words += " It was handed over: the key before it signed that this one follows."
        else:
            words += " What should be its handover does not hold: do not trust it."
            doubtful = True
        told.append(SigningKey(row.verifier, words, doubtful))
    return told[::-1]


def _was_handed_over(before: record.KeyRow, after: record.KeyRow) -> bool:
    try:
        first = read_key(before.told())
        keys_from(first.verifier, [first, read_key(after.told())])
    except LedgerError:
        return False
    return True


def _waiting(since: datetime | None, *, now: datetime) -> str:
    """What is said where acts have waited for their place longer than they should."""
    if since is None or now - since < PATIENCE:
        return ""
    minutes = int((now - since) / timedelta(minutes=1))
    return (
        f"Acts wait for their place: the first of them was recorded {_ago(minutes)} ago, and the process that gives "
        "places does not run, or cannot sign. Nothing is lost: they get their places once it does."
    )


def _ago(minutes: int) -> str:
    for unit, length in (("day", 24 * 60), ("hour", 60), ("minute", 1)):
        if minutes >= 2 * length or length == 1:
            count = minutes // length
            return f"{count:,} {unit}{'s' if count != 1 else ''}"
    raise AssertionError("minutes are the last unit")


def _clock(instant: datetime) -> str:
    instant = instant.astimezone(UTC)
    return f"{day_words(instant.date())}, {instant:%H:%M:%S} UTC"


def _done(verb: str) -> str:
    return str(Verb(verb).label)


def _entries(size: int) -> str:
    return f"{size:,} {'entry' if size == 1 else 'entries'}"
