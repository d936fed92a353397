"""The lines of the queue, and the chips that narrow it."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.utils.html import format_html

from claims.queries.queue import KINDS, MOST_COUNTED, Counts, Line
from claims.web.grades import grade_tag
from claims.web.moderation.back import Back
from claims.web.moderation.open_flag import KIND_WORDS, reason_words
from claims.web.moderation.open_item import who_words
from claims.web.moderation.words import age_tag, capped, counted, stance_tag, waiting_path

_CHIPS = (
    ("", "All"),
    ("evidence", "Evidence"),
    ("bearing", "Bearings"),
    ("flag", "Flags"),
    ("suggestion", "Suggestions"),
    ("returned", "Returned before"),
    ("suspended", "Of suspended people"),
)
TOGETHER = ("evidence", "bearing")
ALONE = ("flag", "suggestion")
"""What is decided on several at once: these side by side, flags or suggestions where the list has nothing else."""


def chips(held: Counts, back: Back) -> list[dict[str, Any]]:
    """A chip for each kind of which something waits."""
    number = {"": held.whole, **{kind: getattr(held, kind) for kind in KINDS}}
    return [
        {
            "words": words,
            "count": f"{number[kind]:,}" if kind == "" and not held.cut else capped(number[kind], MOST_COUNTED),
            "href": back.of(kind).href,
            "on": kind == back.kind,
        }
        for kind, words in _CHIPS
        if number[kind] or kind in ("", back.kind)
    ]


def line_shown(line: Line, *, me: UUID, kind: str = "", ticked: Collection[str] = (), now: datetime) -> dict[str, Any]:
    """One line as the template draws it; `tick` is what its box sends, empty where it has none."""
    tick = tick_of(line, me=me, kind=kind)
    return {
        "kind": format_html("{}, {}", _kind(line), age_tag(line.since, now)),
        "href": waiting_path(line.kind, line.id),
        "id": line.id,
        "title": line.title,
        "who": _who(line),
        "stance": stance_tag(line.stance) if line.stance else "",
        "claim": line.claim if line.kind == "bearing" else "",
        "source": line.source if line.subject == "evidence" else "",
        "grade": grade_tag(line.reliability, line.credibility) if line.subject == "evidence" else "",
        "bears": _bears(line),
        "note": line.note,
        "held": held_tag(line),
        "tick": tick,
        "ticked": tick in ticked,
    }


def tick_of(line: Line, *, me: UUID, kind: str) -> str:
    """What the box of a line sends: kind, id and the version that is seen; empty for what cannot be ticked.

    `kind` is what the list is narrowed to.
    """
    if line.kind not in ([kind] if kind in ALONE else TOGETHER) or line.by_id == me or line.holder:
        return ""
    return f"{line.kind}:{line.id}:{line.version}"


def held_tag(line: Line) -> str:
    """Who else is deciding on it: "with Momo until 14:36 UTC"."""
    if line.held_until is None:
        return ""
    until = line.held_until.astimezone(UTC)
    return format_html(
        'with <bdi>{}</bdi> until <time datetime="{}">{} UTC</time>',
        line.holder, until.isoformat(timespec="seconds"), f"{until:%H:%M}",
    )  # fmt: skip


_KINDS: Mapping[str, str] = {"bearing": "Bearing", "suggestion": "Suggested address"}


def _kind(line: Line) -> str:
    if line.kind in _KINDS:
        return _KINDS[line.kind]
    if line.kind == "flag":
        on = "" if line.subject == "evidence" else f" on {KIND_WORDS[line.subject]}"
        words = reason_words(line.reason)
        return f"Flag{on}: {words[0].lower()}{words[1:]}"
    return "Evidence, returned before" if line.returned else "Evidence"


def _who(line: Line) -> str:
    if line.kind in ("flag", "suggestion"):
        return line.by or "a reader"
    return who_words(line.by, line.standing == "new analyst")


def _bears(line: Line) -> str:
    if line.subject != "evidence" or line.kind == "bearing":
        return ""
    return f"bears on {counted(line.bears_on, 'claim')}" if line.bears_on else "bears on no claim"
