"""What the query string of a reading page asks for: a day or an instant to look back to, a cursor, a choice."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from claims.cursors import CursorError, decode
from claims.dates import DateError, day_words, parse_day
from claims.instants import instant_words, parse_instant
from claims.text import TextError, clean_line
from claims.web.errors import BadInput

LARGEST_PAGE = 100


def today() -> date:
    """The day it is, in UTC; views take it once and pass it on."""
    return timezone.now().date()


def now() -> datetime:
    """The instant it is; views take it once and pass it on."""
    return timezone.now()


def as_of(request: HttpRequest, *, today: date) -> date | None:
    """The day to look back to, or None for now. Raises BadInput for nonsense and for days to come.

    UTC's tomorrow is taken, which is today somewhere.
    """
    text = request.GET.get("as_of", "")
    if not text:
        return None
    try:
        day = parse_day(text)
    except DateError as error:
        raise BadInput(f"as_of: {error}") from error
    if day > today + timedelta(days=1):
        raise BadInput(f"as_of: {day_words(day)} has not come yet. Choose today or an earlier day.")
    return day


def recorded_by(request: HttpRequest, *, now: datetime) -> datetime | None:
    """The instant by which something had to be on record, or None for now; of today, as it is given as a day, `now`.

    Raises BadInput for nonsense, for what lacks its zone and for what has not come yet.
    """
    text = request.GET.get("recorded_by", "")
    if not text:
        return None
    try:
        instant = parse_instant(text)
    except DateError as error:
        raise BadInput(f"recorded_by: {error}") from error
    if "T" not in text and instant.date() == now.date():
        return now
    if instant > now:
        raise BadInput(f"recorded_by: {instant_words(instant)} has not come yet. Choose an instant that has passed.")
    return instant


def after(request: HttpRequest, kinds: Sequence[type]) -> tuple[Any, ...] | None:
    """The place in a list to go on from, or None for its beginning. Raises BadInput for what is no such place."""
    text = request.GET.get("after", "")
    if not text:
        return None
    try:
        return decode(text, kinds)
    except CursorError as error:
        raise BadInput(f"after: {error}") from error


def page_size(request: HttpRequest, *, default: int) -> int:
    """How many rows a page has, at most 100. Raises BadInput for what is no such number."""
    text = request.GET.get("page_size", "")
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= 4 and 1 <= int(text) <= LARGEST_PAGE):
        raise BadInput(f"page_size: give a number from 1 to {LARGEST_PAGE}.")
    return int(text)


def choice(request: HttpRequest, name: str, allowed: Collection[str], *, default: str = "") -> str:
    """One of `allowed`, or the default where nothing is given. Raises BadInput for anything else."""
    text = request.GET.get(name, "") or default
    if text != default and text not in allowed:
        raise BadInput(f"{name}: choose one of {', '.join(sorted(allowed))}.")
    return text


def words(request: HttpRequest, name: str = "q", *, longest: int = 200) -> str:
    """Words to search for, cleaned. Raises BadInput for characters that do not belong in text and for too many."""
    try:
        return clean_line(request.GET.get(name, ""), longest=longest)
    except TextError as error:
        raise BadInput(f"{name}: {error}") from error
