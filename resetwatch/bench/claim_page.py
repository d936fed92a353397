"""The claim page, not stored, beside a raw fetch of the same rows."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client

from resetwatch.bench.databases import Database
from resetwatch.bench.figures import Count, Figure
from resetwatch.bench.filling import Desk
from resetwatch.bench.rounds import medians, repeated

ITEMS = 50
Statement = tuple[str, Any]


def measure(database: Database, desk: Desk, *, rounds: int) -> list[Figure | Count]:
    """How long the page of a claim with 50 items takes, and how many statements it sends."""
    path = f"/claims/{desk.claim_with_items(ITEMS).slug}/"
    client = Client(headers={"host": "localhost"})

    def page() -> bytes:
        response = client.get(path)
        if response.status_code != 200:
            raise RuntimeError(f"{path} answered {response.status_code}")
        return response.content

    page()
    statements = _statements_of(page)
    with database.raw() as raw:

        def fetch() -> None:
            for statement, given in statements:
                raw.execute(statement, given).fetchall()

        taken = medians({"page": repeated(page, times=20), "fetch": repeated(fetch, times=20)}, rounds=rounds)
    kilobytes = len(page()) // 1000
    return [
        Figure(
            work=f"claim page, {ITEMS} items, {kilobytes} kB, not stored",
            took=taken["page"],
            anchor="raw psycopg fetch of the same rows",
            anchor_took=taken["fetch"],
            goal=6,
        ),
        Count(work="its SQL statements", count=len(statements), goal=10),
    ]


def _statements_of(work: Callable[[], object]) -> list[Statement]:
    """The statements that a work sends, with their parameters."""
    sent: list[Statement] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        sent.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        work()
    return sent
