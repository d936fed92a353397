"""When an entry says that it was published: an instant, or none where that would be a guess."""

import re
import time
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_tz

# Nothing on the web is older, and clocks that were never set say 1970.
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_CLOCKS_DIFFER = timedelta(hours=1)
_ISO = re.compile(r"\d{4}-?\d\d-?\d\d")
_LONGEST = 100


def published_at(text: str, read: time.struct_time | None, *, now: datetime) -> datetime | None:
    """The instant in UTC that `text` names; `read` is what feedparser made of it, for rare ways to write it.

    None without a date, for one that does not exist (31 February), that lies in the future, before
    1990, or of which a part is missing: feedparser takes that from today's date.
    """
    text = text.strip()
    if not text or len(text) > _LONGEST:
        return None
    try:
        instant = _by_iso(text) if _ISO.match(text) else _by_mail(text) or _by_feedparser(text, read)
    except (ValueError, OverflowError):
        return None
    return instant if instant and _EARLIEST <= instant <= now + _CLOCKS_DIFFER else None


def _by_iso(text: str) -> datetime:
    """ISO 8601, also with a space before its zone; without a zone it is UTC."""
    text = re.sub(r"\s*(UTC|GMT|Z)$", "Z", text)
    instant = datetime.fromisoformat(re.sub(r"\s+([+-]\d\d:?\d\d)$", r"\1", text))
    return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)


def _by_mail(text: str) -> datetime | None:
    """RFC 822 and what is written like it; an unknown zone counts as UTC."""
    parts = parsedate_tz(text)
    # The year 0000 of a clock that was never set would be 2000.
    years = re.findall(r"(?<!\d)\d{4}(?!\d)", re.sub(r"\s*[+-]\d{4}\b", "", text))
    if not parts or (years and str(parts[0]) not in years):
        return None
    return datetime(*parts[:6], tzinfo=UTC) - timedelta(seconds=parts[9] or 0)


def _by_feedparser(text: str, read: time.struct_time | None) -> datetime | None:
    years = [int(year) for year in re.findall(r"(?<!\d)\d{4}(?!\d)", text)]
    if not read or not any(abs(year - read.tm_year) <= 1 for year in years) or len(re.findall(r"\d+", text)) < 3:
        return None
    return datetime(*read[:5], min(read.tm_sec, 59), tzinfo=UTC)
