"""The seven outlook words and the stretch of the scale from 0 to 1 that each stands for."""

from typing import NamedTuple

from claims.scoring import Outlook, outlook_range


class Band(NamedTuple):
    """A word and where on the scale it begins and ends."""

    outlook: Outlook
    low: float
    high: float

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2


def _band(term: Outlook) -> Band:
    low, high = outlook_range(term)
    return Band(term, float(low or 0), 1.0 if high is None else float(high))


BANDS = tuple(_band(term) for term in Outlook)
