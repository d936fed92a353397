"""Fetching rows of plain SQL as named tuples."""

from typing import Any, TypeVar

from django.db import connection

Row = TypeVar("Row", bound=tuple[Any, ...])


def fetch(row: type[Row], sql: str, **given: object) -> list[Row]:
    """The rows of a SELECT, whose columns are the fields of `row` in that order."""
    with connection.cursor() as cursor:
        cursor.execute(sql, given)  # type: ignore[arg-type]
        make = row._make  # type: ignore[attr-defined]
        return [make(found) for found in cursor.fetchall()]
