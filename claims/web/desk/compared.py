"""What was typed laid over what stands now, for a form that answers 409."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from claims.web.diff import word_diff

LONGEST = 6_000  # laying two texts over each other takes time with the product of their lengths


@dataclass(frozen=True, slots=True)
class Compared:
    """One field that differs; `diff` leads from what stands now to what was typed, and is empty for too long a text."""

    label: str
    typed: str
    stands: str
    diff: SafeString | str


def compared(fields: Iterable[tuple[str, str, str]]) -> list[Compared]:
    """Those of the fields (label, what was typed, what stands now) that differ, in their order."""
    found = []
    for label, typed, stands in fields:
        mine, theirs = (text.replace("\r\n", "\n").strip() for text in (typed, stands))
        if mine.split() != theirs.split():
            short = max(len(mine), len(theirs)) <= LONGEST
            found.append(Compared(label, mine, theirs, word_diff(theirs, mine) if short else ""))
    return found
