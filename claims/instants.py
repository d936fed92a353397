"""Instants of the record: read from an address, written into one, and put into words. All are UTC."""

import re
from datetime import UTC, date, datetime, time

from claims.dates import DateError, day_words, parse_day

_WRITTEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?P<zone>Z|[+-]\d\d:?\d\d)?", re.ASCII)
_END_OF_DAY = time(23, 59, 59, 999999)


def parse_instant(text: str) -> datetime:
    """The instant written as 2026-12-03T12:00:00Z, or with another zone; of a bare day its end in UTC.

    Raises DateError with what is wrong and how to write it.
    """
    text = text.strip().replace(" ", "+")  # a plus sign in an address that was not quoted arrives as a space
    if "T" not in text:
        return end_of(parse_day(text))
    written = _WRITTEN.fullmatch(text)
    if written is None:
        raise DateError(f"“{text[:40]}” is not an instant. Write it as 2026-12-03T12:00:00Z, or give a day.")
    if not written["zone"]:
        raise DateError(f"The zone is missing. Write {text}Z for UTC.")
    parse_day(text[:10])
    try:
        return datetime.fromisoformat(_padded(text)).astimezone(UTC)
    except ValueError as error:
        raise DateError(f"There is no time “{text[11:40]}”. Write it as 12:00:00Z.") from error


def end_of(day: date) -> datetime:
    """The last instant of a day in UTC."""
    return datetime.combine(day, _END_OF_DAY, UTC)


def instant_text(instant: datetime) -> str:
    """The instant as addresses have it: 2026-12-03T12:00:00Z, with as many decimals as it needs."""
    return instant.astimezone(UTC).isoformat().removesuffix("+00:00") + "Z"


def instant_words(instant: datetime) -> str:
    """As it stands on a page: "12:00 UTC on 3 Dec 2026", "the end of 3 Dec 2026"."""
    instant = instant.astimezone(UTC)
    day = day_words(instant.date())
    if instant.time() == _END_OF_DAY:
        return f"the end of {day}"
    return (
        f"{instant:%H:%M:%S} UTC on {day}" if instant.second or instant.microsecond else f"{instant:%H:%M} UTC on {day}"
    )


def _padded(text: str) -> str:
    """With six decimals, or none: Python 3.11 takes three or six."""
    return re.sub(r"\.(\d+)", lambda found: f".{found[1]:0<6}", text)
