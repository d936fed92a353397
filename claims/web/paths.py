"""The addresses of the site's pages, as plain strings: hot pages have no time for url tags (tested against reverse)."""

from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from claims.instants import instant_text


def site_of(request: HttpRequest) -> str:
    """What stands before the path of each page: SITE_URL or, unset, the address that the site was asked by."""
    return str(settings.SITE_URL or f"{request.scheme}://{request.get_host()}").rstrip("/")


def looking(as_of: date | None, recorded_by: datetime | None = None) -> str:
    """The query string that looks back to a day, to what was on record by an instant, or to both; else nothing."""
    given = [f"as_of={as_of.isoformat()}"] if as_of else []
    if recorded_by:
        given.append(f"recorded_by={instant_text(recorded_by)}")
    return "&".join(given)


def _looking(path: str, as_of: date | None, recorded_by: datetime | None = None) -> str:
    query = looking(as_of, recorded_by)
    return f"{path}?{query}" if query else path


def claim_path(slug: str, as_of: date | None = None, recorded_by: datetime | None = None) -> str:
    """A claim's page, looked back from a day, and as it was on record by an instant, where they are given."""
    return _looking(f"/claims/{slug}/", as_of, recorded_by)


def claim_history_path(slug: str, recorded_by: datetime | None = None) -> str:
    """A claim's history, as it was on record by an instant where one is given."""
    return _looking(f"/claims/{slug}/history/", None, recorded_by)


def cite_path(slug: str, as_of: date | None = None, recorded_by: datetime | None = None) -> str:
    """The page with citations of a claim."""
    return _looking(f"/claims/{slug}/cite/", as_of, recorded_by)


def article_path(slug: str, as_of: date | None = None) -> str:
    """An article's page."""
    return _looking(f"/articles/{slug}/", as_of)


def evidence_path(identity: UUID | str, as_of: date | None = None) -> str:
    """An item's page."""
    return _looking(f"/evidence/{identity}/", as_of)


def source_path(slug: str) -> str:
    """A source's page."""
    return f"/sources/{slug}/"


def topic_path(slug: str, as_of: date | None = None) -> str:
    """A topic's page."""
    return _looking(f"/topics/{slug}/", as_of)


def claims_path(**filters: object) -> str:
    """The list of claims with these filters; those that are None or empty are left out."""
    given = {name: str(value) for name, value in filters.items() if value not in (None, "")}
    return f"/claims/?{urlencode(given)}" if given else "/claims/"


def flag_path(kind: str, identity: UUID | str) -> str:
    """The form to flag a thing with."""
    return f"/flag/{kind}/{identity}/"


def proof_path(event: UUID | str) -> str:
    """The page that proves that an event is in the record."""
    return f"/ledger/events/{event}/"
