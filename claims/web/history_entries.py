"""What an entry of a history is, and the parts that every history makes its entries of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date

from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.dates import PartialDate, day_words
from claims.models import Verb
from claims.queries.history import Act
from claims.web import paths
from claims.web.diff import word_diff
from claims.web.icons import icon

NOT_PUBLIC = "an item that is not public"
_AROUND = 25  # words kept beside a change in a long text
_OPEN_LINES = 3  # more lines than these are folded away


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that an entry is about; `stance` has a shape, `rest` follows the title."""

    words: str
    href: str
    title: str
    stance: str = ""
    icon: SafeString | str = ""
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Proven:
    """One act of an entry: at what time it was recorded, its commitment, and the address of its proof."""

    at: str
    commitment: str
    proof: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One act, or several of the same kind told as one, newest first.

    `version` leads to the thing as it then stood, `stood` tells that version whole where it has no page: labels
    with what stood under them. `acts` are what the reader may do about it. All are words with an address.
    """

    id: str
    day: date
    when: str
    about: str
    by: str
    heading: SafeString | str
    proofs: Sequence[Proven]
    tag: str = ""
    text: str = ""
    notes: Sequence[SafeString | str] = ()
    changes: Sequence[tuple[str, SafeString]] = ()
    lines: Sequence[Line] = ()
    version: tuple[str, str] | None = None
    stood: Sequence[tuple[str, str]] = ()
    acts: Sequence[tuple[str, str]] = ()

    @property
    def folded(self) -> bool:
        """Whether its lines are shown only when asked for."""
        return len(self.lines) > _OPEN_LINES


def entry(acts: Sequence[Act], heading: SafeString | str, /, **told: object) -> Entry:
    """The entry of one act, or of several by one person on one day."""
    newest = acts[0]
    recorded = newest.recorded_at.astimezone(UTC)
    return Entry(
        id=f"event-{newest.id}",
        day=recorded.date(),
        when=f"{recorded:%H:%M} UTC",
        about=_about(acts, recorded.date()),
        by=newest.actor or "somebody without an account",
        heading=heading,
        proofs=[
            Proven(f"{act.recorded_at.astimezone(UTC):%H:%M:%S}", act.commitment, paths.proof_path(act.id))
            for act in acts
        ],
        **told,  # type: ignore[arg-type]
    )


def plain_entry(act: Act, *, reason: bool = True) -> Entry:
    """An act told by its verb alone, with the reason that was given."""
    notes = [str(act.said["reason"])] if reason and act.said.get("reason") else []
    words = str(Verb(act.verb).label)
    return entry([act], words[:1].upper() + words[1:], notes=notes)


def stance_line(words: str, href: str, title: str, *, stance: object, weight: object, rest: str = "") -> Line:
    """A line with the stance and weight of a bearing, where they are known."""
    if not stance:
        return Line(words, href, title, rest=rest)
    return Line(
        words,
        href,
        title,
        stance=str(stance),
        icon=icon(str(stance)),
        rest=", ".join(filter(None, [f"{stance}, {weight}", rest])),
    )


def field_changes(fields: Iterable[tuple[str, str, str]]) -> list[tuple[str, SafeString]]:
    """Those of (label, before, after) that differ, as word diffs."""
    return [(label, word_diff(before, after, around=_AROUND)) for label, before, after in fields if before != after]


def stood_then(fields: Iterable[tuple[str, str, str]]) -> list[tuple[str, str]]:
    """What stood after an act, of (label, before, after); what was empty is left out."""
    return [(label, after) for label, _, after in fields if after]


def changed_heading(fields: Sequence[tuple[str, str, str]]) -> str:
    """Says which of (label, before, after) differ: "Fine print and things to watch added"."""
    moved = [(label, before, after) for label, before, after in fields if before != after]
    if not moved:
        return "Revised, with nothing changed"
    labels = [label.lower() for label, _, _ in moved]
    named = labels[0] if len(labels) == 1 else f"{', '.join(labels[:-1])} and {labels[-1]}"
    how = "changed"
    if not any(before for _, before, _ in moved):
        how = "added"
    elif not any(after for _, _, after in moved):
        how = "taken out"
    return f"{named[:1].upper()}{named[1:]} {how}"


def link_tag(href: str, words: str) -> SafeString:
    """A link whose words somebody wrote."""
    return format_html('<a href="{}" dir="auto">{}</a>', href, words)


def _about(acts: Sequence[Act], recorded: date) -> str:
    first, last = min(act.about_on for act in acts), max(act.about_on for act in acts)
    if first == last:
        return "" if first == recorded else day_words(first)
    return PartialDate.from_bounds(first, last).words()
