"""Fetching rows of plain SQL as named tuples."""

from typing import Any, TypeVar

from django.db import connection

Row = TypeVar("Row", bound=tuple[Any, ...])
Other = TypeVar("Other", bound=tuple[Any, ...])


def fetch(row: type[Row], sql: str, **given: object) -> list[Row]:
    """The rows of a SELECT, whose columns are the fields of `row` in that order."""
    with connection.cursor() as cursor:
        cursor.execute(sql, given)  # type: ignore[arg-type]
        make = row._make  # type: ignore[attr-defined]
        return [make(found) for found in cursor.fetchall()]


def fetch_pairs(first: type[Row], second: type[Other], sql: str, **given: object) -> list[tuple[Row, Other]]:
    """The rows of a SELECT, whose columns are the fields of `first` and then those of `second`."""
    many = len(first._fields)  # type: ignore[attr-defined]
    with connection.cursor() as cursor:
        cursor.execute(sql, given)  # type: ignore[arg-type]
        return [
            (first._make(found[:many]), second._make(found[many:]))  # type: ignore[attr-defined]
            for found in cursor.fetchall()
        ]
