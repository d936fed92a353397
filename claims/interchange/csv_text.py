"""Tables as CSV (RFC 4180) for spreadsheets: no cell is run as a formula, and letters beyond ASCII survive."""

import csv
import io
from collections.abc import Iterable, Sequence

# Excel takes a file without this mark for one in the old code page of its country, and spoils every ł. Programs that
# read UTF-8 skip it: Python by the name "utf-8-sig", others of themselves.
BYTE_ORDER_MARK = "\ufeff"

# A spreadsheet runs a cell that begins so as a formula (OWASP, CSV Injection), in full width as well.
_RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def guarded(value: object) -> str:
    """The value as text; one that a spreadsheet would run is given an apostrophe in front, which it takes for text."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_RUN) else text


def csv_bytes(rows: Iterable[Sequence[object]]) -> bytes:
    """The rows as a file."""
    written = io.StringIO()
    csv.writer(written).writerows([guarded(value) for value in row] for row in rows)
    return (BYTE_ORDER_MARK + written.getvalue()).encode()
