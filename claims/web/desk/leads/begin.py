"""What the log form begins with where an item is made of a lead: all that the lead tells but the summary.

The summary is to be in one's own words; what the feed says of the page stands as the page's own.
"""

from typing import Any
from uuid import UUID

from claims.models import Lead
from claims.queries.claim_picker import Pickable, claims_by_id
from claims.queries.leads import claims_touched, waiting_lead
from claims.text import excerpt

LONGEST_TITLE = 200
LONGEST_QUOTATION = 500


def named_lead(text: str) -> Lead | None:
    """The lead that a query string names and that still waits, or None. One query."""
    try:
        return waiting_lead(UUID(text))
    except ValueError:
        return None


def begun(lead: Lead) -> dict[str, Any]:
    """The fields of the form, as the lead fills them."""
    return {
        "lead": str(lead.id),
        "address": lead.address,
        "title": lead.title[:LONGEST_TITLE],
        "author": lead.author,
        "published": lead.published_at.date().isoformat() if lead.published_at else "",
        "quotation": excerpt(lead.summary, LONGEST_QUOTATION),
    }


def touched(lead: Lead) -> list[Pickable]:
    """The claims that the lead seems to touch, the best match first. Two queries."""
    matched = claims_touched(lead)
    found = claims_by_id(matched)
    return [found[claim] for claim in matched if claim in found]
