"""Reading a published ledger: an export in a file, or a site by its API; whatever is wrong with it is a sentence."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from claims.ledger.entries import Entry, read_entry
from claims.ledger.errors import AuditError, NoteError
from claims.ledger.keyring import Key, read_key
from claims.ledger.notes import LONGEST_NOTE, Note, read_note

_LONGEST_LINE = 4_000_000
_LARGEST_ANSWER = 64_000_000
_AT_ONCE = 1000
_PATIENCE = 60  # seconds for one answer


@dataclass(frozen=True)
class Published:
    """A ledger to be checked: its newest checkpoint, its keys in their order, and its entries, read as they come."""

    checkpoint: Note
    keys: Sequence[Key]
    entries: Iterator[Entry]


def read_published(place: str) -> Published:
    """The ledger in a file or at an address (of any page of a site). Raises AuditError, NoteError."""
    if place.startswith(("http://", "https://")):
        return _from_site(place)
    return _from_file(Path(place))


def _from_file(file: Path) -> Published:
    lines = _lines(file)
    header = next(lines, None)
    if header is None:
        raise AuditError(f"{file} is empty.")
    told = _json(header, where="Line 1")
    if not isinstance(told, Mapping) or not isinstance(told.get("checkpoint"), str):
        raise AuditError(f"{file} does not begin with the checkpoint of a ledger.")
    entries = (
        read_entry(_json(line, where=f"Line {number:,}"), where=f"Line {number:,}")
        for number, line in enumerate(lines, start=2)
    )
    return Published(read_note(told["checkpoint"]), _keys(told.get("keys")), entries)


def _lines(file: Path) -> Iterator[str]:
    try:
        with file.open("rb") as opened:
            yield from _whole_lines(opened)
    except (OSError, ValueError) as error:
        raise AuditError(f"{file} cannot be read: {getattr(error, 'strerror', error)}.") from error


def _whole_lines(opened: IO[bytes]) -> Iterator[str]:
    number = 0
    while line := opened.readline(_LONGEST_LINE):
        number += 1
        if not line.endswith(b"\n"):
            raise AuditError(f"Line {number:,} is cut off: the file is not whole.")
        try:
            yield line.decode()
        except UnicodeDecodeError as error:
            raise AuditError(f"Line {number:,} is no text in UTF-8.") from error


def _from_site(address: str) -> Published:
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise AuditError(f"{address} is no address: {error}.") from error
    api = f"{parts.scheme}://{parts.netloc}/api/v1/ledger"  # a site has a host of its own: any page's address will do
    note = read_note(_text(f"{api}/checkpoint", most=LONGEST_NOTE))
    keys = _json(_text(f"{api}/keys"), where="The list of keys")
    told = keys.get("items") if isinstance(keys, Mapping) else None
    size = note.text.split("\n")[1:2]
    return Published(note, _keys(told), _entries(api, int(size[0]) if size and size[0].isdigit() else 0))


def _entries(api: str, size: int) -> Iterator[Entry]:
    start = 0
    while start < size:
        limit = min(_AT_ONCE, size - start)
        where = f"The answer for entries from {start:,} on"
        told = _json(_text(f"{api}/entries?start={start}&limit={limit}&opened=true"), where=where)
        items = told.get("items") if isinstance(told, Mapping) else None
        if not isinstance(items, list):
            raise AuditError(f"{where} holds no entries.")
        if not items:
            return
        for item in items:
            yield read_entry(item, where=where)
        start += len(items)


def _keys(told: object) -> list[Key]:
    if not isinstance(told, list) or not all(isinstance(key, Mapping) for key in told):
        raise AuditError("The ledger does not tell its keys.")
    return [read_key(key) for key in told]


def _text(address: str, *, most: int = _LARGEST_ANSWER) -> str:
    try:
        with urlopen(Request(address, headers={"Accept": "*/*"}), timeout=_PATIENCE) as answer:  # noqa: S310 (http only)
            body: bytes = answer.read(most + 1)
    except HTTPError as error:
        raise AuditError(f"{address} answered {error.code} {error.reason}.") from error
    except (URLError, OSError, HTTPException, ValueError) as error:
        raise AuditError(f"{address} cannot be read: {getattr(error, 'reason', error)}.") from error
    if len(body) > most:
        raise AuditError(f"{address} answered with more than {most:,} bytes.")
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise NoteError(f"{address} answered with what is no text in UTF-8.") from error


def _json(text: str, *, where: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise AuditError(f"{where} is no JSON.") from error
