"""Reading records of JSON files, so that whatever is wrong is said with the file, the record and the field."""

import json
import re
from collections.abc import Callable, Collection
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, TypeVar

from claims.actions.fields import SLUG
from claims.dates import DateError, PartialDate, parse_day

T = TypeVar("T")

LARGEST_FILE = 50_000_000  # bytes


class BrokenFile(ValueError):
    """A file cannot be loaded; the words name the record and the field."""


class Record:
    """One JSON object, whose fields are read by kind."""

    def __init__(self, place: str, fields: object) -> None:
        self.place = place
        if not isinstance(fields, dict):
            raise BrokenFile(f"{place}: this should be an object with fields.")
        self._fields: dict[str, Any] = fields

    def broken(self, field: str, words: str) -> BrokenFile:
        """The error for a field of this record."""
        return BrokenFile(f"{self.place}: {field}: {words}")

    def text(self, field: str, *, default: str | None = None) -> str:
        """A string; `default` where the field may be left out or null."""
        value = self._fields.get(field)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.broken(field, "a text is needed here.")
        return value

    def word(self, field: str, allowed: Collection[str]) -> str:
        """A word of a closed vocabulary, as its slug."""
        slug = self.text(field).strip().replace(" ", "-")
        if slug not in allowed:
            raise self.broken(field, f"“{slug}” is none of {', '.join(sorted(allowed))}.")
        return slug

    def slug(self, field: str, *, longest: int) -> str:
        """The last part of a page's address."""
        value = self.text(field)
        if len(value) > longest or not SLUG.fullmatch(value):
            raise self.broken(field, f"small letters a to z, digits and single hyphens are needed, {longest} at most.")
        return value

    def key(self, field: str, *, longest: int) -> str:
        """A key by which the record is known again: letters, digits and - . _ of ASCII."""
        value = self.text(field)
        if len(value) > longest or not re.fullmatch(r"[A-Za-z0-9._-]+", value):
            raise self.broken(field, f"letters, digits and - . _ are needed here, {longest} at most.")
        return value

    def number(self, field: str) -> int:
        """A whole number."""
        value = self._fields.get(field)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.broken(field, "a whole number is needed here.")
        return value

    def share(self, field: str) -> Decimal | None:
        """A number from 0 to 1 as a decimal, or none."""
        value = self._fields.get(field)
        if value is None:
            return None
        try:
            share = Decimal(str(value)) if not isinstance(value, bool) else Decimal("NaN")
        except InvalidOperation:
            share = Decimal("NaN")
        if not (share.is_finite() and 0 <= share <= 1):
            raise self.broken(field, f"{value!r} is not a number from 0 to 1.")
        return share

    def day(self, field: str) -> date:
        """A day."""
        return self._parsed(field, self.text(field), parse_day)

    def day_or_none(self, field: str) -> date | None:
        """A day, or none."""
        return None if self._fields.get(field) is None else self.day(field)

    def partial_or_none(self, field: str) -> PartialDate | None:
        """A day, a month, a year or a range, or none."""
        return None if self._fields.get(field) is None else self._parsed(field, self.text(field), PartialDate.parse)

    def _parsed(self, field: str, text: str, parse: Callable[[str], T]) -> T:
        try:
            return parse(text)
        except DateError as error:
            raise self.broken(field, str(error)) from error

    def texts(self, field: str) -> list[str]:
        """A list of strings."""
        value = self._fields.get(field)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.broken(field, "a list of texts is needed here.")
        return value

    def record(self, field: str) -> "Record":
        """A record within this one."""
        return Record(f"{self.place}: {field}", self._fields.get(field))

    def records(self, field: str) -> "list[Record]":
        """The records of a list within this one."""
        value = self._fields.get(field)
        if not isinstance(value, list):
            raise self.broken(field, "a list is needed here.")
        return [Record(f"{self.place}: {field} {place}", item) for place, item in enumerate(value, start=1)]


def read_json(path: Path) -> object:
    """What a file holds. Raises BrokenFile where it is missing, too large or no JSON."""
    try:
        size = path.stat().st_size
        content = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal) if size <= LARGEST_FILE else None
    except FileNotFoundError as error:
        raise BrokenFile(f"{path.name}: there is no such file in the folder.") from error
    except (ValueError, RecursionError, OSError) as error:  # ValueError: no UTF-8, no JSON, or a number beyond reading
        raise BrokenFile(f"{path.name}: it cannot be read as JSON: {error}") from error
    if size > LARGEST_FILE:
        raise BrokenFile(f"{path.name}: the file is larger than {LARGEST_FILE // 1_000_000} MB.")
    return content


def read_list(path: Path, *, name: str) -> list[Record]:
    """The records of a file that holds a list, each named by its field `name`."""
    content = read_json(path)
    if not isinstance(content, list):
        raise BrokenFile(f"{path.name}: a list of records is needed.")
    return [Record(f"{path.name}, {_named(item, name, place)}", item) for place, item in enumerate(content, start=1)]


def _named(item: object, name: str, place: int) -> str:
    known = item.get(name) if isinstance(item, dict) else None
    return str(known)[:80] if isinstance(known, str) and known else f"record {place}"
