"""What the pictures are drawn from and tell: plain values that no database is behind."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

OPEN = "open"


@dataclass(frozen=True, slots=True)
class Judged:
    """One assessment: the day it speaks of, when it was stored, status and probability.

    `probability` runs from 0 to 1; None where the status carries none. `cites` is handed on
    to the moves as it is.
    """

    as_of: date
    recorded: datetime | None
    status: str
    probability: Decimal | None
    cites: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """One independent story: the day from which it was known, its stance and its weight."""

    day: date
    stance: str
    weight: str


@dataclass(frozen=True, slots=True)
class Move:
    """A change of the number: its letter on the chart, from what to what, when, citing what."""

    letter: str
    earlier: Decimal
    later: Decimal
    day: date
    cites: tuple[object, ...] = ()


def status_words(status: str) -> str:
    """The words of a status: "not borne out"."""
    return status.replace("-", " ")
