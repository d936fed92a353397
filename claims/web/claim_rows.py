"""A claim's row in a list, as strings: its number and its change, where it stands, its small pictures, its date."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.dates import day_words
from claims.queries.claim_rows import ClaimRow
from claims.queries.sparks import Sparks
from claims.scoring import percent_words, points, was_already_so
from claims.verdicts import date_words, not_scored_words
from claims.web import paths
from claims.web.icons import icon
from claims.web.pictures import balance, balance_words, spark
from claims.web.standing import standing_words
from claims.wordings import quiet_words

QUIET_AFTER = 60
"""So many days without new evidence are said in a list."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row. `change` is an arrow with its points, `note` what a reader should know beside the standing."""

    href: str
    title: str
    statement: str
    article: str
    percent: str
    change: SafeString
    icon: SafeString
    word: str
    note: SafeString
    spark: SafeString
    balance: SafeString
    balance_words: str
    date_lead: str
    day: str
    day_iso: str


def lines_of(
    rows: Sequence[ClaimRow], *, sparks: Sparks, today: date, as_of: date | None, most: int = 0, named: bool = False
) -> list[Line]:
    """The rows as of `as_of` or of today; `most` scales the bars, `named` says which article each is from."""
    most = most or biggest_side(rows)
    return [_line(row, sparks=sparks, day=as_of or today, as_of=as_of, most=most, named=named) for row in rows]


def biggest_side(rows: Iterable[ClaimRow]) -> int:
    """The most stories on either side of any row, by which the bars of a list are scaled."""
    return max((max(row.supports, row.contradicts) for row in rows), default=0)


def of_more_than_one_article(rows: Iterable[ClaimRow]) -> bool:
    """Whether a list has to say which article a claim is from."""
    return len({row.article_slug for row in rows}) > 1


def change_of(row: ClaimRow) -> SafeString:
    """The arrow beside an open claim's number: which way it went, how far, since when; else nothing."""
    if row.status != "open" or row.probability is None or row.earlier_probability is None or row.earlier_on is None:
        return SafeString("")
    change = points(row.probability - row.earlier_probability)
    if not change:
        return SafeString("")
    return format_html(
        '<span class="change">{}<span class="visually-hidden">{}</span>{}'
        '<span class="visually-hidden"> point{} since {}</span></span>',
        icon("rise" if change > 0 else "fall"),
        "up" if change > 0 else "down",
        abs(change),
        "" if abs(change) == 1 else "s",
        day_words(row.earlier_on),
    )


def spark_of(row: ClaimRow, sparks: Sparks, *, last: date) -> SafeString:
    """The small line of a claim; nothing where nothing was ever forecast."""
    numbers = sparks.numbers.get(row.id, ())
    if not numbers or sparks.first is None:
        return SafeString("")
    return spark(
        numbers, first=sparks.first, last=last, status=row.status, ended_on=row.settled_on, outcome=row.probability
    )


def _line(row: ClaimRow, *, sparks: Sparks, day: date, as_of: date | None, most: int, named: bool) -> Line:
    word, percent = standing_words(row.status, row.probability)
    lead, dated = _dated(row, day)
    return Line(
        href=paths.claim_path(row.slug, as_of),
        title=row.title,
        statement=row.statement,
        article=row.article_title if named else "",
        percent=percent,
        change=change_of(row),
        icon=icon(row.status),
        word=word,
        note=_note(row, day),
        spark=spark_of(row, sparks, last=day),
        balance=balance(row.supports, row.contradicts, most=most),
        balance_words=balance_words(row.supports, row.contradicts),
        date_lead=lead,
        day=day_words(dated) if dated else "",
        day_iso=dated.isoformat() if dated else "",
    )


def _dated(row: ClaimRow, today: date) -> tuple[str, date | None]:
    words = date_words(kind=row.kind, status=row.status, horizon=row.horizon, settled_on=row.settled_on, today=today)
    for day in (row.settled_on, row.horizon):
        if day is not None and words.endswith(day_words(day)):
            return words.removesuffix(day_words(day)).rstrip(), day
    return words, None


def _note(row: ClaimRow, today: date) -> SafeString:
    if row.status != "open":
        return _told(_why_not_scored(row))
    if row.horizon is not None and row.horizon < today:
        return _told("past its date", "alert")
    if row.review_due_on is not None and row.review_due_on < today:
        return _told("review overdue", "clock")
    if row.last_known_by is None or (today - row.last_known_by).days >= QUIET_AFTER:
        return _told(quiet_words(last_known_by=row.last_known_by, today=today))
    return SafeString("")


def _why_not_scored(row: ClaimRow) -> str:
    if row.status == "annulled":
        return f"{(row.annulled_because or '').replace('-', ' ')}, not scored"
    if row.kind == "fact":
        return ""
    if was_already_so(occurred_on=row.occurred_on, article_from=row.article_from):
        return "before the article"
    return not_scored_words(
        kind=row.kind, status=row.status, occurred_on=row.occurred_on, article_from=row.article_from
    ).removeprefix(f"{row.status}, ")


def _told(words: str, shape: str = "") -> SafeString:
    return (
        format_html('<span class="overdue">{}{}</span>', icon(shape) if shape else "", words)
        if words
        else SafeString("")
    )


def in_a_line(row: ClaimRow) -> str:
    """Number and word in a sentence's hand: "45 %, unlikely", "not assessed yet", "borne out"."""
    word, percent = standing_words(row.status, row.probability)
    return f"{percent}, {word.lower()}" if percent else word.lower()


def number_of(row: ClaimRow) -> str:
    """The number alone, empty where there is none."""
    return percent_words(row.probability) if row.status == "open" and row.probability is not None else ""
