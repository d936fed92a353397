"""What a moderator is offered beside an entry of a history: to restore the version that it made."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest

from claims.actions.permissions import Right
from claims.queries.revisions import Restorable, restorable_bearings, restorable_sources, restorable_wordings
from claims.web.history_entries import Entry
from claims.web.offered import offered

Acts = Mapping[str, Sequence[tuple[str, str]]]  # of each entry, by its id: words and address
WORDS = "Restore this version"


def claim_revert_path(slug: str, number: int) -> str:
    """The page that restores a wording of a claim."""
    return f"/moderation/claims/{slug}/revert/{number}/"


def bearing_revert_path(identity: UUID, number: int) -> str:
    """The page that restores a version of a bearing."""
    return f"/moderation/bearings/{identity}/revert/{number}/"


def source_revert_path(slug: str, number: int) -> str:
    """The page that restores a version of a source."""
    return f"/moderation/sources/{slug}/revert/{number}/"


def restore_wordings(request: HttpRequest, claim: UUID, slug: str, events: Sequence[UUID]) -> Acts:
    """What is offered beside the entries of a claim's history. One query for who may restore, else none."""
    return _acts(request, lambda: restorable_wordings(claim, events), lambda row: claim_revert_path(slug, row.number))


def restore_bearings(request: HttpRequest, item: UUID, events: Sequence[UUID]) -> Acts:
    """What is offered beside the entries of an item's history. One query for who may restore, else none."""
    return _acts(
        request, lambda: restorable_bearings(item, events), lambda row: bearing_revert_path(row.thing, row.number)
    )


def restore_sources(request: HttpRequest, source: UUID, slug: str, events: Sequence[UUID]) -> Acts:
    """What is offered beside the entries of a source's history. One query for who may restore, else none."""
    return _acts(request, lambda: restorable_sources(source, events), lambda row: source_revert_path(slug, row.number))


def with_acts(entries: Iterable[Entry], acts: Acts) -> list[Entry]:
    """The entries with what is offered beside each."""
    return [replace(one, acts=[*one.acts, *acts[one.id]]) if one.id in acts else one for one in entries]


def _acts(request: HttpRequest, read: Callable[[], Sequence[Restorable]], path: Callable[[Restorable], str]) -> Acts:
    if not offered(request, [(Right.REVERT, "", WORDS)]):
        return {}
    found: dict[str, list[Restorable]] = {}
    for row in read():
        found.setdefault(f"event-{row.event_id}", []).append(row)
    return {
        entry: [(WORDS if len(rows) == 1 else f"Restore: {row.claim}", path(row)) for row in rows]
        for entry, rows in found.items()
    }
