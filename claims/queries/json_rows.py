"""Several lists in one query: each as a column of JSON, read back as the named tuples that it was made of."""

import json
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar, get_type_hints
from uuid import UUID

Row = TypeVar("Row", bound=tuple[Any, ...])

_READ: dict[Any, Callable[[str], Any]] = {
    UUID: UUID,
    UUID | None: UUID,
    datetime: datetime.fromisoformat,
    datetime | None: datetime.fromisoformat,
    date: date.fromisoformat,
    date | None: date.fromisoformat,
}


def as_json(row: type[Row], sql: str) -> str:
    """SQL of one column: the rows of a SELECT, whose columns are the fields of `row` in that order."""
    fields = ", ".join(f'"{field}"' for field in row._fields)  # type: ignore[attr-defined]
    return f"(SELECT coalesce(json_agg(to_json(one)), '[]') FROM ({sql}) one ({fields}))"


def rows_of(row: type[Row], column: list[dict[str, Any]] | str) -> list[Row]:
    """The rows that such a column holds."""
    found: list[dict[str, Any]] = json.loads(column) if isinstance(column, str) else column
    readers = _readers(row)
    return [_row(row, one, readers) for one in found]


@cache
def _readers(row: type[Any]) -> dict[str, Callable[[str], Any]]:
    return {field: _READ[hint] for field, hint in get_type_hints(row).items() if hint in _READ}


def _row(row: type[Row], one: dict[str, Any], readers: dict[str, Callable[[str], Any]]) -> Row:
    for field, read in readers.items():
        if one[field] is not None:
            one[field] = read(one[field])
    return row(**one)
