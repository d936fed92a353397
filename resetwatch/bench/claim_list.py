"""The list of claims among many, beside the same among few."""

import html
import re
from collections.abc import Callable

from django.test import Client

from resetwatch.bench.databases import Database
from resetwatch.bench.figures import Figure
from resetwatch.bench.filling import Desk, many_claims
from resetwatch.bench.rounds import medians, repeated

FEW, MANY, DEEP = 1_000, 20_000, 10_000
FIRST_PAGE = "/claims/?status=open&sort=due&page_size=50"
_OLDER = re.compile(r'href="(/claims/\?[^"]*after=[^"]*)"')


def measure(few: Database, many: Database, *, rounds: int) -> list[Figure]:
    """How long a first and a deep page of the filtered list take."""
    works: dict[str, Callable[[], float]] = {}
    for name, database, claims in (("few", few, FEW), ("many", many, MANY)):
        with database.used():
            many_claims(Desk(), claims)
            deep = _page_at(claims * DEEP // MANY)
        works[f"first of {name}"] = _on(database, FIRST_PAGE)
        works[f"deep in {name}"] = _on(database, deep)
    taken = medians(works, rounds=rounds)
    return [
        Figure(
            work=f"claim list, filtered, {where} at {MANY:,} claims",
            took=taken[f"{key} many"],
            anchor=f"the same at {FEW:,}",
            anchor_took=taken[f"{key} few"],
            goal=1.3,
        )
        for key, where in (("first of", "first page"), ("deep in", f"{DEEP:,} deep"))
    ]


def _on(database: Database, path: str) -> Callable[[], float]:
    measured = repeated(lambda: _get(path), times=10)

    def work() -> float:
        with database.used():
            return measured()

    return work


def _page_at(depth: int) -> str:
    """The address of the page that begins after so many claims, found by turning the pages."""
    path = FIRST_PAGE.replace("page_size=50", "page_size=100")
    for _ in range(depth // 100):
        found = _OLDER.findall(_get(path))
        if not found:
            raise RuntimeError(f"{path} leads to no further page")
        path = html.unescape(found[-1])
    return path.replace("page_size=100", "page_size=50")


def _get(path: str) -> str:
    response = Client(headers={"host": "localhost"}).get(path)
    if response.status_code != 200:
        raise RuntimeError(f"{path} answered {response.status_code}")
    return response.content.decode()
