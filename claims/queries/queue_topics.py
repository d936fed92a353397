"""What waits on a topic: an item or a flag by the claims that it bears on, and the topics that the queue offers."""

from collections.abc import Mapping
from typing import NamedTuple

from claims.queries.json_rows import as_json, rows_of

MOST_TOPICS = 200


class QueueTopic(NamedTuple):
    """A topic to narrow the queue to."""

    slug: str
    name: str


_TOPICS = f"""
SELECT slug, name FROM topic
 WHERE slug = %(topic)s OR id IN (SELECT id FROM topic ORDER BY lower(name) COLLATE "C", id LIMIT {MOST_TOPICS})
 ORDER BY lower(name) COLLATE "C", id
"""

AS_JSON = as_json(QueueTopic, _TOPICS)
"""SQL of a column that `topics_in` reads: the first topics by name, and the one whose slug is `topic`."""


def topics_in(column: str) -> list[QueueTopic]:
    """The topics of such a column."""
    return rows_of(QueueTopic, column)


# An array, so that the few claims of a thing are looked up among the topic's, and not the topic's among them.
_OF_TOPIC = """
EXISTS (SELECT FROM claim_topic
         WHERE topic_id = (SELECT id FROM topic WHERE slug = %(topic)s) AND claim_id = ANY(ARRAY({claims})))
"""
_BORNE_ON = "SELECT claim_id FROM bearing WHERE evidence_id = {} AND bearing.state <> 'withdrawn'"
_FLAGGED = f"""
SELECT flag.subject_id WHERE flag.subject_type = 'claim'
UNION ALL SELECT claim_id FROM assessment WHERE assessment.id = flag.subject_id AND flag.subject_type = 'assessment'
UNION ALL {_BORNE_ON.format("flag.subject_id")} AND flag.subject_type = 'evidence'
"""

ON_TOPIC: Mapping[str, str] = {
    "evidence": _OF_TOPIC.format(claims=_BORNE_ON.format("evidence.id")),
    "bearing": _OF_TOPIC.format(claims="SELECT bearing.claim_id"),
    "flag": _OF_TOPIC.format(claims=_FLAGGED),
    "suggestion": "FALSE",
}
"""SQL that is true of a row of each kind that is on `topic`. A source, or a suggested address, is on none."""
