"""What the page that proves an event says about it beside its entry."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from claims.queries.rows import fetch


class EventHead(NamedTuple):
    """What was done, about which day, the event that destroyed what it said, and where the thing is found.

    `subject` and `key` are the kind and the slug or id of the thing that has a history: an assessment's claim,
    a bearing's item; both None where there is none.
    """

    verb: str
    about_on: date
    tombstone: UUID | None
    subject: str | None
    key: str | None


_HEAD = """
SELECT event.verb, event.about_on, redaction.tombstone_id, found.subject, found.key
  FROM event
  LEFT JOIN redaction ON redaction.event_id = event.id
  LEFT JOIN LATERAL (
       SELECT 'claim' AS subject, slug AS key FROM claim
        WHERE event.subject_type = 'claim' AND id = event.subject_id
        UNION ALL
       SELECT 'claim', claim.slug FROM assessment JOIN claim ON claim.id = assessment.claim_id
        WHERE event.subject_type = 'assessment' AND assessment.id = event.subject_id
        UNION ALL
       SELECT 'article', slug FROM article WHERE event.subject_type = 'article' AND id = event.subject_id
        UNION ALL
       SELECT 'source', slug FROM source WHERE event.subject_type = 'source' AND id = event.subject_id
        UNION ALL
       SELECT 'item', event.subject_id::text WHERE event.subject_type = 'evidence'
        UNION ALL
       SELECT 'item', evidence_id::text FROM bearing
        WHERE event.subject_type = 'bearing' AND id = event.subject_id) AS found ON true
 WHERE event.id = %(event)s
"""


def event_head(event: UUID) -> EventHead | None:
    """What is said about an event; None for no event. One query."""
    found = fetch(EventHead, _HEAD, event=event)
    return found[0] if found else None
