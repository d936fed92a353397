"""The ledger for whoever checks it: checkpoint, keys, entries and proofs. Hashes are hex in lower case."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from claims.api.problems import Problem
from claims.api.schemas import Consistency, Entries, Inclusion, Keys
from claims.ledger.hashing import leaf_hash
from claims.queries import ledger

MOST = 1000

router = Router(tags=["ledger"])


@router.get("/checkpoint", response={200: str}, summary="The newest checkpoint, or that of a size, as a signed note")
def checkpoint(request: HttpRequest, size: int | None = Query(None, ge=1)) -> HttpResponse:
    """The note as text (C2SP tlog-checkpoint)."""
    signed = ledger.newest_signed() if size is None else ledger.signed_at(_within(size))
    if signed is None and size is not None:
        raise Problem(404, f"No checkpoint was signed for {size:,} entries.")
    if signed is None:
        raise Problem(404, "Nothing was signed yet: the ledger is empty.")
    return HttpResponse(signed.note, content_type="text/plain; charset=utf-8")


@router.get("/keys", response=Keys, summary="The keys that signed, in the order in which they took over")
def keys(request: HttpRequest) -> dict[str, object]:
    """Each with the number of entries from which on it signs, and the checkpoint by which it was handed over to."""
    return {"items": [key.told() for key in ledger.ledger_keys()]}


@router.get("/entries", response=Entries, exclude_unset=True, summary="Entries by their places")
def entries(
    request: HttpRequest, start: int = Query(0, ge=0), limit: int = Query(MOST, ge=1, le=MOST), opened: bool = False
) -> dict[str, object]:
    """`opened` adds what each event said, with its salt, where that is public."""
    size = _size()
    if start > size:
        raise Problem(400, f"start: the ledger has {size:,} entries, numbered from 0.")
    found = ledger.entries(start, min(start + limit, size), opened=opened)
    return {"items": [entry.told() if opened else entry.brief() for entry in found], "size": size}


@router.get("/inclusion", response=Inclusion, summary="The proof that an event is in the tree")
def inclusion(request: HttpRequest, event: UUID, size: int | None = Query(None, ge=1)) -> dict[str, object]:
    """In the tree of the newest checkpoint, or of `size` entries (RFC 9162, 2.1.3)."""
    found = ledger.entry_of(event)
    if found is None:
        raise Problem(404, "There is no event with this id.")
    entry, placed = found
    if not placed:
        raise Problem(404, "The event has no place yet: places are given within two seconds.")
    size = _size() if size is None else _within(size)
    if entry.index >= size:
        raise Problem(400, f"size: the event is entry {entry.index:,}, which a tree of {size:,} entries does not hold.")
    path, root = ledger.inclusion_path(entry.index, size)
    return {
        **entry.told(),
        "leaf": leaf_hash(entry.commitment).hex(),
        "size": size,
        "root": root.hex(),
        "path": [step.hex() for step in path],
    }


@router.get("/consistency", response=Consistency, summary="The proof that a tree grew out of a smaller one")
def consistency(
    request: HttpRequest, first: int = Query(..., ge=1), second: int | None = Query(None, ge=1)
) -> dict[str, object]:
    """Between two sizes, by default up to the newest checkpoint's (RFC 9162, 2.1.4)."""
    second = _size() if second is None else _within(second)
    if first > second:
        raise Problem(400, f"first: a tree of {second:,} entries did not grow out of one of {first:,}.")
    path, first_root, second_root = ledger.consistency_path(first, second)
    return {
        "first": first,
        "second": second,
        "first_root": first_root.hex(),
        "second_root": second_root.hex(),
        "path": [step.hex() for step in path],
    }


def _size() -> int:
    signed = ledger.newest_signed()
    return signed.size if signed else 0


def _within(size: int) -> int:
    newest = _size()
    if size > newest:
        raise Problem(400, f"The ledger has {newest:,} entries, and not {size:,}.")
    return size
