"""How merges are told in the histories of the items, sources and claims that they were about."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from claims.queries.history import Act
from claims.web import paths
from claims.web.history_entries import Entry, Line, entry

VERBS = ("merged", "unmerged")
_NOUNS = {"evidence": "item", "source": "source", "claim": "claim"}


def of_evidence(act: Act) -> bool:
    """Whether an act merged an item, or undid that."""
    return act.verb in VERBS and act.subject_type == "evidence"


def merge_entry(act: Act, *, here: UUID | None, line: Line | None = None) -> Entry:
    """A merge or its undoing, on the page of one of the two; `line` leads to the other one.

    `here` is the thing whose page it is; None says the duplicate.
    """
    noun = _NOUNS.get(act.subject_type, "thing")
    duplicate = here is None or act.subject_id == here
    if act.verb == "merged":
        heading = f"Merged into another {noun}" if duplicate else f"Another {noun} was merged into this one"
    else:
        heading = "The merge was undone: it stands on its own again" if duplicate else "A merge into it was undone"
    reason = str(act.said.get("reason") or "")
    notes = [words for words in (reason, what_came_of_it(act.said, undone=act.verb == "unmerged")) if words]
    return entry([act], heading, notes=notes, lines=[line] if line else [])


def item_line(identity: str, titles: Mapping[str, str]) -> Line | None:
    """The other item, where that is public."""
    title = titles.get(identity)
    return Line("", paths.evidence_path(identity), title) if title else None


def what_came_of_it(said: Mapping[str, Any], *, undone: bool) -> str:
    """What a merge gave or moved, or what went back, in counted words; empty where it was nothing."""
    words = _UNDONE if undone else _DONE
    told = [f"{_counted(said[key], unit)} {what}" for key, unit, what in words if said.get(key)]
    if not told:
        return ""
    sentence = told[0] if len(told) == 1 else f"{', '.join(told[:-1])} and {told[-1]}"
    return f"{sentence[:1].upper()}{sentence[1:]}."


_DONE = (
    ("given", "bearing", "carried over"),
    ("waiting", "bearing", "that waited for approval carried over"),
    ("kept", "bearing", "left out, as the other says something of the same itself"),
    ("items", "item", "moved"),
    ("domains", "domain", "moved"),
)
_UNDONE = (
    ("taken_back", "bearing", "taken back"),
    ("items", "item", "moved back"),
    ("domains", "domain", "moved back"),
    ("kept", "thing", "that somebody changed since stayed"),
)


def _counted(told: Any, unit: str) -> str:
    number = len(told) if isinstance(told, list) else int(told)
    return f"{number:,} {unit}{'' if number == 1 else 's'}"
