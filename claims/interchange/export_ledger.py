"""The ledger as JSON Lines: a line with checkpoint and keys, then a line for each entry."""

import json
from collections.abc import Iterator

from claims.ledger.notes import read_checkpoint, read_note
from claims.queries import ledger

_AT_ONCE = 1000


class NothingSigned(Exception):
    """The ledger is empty."""


def ledger_lines(*, opened: bool = True) -> Iterator[str]:
    """The export's lines up to the newest checkpoint, some at a time. Raises NothingSigned before the first.

    `opened` adds what events said where that is public.
    """
    signed = ledger.newest_signed()
    if signed is None:
        raise NothingSigned("Nothing was signed yet: the ledger is empty.")
    return _lines(signed, opened=opened)


def _lines(signed: ledger.Signed, *, opened: bool) -> Iterator[str]:
    yield _line(
        {
            "ledger": read_checkpoint(read_note(signed.note)).origin,
            "size": signed.size,
            "checkpoint": signed.note,
            "keys": [key.told() for key in ledger.ledger_keys()],
        }
    )
    for start in range(0, signed.size, _AT_ONCE):
        for entry in ledger.entries(start, min(start + _AT_ONCE, signed.size), opened=opened):
            yield _line(entry.told())


def _line(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n"
