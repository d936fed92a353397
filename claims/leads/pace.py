"""When a feed is polled next, and when it is given a rest: numbers and headers in, an instant out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import pairwise
from statistics import median

LEAST = timedelta(minutes=15)
MOST = timedelta(days=1)
UNKNOWN = timedelta(hours=1)
# What a site may ask for; beyond it a slip of the pen would silence a feed for good.
MOST_ASKED = timedelta(days=7)
FIRST_BACK_OFF = timedelta(minutes=15)
FAILURES_BEFORE_PAUSE = 10
_ENTRIES_LOOKED_AT = 20
# Due times are spread over a tenth of the interval, so that feeds added together do not stay together.
_SPREAD = 0.1
_GONE = 410
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,10})", re.IGNORECASE)

_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(days=7),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}

Headers = Sequence[tuple[str, str]] | Mapping[str, str]


@dataclass(frozen=True)
class NextPoll:
    """When a feed is due again; or, without an instant, why it is paused."""

    due_at: datetime | None
    paused_because: str = ""


def is_good(status: int) -> bool:
    """Whether an answer has entries, or says that there are no new ones."""
    return 200 <= status < 300 or status == 304


def stated_pace(*, ttl: str = "", period: str = "", frequency: str = "") -> timedelta:
    """How long a feed says that it stays as it is, at most a day; nothing for what makes no sense.

    By RSS's own `ttl`, in minutes, or by how often it is renewed in a period (RDF Site Summary, syndication).
    """
    minutes = timedelta(minutes=int(ttl)) if re.fullmatch(r"[0-9]{1,7}", ttl.strip()) else timedelta()
    often = int(frequency) if re.fullmatch(r"[0-9]{1,7}", frequency.strip()) else 1
    renewed = _PERIODS.get(period.strip().lower(), timedelta()) / max(often, 1)
    return min(max(minutes, renewed), MOST)


def after_answer(
    *,
    now: datetime,
    headers: Headers,
    published: Sequence[datetime],
    stated: timedelta = timedelta(),
    spread: float,
) -> datetime:
    """The next poll after a good answer.

    Twice for each of the feed's usual gaps between entries, seldom for one that has fallen
    silent, and not before the site or the feed, which `stated` its pace, says that its answer is old. `published`
    are the instants of entries in any order; `spread` is a number from 0 to 1 of the feed's own.
    """
    asked = max(stated, _max_age(headers), min(_retry_after(headers, now) or timedelta(), MOST_ASKED))
    return now + max(_rhythm(published, now), asked) * (1 + _SPREAD * spread)


def after_failure(
    *, now: datetime, failures: int, reason: str, status: int | None = None, headers: Headers = (), spread: float
) -> NextPoll:
    """The next poll after a failure, the `failures`th in a row: later each time, at last none.

    `status` is none where there was no answer, or one that is no feed; `reason` says it in a
    sentence, and is shown where the feed is paused. A site that says when to come again is obeyed.
    """
    if status == _GONE:
        return NextPoll(None, "The site says that the feed is gone for good (status 410).")
    if failures >= FAILURES_BEFORE_PAUSE:
        return NextPoll(None, f"It failed {failures} times in a row, the last time so: {reason}")
    back_off = min(FIRST_BACK_OFF * 2 ** max(failures - 1, 0), MOST)
    asked = min(_retry_after(headers, now) or timedelta(), MOST_ASKED)
    return NextPoll(now + max(back_off, asked) * (1 + _SPREAD * spread))


def _rhythm(published: Sequence[datetime], now: datetime) -> timedelta:
    """Half of the usual gap between the newest entries; a silence counts as a gap to come."""
    newest = sorted((instant for instant in published if instant <= now), reverse=True)[:_ENTRIES_LOOKED_AT]
    if not newest:
        return UNKNOWN
    gaps = [(later - earlier).total_seconds() for later, earlier in pairwise(newest)]
    usual = timedelta(seconds=median(gaps) / 2) if gaps else UNKNOWN
    silence = (now - newest[0]) / 10
    return min(max(usual, silence, LEAST), MOST)


def _max_age(headers: Headers) -> timedelta:
    found = _MAX_AGE.search(_header(headers, "cache-control"))
    return min(timedelta(seconds=int(found[1])), MOST) if found else timedelta()


def _retry_after(headers: Headers, now: datetime) -> timedelta | None:
    """Seconds or a date (RFC 9110, 10.2.3); nothing for what is neither."""
    text = _header(headers, "retry-after").strip()
    if re.fullmatch(r"[0-9]{1,10}", text):
        return timedelta(seconds=int(text))
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    return date.replace(tzinfo=date.tzinfo or UTC) - now


def _header(headers: Headers, name: str) -> str:
    pairs = headers.items() if isinstance(headers, Mapping) else headers
    return next((value for header, value in pairs if header.lower() == name), "")
