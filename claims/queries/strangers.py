"""How much people without an account have sent of late."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from claims.queries.rows import fetch


class _Counted(NamedTuple):
    one: int


# The end of the primary key: an id begins with the milliseconds of its making (RFC 9562, 5.7).
_SENT = "SELECT 1 FROM {} WHERE id >= %(first)s AND by_id IS NULL LIMIT %(most)s"
_TABLES = {"flag": _SENT.format("flag"), "suggestion": _SENT.format("suggestion")}


def sent_by_strangers(table: str, *, since: datetime, most: int) -> int:
    """How many flags or suggestions people without an account sent since an instant, up to `most`. One query."""
    first = UUID(int=int(since.timestamp() * 1000) << 80)
    return len(fetch(_Counted, _TABLES[table], first=first, most=most))
