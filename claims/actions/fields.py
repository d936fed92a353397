"""Collecting what is wrong with what was given, field by field, before anything is stored."""

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import TypeVar

from claims.actions.errors import Invalid
from claims.dates import PartialDate, day_words
from claims.text import TextError, clean_line, clean_text

T = TypeVar("T")

SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")


class Fields:
    """Cleans values one by one and keeps the sentences; `check` raises Invalid with all of them at once."""

    def __init__(self) -> None:
        self.errors: dict[str, list[str]] = {}

    def wrong(self, field: str, words: str) -> None:
        """Notes that a field is wrong."""
        self.errors.setdefault(field, []).append(words)

    def line(self, field: str, value: str, *, longest: int, needed: str = "") -> str:
        """One line of text; `needed` is the sentence for an empty one, where it may not be empty."""
        return self._cleaned(field, lambda: clean_line(value, longest=longest), needed)

    def text(self, field: str, value: str, *, longest: int, needed: str = "") -> str:
        """Text with paragraphs; `needed` as for a line."""
        return self._cleaned(field, lambda: clean_text(value, longest=longest), needed)

    def _cleaned(self, field: str, clean: Callable[[], str], needed: str) -> str:
        try:
            cleaned = clean()
        except TextError as error:
            self.wrong(field, str(error))
            return ""
        if needed and not cleaned:
            self.wrong(field, needed)
        return cleaned

    def slug(self, field: str, value: str, *, longest: int) -> str:
        """The last part of a page's address."""
        if len(value) > longest or not SLUG.fullmatch(value):
            self.wrong(field, f"A short name has small letters a to z, digits and single hyphens, {longest} at most.")
        return value

    def one_of(self, field: str, value: T, values: Iterable[object], words: str) -> T:
        """A value of a closed vocabulary."""
        if value not in list(values):
            self.wrong(field, words)
        return value

    def not_ahead(self, field: str, value: PartialDate | None, *, today: date) -> None:
        """A date of something that happened: it has begun by tomorrow, UTC, which is today somewhere."""
        if value is not None and value.first > today + timedelta(days=1):
            self.wrong(field, f"{day_words(value.first)} has not come yet.")

    def check(self) -> None:
        """Raises Invalid where anything was wrong."""
        if self.errors:
            raise Invalid(self.errors)
