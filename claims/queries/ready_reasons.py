"""The sentences that moderators choose from."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from claims.models import ReasonFor
from claims.queries.json_rows import as_json, rows_of
from claims.queries.rows import fetch

Ready = Mapping[str, Sequence[str]]
"""Sentences by the decision that they are for, in their order."""


class _Sentence(NamedTuple):
    use: str
    words: str


_ALL = "SELECT use, words FROM ready_reason ORDER BY use, place"

AS_JSON = as_json(_Sentence, _ALL)
"""SQL of a column that `ready_in` reads, for a page that asks for other things too."""


def ready_reasons() -> Ready:
    """All sentences, for every decision. One query."""
    return _by_use(fetch(_Sentence, _ALL))


def ready_in(column: str) -> Ready:
    """The same, of a column that another query gave."""
    return _by_use(rows_of(_Sentence, column))


def _by_use(sentences: Iterable[_Sentence]) -> Ready:
    ready: dict[str, list[str]] = {use: [] for use in ReasonFor.values}
    for sentence in sentences:
        ready[sentence.use].append(sentence.words)
    return ready
