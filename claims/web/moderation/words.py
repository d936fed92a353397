"""How moderation's pages say things: ages, people and their records, stances, addresses of their own."""

from datetime import date, datetime
from functools import cache
from uuid import UUID

from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.dates import day_words
from claims.queries.queue_beside import Record
from claims.queries.queue_item import MOST_COUNTED
from claims.scoring import STANCES
from claims.web.icons import icon

QUEUE = "/moderation/"
PEOPLE = "/moderation/people/"
_PLACES = {"evidence": "evidence", "bearing": "bearings", "flag": "flags", "suggestion": "suggestions"}


def waiting_path(kind: str, identity: UUID) -> str:
    """The page on which one waiting thing is decided; `kind` is a queue line's."""
    return f"{QUEUE}{_PLACES[kind]}/{identity}/"


def person_path(identity: UUID) -> str:
    """A person's page."""
    return f"{PEOPLE}{identity}/"


def counted(number: int, unit: str) -> str:
    """A number with its unit: "1 claim", "9 claims"."""
    return f"{number:,} {unit}" if number == 1 else f"{number:,} {unit}s"


def capped(number: int, most: int) -> str:
    """A number that was counted up to `most` + 1: "7", "1,000+"."""
    return f"{number:,}" if number <= most else f"{most:,}+"


def age_words(since: datetime, now: datetime) -> str:
    """How long something has waited, in whole units: "40 minutes", "26 hours", "3 days"."""
    minutes = int((now - since).total_seconds()) // 60
    if minutes < 1:
        return "less than a minute"
    if minutes < 60:
        return counted(minutes, "minute")
    hours = minutes // 60
    return counted(hours, "hour") if hours < 48 else counted(hours // 24, "day")


def age_tag(since: datetime, now: datetime) -> SafeString:
    """The same, with the instant behind it."""
    return format_html('<time datetime="{}">{}</time>', since.isoformat(timespec="seconds"), age_words(since, now))


@cache
def day_tag(day: date) -> SafeString:
    """A day as it stands on a page."""
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), day_words(day))


def record_words(record: Record) -> str:
    """How an author's items were decided on: "6 approved, 1 returned", "nothing decided yet"."""
    if not (record.approved or record.returned):
        return "nothing decided yet"
    return f"{capped(record.approved, MOST_COUNTED)} approved, {capped(record.returned, MOST_COUNTED)} returned"


@cache
def stance_tag(stance: str) -> SafeString:
    """A stance with its shape."""
    assert stance in STANCES
    return format_html('<span class="stance stance--{}">{}{}</span>', stance, icon(stance), stance.capitalize())
