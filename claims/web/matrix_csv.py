"""The matrix of an article as a file for spreadsheets: the whole of it, every report with a row of its own."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.http import HttpResponse

from claims.interchange.csv_text import csv_bytes
from claims.matrix import Report, Row
from claims.queries.matrix import ArticleMatrix

# `row` says what a row is: "claim" has the titles of the claims, "item" an item, the last three sum up each claim.
COLUMNS = ("row", "evidence", "title", "source", "source grade", "information grade", "address", "known by", "story")


def matrix_csv(found: ArticleMatrix, rows: Sequence[Row], *, slug: str, day: date) -> HttpResponse:
    """The file, named after the article and the day whose evidence it has."""
    response = HttpResponse(csv_bytes(_lines(found, rows)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="matrix-{slug}-{day.isoformat()}.csv"'
    return response


def _lines(found: ArticleMatrix, rows: Sequence[Row]) -> Iterator[list[object]]:
    columns = found.matrix.columns
    claims = [found.claims[column.claim] for column in columns]
    yield [*COLUMNS, "apart", *(claim.slug for claim in claims)]
    yield _sum("claim", [claim.title for claim in claims])
    for row in rows:
        for report in row.reports:
            cells = [_cell(found, report, column.claim) for column in columns]
            yield [*_item(found, report), f"{float(row.apart):.6g}", *cells]
    yield _sum("inconsistency", [f"{column.inconsistency or 0:.2f}" for column in columns])
    yield _sum("stories for", [column.supports for column in columns])
    yield _sum("stories against", [column.contradicts for column in columns])


def _sum(what: str, values: Sequence[object]) -> list[object]:
    return [what, *[""] * len(COLUMNS), *values]


def _item(found: ArticleMatrix, report: Report) -> list[object]:
    item = found.items[report.id]
    return [
        "item",
        item.id,
        item.title,
        item.source_name,
        item.reliability,
        item.credibility,
        item.address,
        item.known_by.isoformat(),
        item.story,
    ]


def _cell(found: ArticleMatrix, report: Report, claim: int) -> str:
    cell = report.cells.get(claim)
    if cell is None:
        return ""
    disputed = " disputed" if (report.id, claim) in found.torn else ""
    return f"{cell.stance} {cell.weight}{disputed}"
