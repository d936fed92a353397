"""The sentences that moderators choose from."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from claims.models import ReasonFor
from claims.queries.rows import fetch

Ready = Mapping[str, Sequence[str]]
"""Sentences by the decision that they are for, in their order."""


class _Sentence(NamedTuple):
    use: str
    words: str


_ALL = "SELECT use, words FROM ready_reason ORDER BY use, place"


def ready_reasons() -> Ready:
    """All sentences, for every decision. One query."""
    ready: dict[str, list[str]] = {use: [] for use in ReasonFor.values}
    for sentence in fetch(_Sentence, _ALL):
        ready[sentence.use].append(sentence.words)
    return ready
