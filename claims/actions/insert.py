"""Storing new rows: one statement a table, whose text is made once a model and not anew each time."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import AutoField, Field, Model


def insert(*rows: Model) -> None:
    """Stores new rows of one model; what the database generates is loaded when it is asked for."""
    if not rows:
        return
    fields, into, values = _text_for(type(rows[0]))
    given = [field.get_db_prep_save(getattr(row, field.attname), connection) for row in rows for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(f"{into} VALUES {', '.join([values] * len(rows))}", given)
    for row in rows:
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


@contextmanager
def in_one_go() -> Iterator[None]:
    """Sends the statements within without waiting for each one's answer, by PostgreSQL's pipeline.

    What the database refuses is raised by a later statement, or at the end.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


@cache
def _text_for(model: type[Model]) -> "tuple[Sequence[Field[Any, Any]], str, str]":
    fields = [
        field for field in model._meta.local_concrete_fields if not (field.generated or isinstance(field, AutoField))
    ]
    columns = ", ".join(field.attname for field in fields)
    return fields, f"INSERT INTO {model._meta.db_table} ({columns})", f"({', '.join(['%s'] * len(fields))})"
