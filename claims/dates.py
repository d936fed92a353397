"""Days and partial dates: read, compared and put into words."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import cache

FIRST_YEAR = 1900
LAST_YEAR = 2199

_MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MONTHS = tuple(name[:3] for name in _MONTH_NAMES)
_WRITTEN = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
# Beyond a year a count of days says little.
_COUNTED_IN_DAYS = 400


class DateError(ValueError):
    """A date that cannot be read; its words are for the person who typed it."""


@dataclass(frozen=True, order=True, slots=True)
class PartialDate:
    """A day, a month, a year or a range of days, as its first and its last day, both within.

    It sorts by its first day, then by its last.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        for day in (self.first, self.last):
            _check_year(day.year)
        if self.last < self.first:
            raise DateError(
                f"The range ends on {day_words(self.last)}, before it begins on"
                f" {day_words(self.first)}. Write the earlier day first."
            )

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """The date written as 2025-03-31, 2025-03, 2025 or 2025-03-31/2025-04-06 (ISO 8601).

        Raises DateError with what is wrong and how to write it.
        """
        begins, slash, ends = text.strip().partition("/")
        first, last = _bounds(begins)
        return cls(first, _bounds(ends)[1] if slash else last)

    @classmethod
    def from_bounds(cls, first: date, last: date) -> "PartialDate":
        """The date from `first` to `last`; a whole month or year is taken for what it is."""
        return cls(first, last)

    @property
    def precision(self) -> str:
        """`day`, `month`, `year` or `range`."""
        first, last = self.first, self.last
        if first == last:
            return "day"
        if first.day > 1 or first.year != last.year or last != _month_end(last):
            return "range"
        if first.month == last.month:
            return "month"
        return "year" if (first.month, last.month) == (1, 12) else "range"

    def __str__(self) -> str:
        written = self.first.isoformat()
        precision = self.precision
        if precision == "range":
            return f"{written}/{self.last.isoformat()}"
        return written[: {"day": 10, "month": 7, "year": 4}[precision]]

    def words(self) -> str:
        """As it stands on a page: "31 Mar 2025", "Mar 2025", "2025, month not known", "31 Mar to 6 Apr 2025"."""
        first, last, precision = self.first, self.last, self.precision
        if precision == "day":
            return day_words(first)
        if precision == "month":
            return _month_words(first)
        if precision == "year":
            return f"{first.year:04d}, month not known"
        if first.day > 1 or last != _month_end(last):
            return _joined(day_words(first), day_words(last), first, last)
        if (first.month, last.month) == (1, 12):
            return f"{first.year:04d} to {last.year:04d}"
        return _joined(_month_words(first), _month_words(last), first, last)


def parse_day(text: str) -> date:
    """The day written as 2026-03-05. Raises DateError with what is wrong and how to write it."""
    text = text.strip()
    first, last = _bounds(text, whole=True)
    if first != last:
        raise DateError(f"A day is needed here, not only {_meant(text)}. Write {first.isoformat()}.")
    return first


@cache
def day_words(day: date) -> str:
    """A day as it stands on a page: "10 Oct 2026"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year:04d}"


def days_between(earlier: date, later: date) -> int:
    """Days from one to the other; negative where `later` comes before."""
    return (later - earlier).days


def span_words(earlier: date, later: date) -> str:
    """How long it is from one day to the other: "3 days", "16 months", "2 years".

    Days below two months, whole months below two years, then years and months; whole units
    only, so that it is never said to be longer than it was. The order does not matter.
    """
    if later < earlier:
        earlier, later = later, earlier
    months = _whole_months(earlier, later)
    if months < 2:
        return _counted((later - earlier).days, "day")
    if months < 24:
        return _counted(months, "month")
    years, rest = divmod(months, 12)
    return _counted(years, "year") + (f" and {_counted(rest, 'month')}" if rest else "")


def in_words(day: date, today: date) -> str:
    """Where a day lies seen from `today`: "in 37 days", "tomorrow", "today", "12 days ago"."""
    ahead = (day - today).days
    if ahead in (-1, 0, 1):
        return ("yesterday", "today", "tomorrow")[ahead + 1]
    near = abs(ahead) <= _COUNTED_IN_DAYS
    span = f"{abs(ahead)} days" if near else span_words(day, today)
    return f"in {span}" if ahead > 0 else f"{span} ago"


def _bounds(text: str, whole: bool = False) -> tuple[date, date]:
    found = _WRITTEN.fullmatch(text.strip())
    if not found:
        raise DateError(
            f"{_meant(text)} is not a date. Write {_examples(2026, whole)}."
            if text.strip()
            else f"A date is missing. Write {_examples(2026, whole)}."
        )
    year, month, day = (None if part is None else int(part) for part in found.groups())
    assert year is not None
    _check_year(year)
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if not 1 <= month <= 12:
        raise DateError(f"There is no month {month}. Write {_examples(year, whole)}.")
    days = calendar.monthrange(year, month)[1]
    if day is None:
        return date(year, month, 1), date(year, month, days)
    if not 1 <= day <= days:
        raise DateError(
            f"{_MONTH_NAMES[month - 1]} {year} has {days} days, so there is no day {day}."
            f" Write {_examples(year, whole)}."
        )
    return date(year, month, day), date(year, month, day)


def _check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateError(f"The year {year:04d} is out of range. Write a year from {FIRST_YEAR} to {LAST_YEAR}.")


def _examples(year: int, whole: bool) -> str:
    return f"{year}-03-05" if whole else f"{year}-03-05, {year}-03 or {year}"


def _meant(text: str) -> str:
    text = text.strip()
    shown = text if len(text) <= 40 else text[:39] + "…"
    return "“" + "".join(c if c.isprintable() else "?" for c in shown) + "”"


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _month_words(day: date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.year:04d}"


def _joined(begins: str, ends: str, first: date, last: date) -> str:
    """Leaves off at the beginning what the end says again."""
    if first.year == last.year:
        begins = begins.removesuffix(f" {first.year:04d}")
        if first.month == last.month:
            begins = begins.removesuffix(f" {_MONTHS[first.month - 1]}")
    return f"{begins} to {ends}"


def _whole_months(earlier: date, later: date) -> int:
    """The last day of a month stands for the days that a shorter month does not have."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    complete = later.day >= earlier.day or later == _month_end(later)
    return months if complete else months - 1


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
