"""Cursors for `?after=`: the sort values of a page's last row, packed into one short word."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

LONGEST = 300

Value = date | datetime | Decimal | int | str | UUID

_INT64 = 2**63
_DECIMAL_DIGITS = 30


class CursorError(ValueError):
    """A cursor that this site did not hand out; its words are for a person."""


class _Unfit(ValueError):
    """A value that no sort column holds."""


def encode(values: Sequence[Value]) -> str:
    """The cursor after a row with these sort values: compact JSON in base64url (RFC 4648, 5).

    Instants must be aware and are written in UTC. Raises CursorError for values that no column
    holds (a decimal that is no number, an integer beyond 64 bits, text with a NUL) and for
    cursors of more than 300 characters.
    """
    try:
        written = [_CODECS[type(value)][0](value) for value in values]
        packed = json.dumps(written, ensure_ascii=False, separators=(",", ":")).encode()
    except (KeyError, ValueError) as error:
        raise CursorError(f"These values cannot be put into a cursor: {error}.") from error
    text = base64.urlsafe_b64encode(packed).rstrip(b"=").decode("ascii")
    if len(text) > LONGEST:
        raise CursorError(f"A cursor of {len(text)} characters is over the limit of {LONGEST}.")
    return text


def decode(text: str, kinds: Sequence[type]) -> tuple[Any, ...]:
    """The values in a cursor, each of the kind that its place in `kinds` names.

    Exactly what `encode` writes is read, and nothing else: one row has one cursor.
    Raises CursorError otherwise, and no other error whatever the text.
    """
    if len(text) > LONGEST:
        raise CursorError(
            f"The place to go on from (“after”) has {len(text):,} characters and may have"
            f" {LONGEST}. Start again from the first page."
        )
    try:
        packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars="-_", validate=True)
        written = json.loads(packed.decode())
        if not isinstance(written, list) or len(written) != len(kinds):
            raise _Unfit("not as many values as the list is sorted by")
        values = tuple(_CODECS[kind][1](part) for kind, part in zip(kinds, written, strict=True))
        if encode(values) != text:
            raise _Unfit("not written as this site writes it")
    except (ValueError, RecursionError, binascii.Error) as error:
        raise CursorError(
            "The place to go on from (“after”) is not one that this list gave out. Start again from the first page."
        ) from error
    return values


def _write_int(value: int) -> int:
    if not -_INT64 <= value < _INT64:
        raise _Unfit("the integer does not fit into 64 bits")
    return value


def _write_decimal(value: Decimal) -> str:
    if not value.is_finite() or abs(value.adjusted()) > _DECIMAL_DIGITS:
        raise _Unfit(f"the decimal {value} is no number of a column")
    written = f"{value:f}"
    if len(written) > 2 * _DECIMAL_DIGITS + 3:
        raise _Unfit("the decimal has too many digits")
    return written


def _write_datetime(value: datetime) -> str:
    if value.tzinfo is None:
        raise _Unfit("the instant has no time zone")
    try:
        return value.astimezone(UTC).replace(tzinfo=None).isoformat()
    except OverflowError as error:
        raise _Unfit("the instant is out of range") from error


def _write_str(value: str) -> str:
    if "\0" in value:
        raise _Unfit("the text holds a NUL")
    return value


def _read_int(part: object) -> int:
    if type(part) is not int:
        raise _Unfit("not an integer")
    return _write_int(part)


def _read_str(part: object) -> str:
    if not isinstance(part, str):
        raise _Unfit("not a text")
    return _write_str(part)


def _read_decimal(part: object) -> Decimal:
    try:
        return Decimal(_read_str(part))
    except InvalidOperation as error:
        raise _Unfit("not a decimal") from error


def _read_datetime(part: object) -> datetime:
    return datetime.fromisoformat(_read_str(part)).replace(tzinfo=UTC)


_CODECS: dict[type, tuple[Callable[[Any], object], Callable[[object], Any]]] = {
    int: (_write_int, _read_int),
    str: (_write_str, _read_str),
    Decimal: (_write_decimal, _read_decimal),
    UUID: (lambda value: value.hex, lambda part: UUID(hex=_read_str(part))),
    date: (date.isoformat, lambda part: date.fromisoformat(_read_str(part))),
    datetime: (_write_datetime, _read_datetime),
}
