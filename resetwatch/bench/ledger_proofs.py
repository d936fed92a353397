"""Proofs from a ledger of a million entries or more, beside the same from one of a thousand."""

from collections.abc import Callable, Mapping
from itertools import cycle
from random import Random
from uuid import UUID

from claims.queries import ledger
from resetwatch.bench.databases import Database
from resetwatch.bench.figures import Figure
from resetwatch.bench.ledger_filling import event_at, fill_ledger
from resetwatch.bench.rounds import medians, repeated

FEW, MANY = 1_000, 1_000_000
PAGE = 100  # entries
PLACES = 200  # where each is asked for, once a round
INCLUSION, CONSISTENCY, RANGE = "proof of an event", "proof that it grew", f"{PAGE} entries in a row"
GOAL = 2


def measure(
    few: Database, many: Database, *, entries: int = MANY, rounds: int, say: Callable[[str], None]
) -> list[Figure]:
    """How long proofs and ranges of entries take at random places; `say` is told how long filling took."""
    works: dict[str, Callable[[], float]] = {}
    for name, database, count in (("few", few, FEW), ("many", many, entries)):
        filled = fill_ledger(database, count)
        say(f"filled a ledger of {count:,} in {filled.seconds:.0f} s; it takes {filled.size / 1e6:,.0f} MB")
        for what, work in asked_of(count).items():
            works[f"{what} of {name}"] = _on(database, work)
    taken = medians(works, rounds=rounds)
    return [
        Figure(
            work=f"ledger of {entries:,}: {what}",
            took=taken[f"{what} of many"],
            anchor=f"the same of {FEW:,}",
            anchor_took=taken[f"{what} of few"],
            goal=GOAL,
        )
        for what in (INCLUSION, CONSISTENCY, RANGE)
    ]


def asked_of(count: int) -> Mapping[str, Callable[[], object]]:
    """What is asked of a ledger of so many entries, at places that are random and the same in every round."""
    random = Random(count)
    events = cycle([event_at(random.randrange(count)) for _ in range(PLACES)])
    sizes = cycle([random.randrange(1, count) for _ in range(PLACES)])
    starts = cycle([random.randrange(count - PAGE) for _ in range(PLACES)])
    return {
        INCLUSION: lambda: _prove_inclusion(next(events)),
        CONSISTENCY: lambda: ledger.consistency_path(next(sizes), count),
        RANGE: lambda: _range(next(starts)),
    }


def _prove_inclusion(event: UUID) -> tuple[list[bytes], bytes]:
    found, signed = ledger.entry_of(event), ledger.newest_signed()
    if found is None or signed is None:
        raise RuntimeError(f"event {event} has no place in the ledger")
    return ledger.inclusion_path(found[0].index, signed.size)


def _range(start: int) -> int:
    return len(ledger.entries(start, start + PAGE))


def _on(database: Database, work: Callable[[], object]) -> Callable[[], float]:
    measured = repeated(work, times=PLACES)

    def on() -> float:
        with database.used():
            return measured()

    return on
