"""What makes a claim stale, in which order that presses, and what settles it: pure rules.

The most pressing first: a claim that is decided already by another one (its condition or its necessary part failed),
one whose due date passed, one whose judgement rests on what fell since, one whose number contradicts another's, one
with evidence that its judgement did not weigh (what seems to meet a signpost said first), one whose review fell due.
Within each what has waited longest comes first, but for evidence, where the latest does.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import ClassVar
from uuid import UUID

MOST_CLIQUES = 2_000
"""Beyond so many groups of competitors no further ones are looked at."""
MOST_PREFILLED = 20


class Why(StrEnum):
    """A reason for which a claim is stale, the most pressing first."""

    DECIDED = "decided"
    HORIZON = "horizon"
    CITED = "cited"
    CHANCE = "chance"
    SIGNPOST = "signpost"
    EVIDENCE = "evidence"
    REVIEW = "review"


PRESSING = {why: place for place, why in enumerate(Why)}


class Do(IntEnum):
    """The act that settles a stale claim; where reasons ask for several, the first of them settles all."""

    ANNUL = 1
    FAIL = 2
    RESOLVE = 3
    ASSESS = 4


@dataclass(frozen=True, slots=True)
class Peer:
    """Another claim with the number that it stands at."""

    slug: str
    title: str
    status: str
    probability: Decimal | None


class Broken(StrEnum):
    """What became of an item after a judgement cited it."""

    REDACTED = "redacted"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"
    BEARING = "bearing"
    RETRACTED = "retracts"
    CORRECTED = "corrects"
    SUPERSEDED = "supersedes"
    DOWNGRADED = "graded"


@dataclass(frozen=True, slots=True)
class Fallen:
    """An item that the standing judgement cites and what became of it; `later` is the number of what took its place.

    `was` and `now` are grades of its source.
    """

    number: int
    how: Broken
    on: date
    later: int | None = None
    source: str = ""
    was: str = ""
    now: str = ""

    @property
    def citable(self) -> bool:
        """Whether a judgement may cite it still."""
        return self.how in (Broken.RETRACTED, Broken.CORRECTED, Broken.SUPERSEDED, Broken.DOWNGRADED)


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a claim that its judgement did not weigh."""

    number: int
    id: UUID
    title: str
    known_by: date


@dataclass(frozen=True, slots=True)
class Decided:
    """A claim is decided by another: its condition failed, or a necessary part of it."""

    why: ClassVar[Why] = Why.DECIDED
    by: Peer
    part: bool

    @property
    def do(self) -> Do:
        """What settles it."""
        return Do.FAIL if self.part else Do.ANNUL


@dataclass(frozen=True, slots=True)
class HorizonPassed:
    """A claim is open after the day that it fell due."""

    why: ClassVar[Why] = Why.HORIZON
    do: ClassVar[Do] = Do.RESOLVE
    due_on: date


@dataclass(frozen=True, slots=True)
class RestsOn:
    """The standing judgement cites items that fell since; `settled` where it settled the claim."""

    why: ClassVar[Why] = Why.CITED
    items: tuple[Fallen, ...]
    settled: bool
    kept: tuple[int, ...] = ()

    @property
    def do(self) -> Do:
        """What settles it."""
        return Do.RESOLVE if self.settled else Do.ASSESS


@dataclass(frozen=True, slots=True)
class Unlikely:
    """A probability above a necessary part's, or above 1 together with those of claims that compete with it."""

    why: ClassVar[Why] = Why.CHANCE
    do: ClassVar[Do] = Do.ASSESS
    own: Decimal
    peers: tuple[Peer, ...]
    part: bool

    @property
    def together(self) -> Decimal:
        """The sum of all the competitors' probabilities."""
        return self.own + sum((peer.probability or Decimal(0) for peer in self.peers), Decimal(0))


@dataclass(frozen=True, slots=True)
class SignpostMet:
    """A signpost of which an item of the new evidence has most of the words."""

    why: ClassVar[Why] = Why.SIGNPOST
    do: ClassVar[Do] = Do.ASSESS
    text: str
    raises: bool
    item: Item
    words: tuple[str, ...]
    of: int


@dataclass(frozen=True, slots=True)
class NewEvidence:
    """Items that the standing judgement did not weigh, newest first; `more` where there are others."""

    why: ClassVar[Why] = Why.EVIDENCE
    do: ClassVar[Do] = Do.ASSESS
    items: tuple[Item, ...]
    more: bool
    judged_on: date | None


@dataclass(frozen=True, slots=True)
class ReviewPassed:
    """A claim that nobody judged within the days that its wording allows."""

    why: ClassVar[Why] = Why.REVIEW
    do: ClassVar[Do] = Do.ASSESS
    due_on: date


Reason = Decided | HorizonPassed | RestsOn | Unlikely | SignpostMet | NewEvidence | ReviewPassed


@dataclass(frozen=True, slots=True)
class Action:
    """The one act that settles a claim's reasons; `cites` are numbers of items to begin with."""

    do: Do
    cites: tuple[int, ...] = ()
    without: tuple[int, ...] = ()


def by_pressure(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """The reasons of one claim, the most pressing first."""
    return tuple(sorted(reasons, key=lambda reason: PRESSING[reason.why]))


def settles(reasons: Sequence[Reason]) -> Action:
    """The act after which none of these reasons stands.

    It begins with what is new; where the judgement rests on what fell, with what else it cited too.
    """
    cites: list[int] = []
    without: list[int] = []
    for reason in reasons:
        if isinstance(reason, SignpostMet):
            cites.append(reason.item.number)
        elif isinstance(reason, NewEvidence):
            cites += [item.number for item in reason.items]
        elif isinstance(reason, RestsOn):
            without += [item.number for item in reason.items]
            cites += [item.later for item in reason.items if item.later is not None]
            cites += reason.kept
    clean = [number for number in dict.fromkeys(cites) if number not in without]
    return Action(min(reason.do for reason in reasons), tuple(clean[:MOST_PREFILLED]), tuple(dict.fromkeys(without)))


# Of more to less trusted; a source that cannot be judged and one that nobody graded are alike (AJP-2.1).
_TRUST = {"A": 1, "B": 2, "C": 3, "F": 4, "": 4, "D": 5, "E": 6}


def lowered(was: str | None, now: str | None) -> bool:
    """Whether a source is trusted less than it was."""
    return _TRUST[now or ""] > _TRUST[was or ""]


_TRUST_CASES = " ".join(f"WHEN '{grade}' THEN {place}" for grade, place in _TRUST.items())
TRUST_SQL = f"(CASE coalesce({{}}, '') {_TRUST_CASES} END)"
"""The same order of grades for a query, with a place for the column."""


def too_likely_together(
    chances: Mapping[UUID, Decimal], competing: Iterable[tuple[UUID, UUID]]
) -> dict[UUID, frozenset[UUID]]:
    """By claim the group of claims, itself among them, that all compete with each other and stand above 1 together.

    Of several groups the one with the greatest sum.
    """
    near: dict[UUID, set[UUID]] = {}
    for one, other in competing:
        near.setdefault(one, set()).add(other)
        near.setdefault(other, set()).add(one)
    found: dict[UUID, tuple[Decimal, frozenset[UUID]]] = {}
    for place, group in enumerate(_cliques(near)):
        if place >= MOST_CLIQUES:
            break
        total = sum((chances[claim] for claim in group), Decimal(0))
        if total > 1:
            for claim in group:
                if claim not in found or found[claim][0] < total:
                    found[claim] = (total, group)
    return {claim: group for claim, (_, group) in found.items()}


def _cliques(near: Mapping[UUID, set[UUID]]) -> Iterator[frozenset[UUID]]:
    """The greatest groups in which each is near each other: Bron and Kerbosch (1973), with Tomita's pivot."""
    todo: list[tuple[frozenset[UUID], set[UUID], set[UUID]]] = [(frozenset(), set(near), set())]
    while todo:
        group, possible, done = todo.pop()
        if not possible and not done:
            yield group
            continue
        pivot = max(possible | done, key=lambda claim: len(near[claim] & possible))
        for claim in sorted(possible - near[pivot]):
            todo.append((group | {claim}, possible & near[claim], done & near[claim]))
            possible = possible - {claim}
            done = done | {claim}
