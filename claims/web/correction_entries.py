"""Corrections put into entries: what was put right, from what to what, why, by whom, and where it stands on record."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from decimal import Decimal
from uuid import UUID

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from claims.cursors import encode
from claims.dates import day_words
from claims.queries.corrections import MOST_COUNTED, Correction
from claims.scoring import percent_words
from claims.verdicts import ANNULLED_BECAUSE
from claims.web import paths
from claims.web.diff import value_diff
from claims.web.history_entries import NOT_PUBLIC, link_tag
from claims.web.legal_basis import basis_words

LONGEST_REASON = 60  # words; the whole of a judgement's reasons stands on its claim's page
Words = SafeString | str
_LINKED = {"retracts": "retracted", "corrects": "corrected", "supersedes": "superseded"}


@dataclass(frozen=True, slots=True)
class Told:
    """What one kind of act says: its heading, the thing that it is about, what else there is, and its history."""

    heading: Words
    history: str = ""
    title: str = ""
    href: str = ""
    notes: Sequence[Words] = ()
    lists_claims: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One correction as a reader sees it; `claims` are (address, title), folded behind `bore_on`."""

    id: str
    day: date
    when: str
    about: str
    by: str
    told: Told
    reason: str
    history: str
    claims: Sequence[tuple[str, str]]
    bore_on: str
    among: str


def entries_of(rows: Iterable[Correction]) -> list[Entry]:
    """An entry for each correction."""
    return [_entry(row) for row in rows]


def _entry(row: Correction) -> Entry:
    event = row.event
    told = _TELL[event.kind](row)
    recorded = event.recorded_at.astimezone(UTC)
    claims = [(paths.claim_path(one.slug), one.title) for one in row.claims] if told.lists_claims else []
    rest = row.claims_count - len(row.claims)
    return Entry(
        id=f"correction-{event.id}",
        day=recorded.date(),
        when=f"{recorded:%H:%M} UTC",
        about=_about(row, recorded.date()),
        by=event.actor or "somebody without an account",
        told=told,
        reason=_reason(row),
        history=_at(told.history, event.id),
        claims=claims,
        bore_on=_bore_on(row.claims_count) if claims else "",
        among=_among(rest, row.claims_count),
    )


def _about(row: Correction, recorded: date) -> str:
    """The day that a judgement speaks of, where it is another; of evidence that says nothing about the correction."""
    other = row.event.subject_type == "assessment" and row.event.about_on != recorded
    return day_words(row.event.about_on) if other else ""


def _among(rest: int, count: int) -> str:
    if rest <= 0:
        return ""
    return f"and {rest:,} more" if count <= MOST_COUNTED else "and more"


def _at(history: str, event: UUID) -> str:
    """The history from this act on: on a page of its own cursor, where it is the first however old it is."""
    return f"{history}?after={encode((UUID(int=event.int + 1),))}#event-{event}" if history else ""


def _reason(row: Correction) -> str:
    """Why it was done; nothing of a bearing or a link of an item that is not public: it speaks of what that said."""
    hidden = row.thing is None or (row.event.kind == "corrected" and row.other is None)
    if hidden and (row.event.kind == "corrected" or row.event.subject_type == "bearing"):
        return ""
    said = str(row.said.get("reason") or row.said.get("rationale") or "")
    return Truncator(said).words(LONGEST_REASON, truncate=" …")


def _bore_on(count: int) -> str:
    number = f"{count:,}" if count <= MOST_COUNTED else f"more than {MOST_COUNTED:,}"
    return f"It bore on {number} claim{'' if count == 1 else 's'}"


def _of_claim(row: Correction, heading: Words, notes: Sequence[Words] = ()) -> Told:
    if not row.claims:
        return Told(heading, notes=notes)
    claim = row.claims[0]
    return Told(heading, paths.claim_history_path(claim.slug), claim.title, paths.claim_path(claim.slug), notes)


def _verdict(said: object) -> str:
    """A judgement's number, or its status where it settles: "40 %", "borne out"."""
    if not isinstance(said, Mapping) or not said.get("status"):
        return ""
    if said["status"] == "open":
        return percent_words(Decimal(str(said["probability"]))) if said.get("probability") else "not assessed"
    return str(said["status"]).replace("-", " ")


def _changed(word: str, was: str, now: str) -> Words:
    if was == now:
        return f"{word}, still {now}" if now else word
    return format_html('{} <span class="diff num">{}</span>', word, value_diff(was, now))


def _reopened(row: Correction) -> Told:
    return _of_claim(row, _changed("Reopened", _verdict(row.said.get("was")), _verdict(row.said)))


def _re_resolved(row: Correction) -> Told:
    notes = []
    if row.said.get("occurred_on") and row.said.get("status") != "not-borne-out":
        notes.append(f"It happened on {day_words(date.fromisoformat(row.said['occurred_on']))}.")
    return _of_claim(row, _changed("Settled anew", _verdict(row.said.get("was")), _verdict(row.said)), notes)


def _annulled(row: Correction) -> Told:
    notes: list[Words] = []
    if reason := ANNULLED_BECAUSE.get(str(row.said.get("annulled_because"))):
        notes.append(f"Because {reason}.")
    if row.event.successor_slug and row.event.successor_title:
        successor = link_tag(paths.claim_path(row.event.successor_slug), row.event.successor_title)
        notes.append(format_html("It goes on as {}.", successor))
    return _of_claim(row, _changed("Annulled", _verdict(row.said.get("was")), ""), notes)


def _withdrawn(row: Correction) -> Told:
    if row.event.subject_type == "evidence":
        history = f"{paths.evidence_path(row.event.subject_id)}history/"
        return Told("An item of evidence was withdrawn", history, lists_claims=True)
    stance = f"{row.said['stance']}, {row.said['weight']}" if row.thing and row.said else ""
    return _of_bearing(row, _changed("No longer counted", stance, ""))


def _of_bearing(row: Correction, heading: Words) -> Told:
    """What happened to a bearing, on the item where that is public; its history is that of its claim."""
    told = _of_claim(row, heading)
    if row.thing is None:
        return Told(heading, told.history, told.title, told.href, [f"A bearing of {NOT_PUBLIC}"])
    where = [format_html("On the claim {}", link_tag(told.href, told.title))] if told.href else []
    return Told(heading, told.history, row.thing.title, paths.evidence_path(row.thing.slug), where)


def _corrected(row: Correction) -> Told:
    later = paths.evidence_path(row.event.subject_id)
    by = link_tag(later, row.thing.title) if row.thing else NOT_PUBLIC
    earlier = paths.evidence_path(row.other.id) if row.other else ""
    history = f"{later if row.thing else earlier}history/" if row.thing or row.other else ""
    return Told(
        f"Evidence {_LINKED.get(row.event.link or '', 'corrected')}",
        history,
        row.other.title if row.other else NOT_PUBLIC.capitalize(),
        earlier,
        [format_html("By {}", by)],
    )


def _redacted(row: Correction) -> Told:
    notes = [f"On legal grounds: {basis_words(row.said.get('legal_basis'))}."]
    if row.event.subject_type == "evidence":
        history = f"{paths.evidence_path(row.event.subject_id)}history/"
        return Told("An item of evidence was removed", history, notes=notes, lists_claims=True)
    return Told("A person’s data was erased", notes=notes)


def _restored(row: Correction) -> Told:
    said, number = row.said, row.said.get("restores")
    if row.event.subject_type == "bearing":
        was = f"{row.event.was_stance}, {row.event.was_weight}" if row.event.was_state == "published" else "withdrawn"
        now = f"{said['stance']}, {said['weight']}"
        return _of_bearing(row, _changed("Bearing restored", was, now) if row.thing else "Bearing restored")
    if row.event.subject_type == "source" and row.thing is not None:
        heading = _changed("Grade restored", said.get("was") or "not graded", said.get("reliability") or "not graded")
        path = paths.source_path(row.thing.slug)
        heading = heading if said.get("was") != said.get("reliability") else f"Version {number} restored"
        return Told(heading, f"{path}history/", row.thing.title, path)
    return _of_claim(row, f"Wording {number} restored", [f"In place of wording {int(said['number']) - 1}."])


def _merged(row: Correction) -> Told:
    """A merged item, or that it stands again; a source by its own name, an item by what it leads to."""
    event, undone = row.event, row.event.verb == "unmerged"
    if event.subject_type == "source":
        heading = "A source stands on its own again" if undone else "A source was merged into another"
        notes: list[Words] = [] if row.other is None else [_into(row, paths.source_path(row.other.slug))]
        path = paths.source_path(row.thing.slug) if row.thing else ""
        return Told(heading, f"{path}history/" if path else "", row.thing.title if row.thing else "", path, notes)
    heading = "An item of evidence stands on its own again" if undone else "An item of evidence was merged into another"
    notes = [] if row.other is None else [_into(row, paths.evidence_path(row.other.id))]
    path = paths.evidence_path(event.subject_id)
    title = row.thing.title if row.thing else ""
    return Told(heading, f"{path}history/", title, path if title else "", notes, lists_claims=True)


def _into(row: Correction, path: str) -> Words:
    assert row.other
    words = "It had been merged into {}" if row.event.verb == "unmerged" else "It leads to {}"
    return format_html(words, link_tag(path, row.other.title))


_TELL: Mapping[str, Callable[[Correction], Told]] = {
    "reopened": _reopened,
    "re-resolved": _re_resolved,
    "annulled": _annulled,
    "withdrawn": _withdrawn,
    "corrected": _corrected,
    "redacted": _redacted,
    "restored": _restored,
    "merged": _merged,
}
