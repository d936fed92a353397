"""SQL that compares columns with what an event's body told of them."""

from collections.abc import Mapping


def differs(columns: Mapping[str, str], *, told: str = "body.payload") -> str:
    """SQL that is true where a column differs from what was told under its key; {} stands for that, as text."""
    return " OR ".join(
        f"({told} ? '{key}' AND {sql.replace('{}', f'({told}->>{chr(39)}{key}{chr(39)})')})"
        for key, sql in columns.items()
    )


def same(column: str, cast: str = "text") -> str:
    """The comparison of a column with what was told, as values of a type."""
    return f"{column}::{cast} IS DISTINCT FROM {{}}::{cast}"
