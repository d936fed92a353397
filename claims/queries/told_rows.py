"""Whether what pages show is what events told: each check finds rows that were changed, added or removed behind them.

The ledger proves that events stand as they were recorded; these prove the tables that pages are made of against the
events' bodies. What a redaction destroyed cannot be compared, and is left out.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from uuid import UUID

from claims.queries.rows import fetch


class Untold(NamedTuple):
    """A row that is not as its event told it; `event` is that event, or None where no event told of it."""

    event: UUID | None
    thing: str


def differing_rows() -> Iterator[tuple[str, Untold]]:
    """For each check that finds something: what is wrong, as the end of a sentence, and the first such row."""
    for words, sql in CHECKS:
        for row in fetch(Untold, f"{sql} LIMIT 1"):
            yield words, row


def _differs(columns: Mapping[str, str], *, told: str = "body.payload") -> str:
    """SQL that is true where a column differs from what was told under its key; {} stands for that, as text."""
    return " OR ".join(
        f"({told} ? '{key}' AND {sql.replace('{}', f'({told}->>{chr(39)}{key}{chr(39)})')})"
        for key, sql in columns.items()
    )


def _same(column: str, cast: str = "text") -> str:
    return f"{column}::{cast} IS DISTINCT FROM {{}}::{cast}"


def _partial(field: str) -> str:
    """A partial date as it is told: a day, a month, a year, or a range."""
    first, last = f"evidence.{field}_from", f"evidence.{field}_to"
    return f"""CASE
        WHEN {first} = {last} THEN to_char({first}, 'YYYY-MM-DD')
        WHEN {first} = date_trunc('month', {first}) AND {last} = {first} + interval '1 month - 1 day'
            THEN to_char({first}, 'YYYY-MM')
        WHEN {first} = date_trunc('year', {first}) AND {last} = {first} + interval '1 year - 1 day'
            THEN to_char({first}, 'YYYY')
        ELSE to_char({first}, 'YYYY-MM-DD') || '/' || to_char({last}, 'YYYY-MM-DD') END IS DISTINCT FROM {{}}"""


_ASSESSMENTS = f"""
SELECT event.id, claim.slug FROM assessment
  JOIN claim ON claim.id = assessment.claim_id
  JOIN event ON event.id = assessment.event_id
  LEFT JOIN event_body body ON body.event_id = event.id
 WHERE event.subject_id <> assessment.id OR event.recorded_at <> assessment.recorded_at
    OR event.about_on <> assessment.as_of OR event.actor_id IS DISTINCT FROM assessment.by_id
    OR {
    _differs(
        {
            "claim": _same("claim.slug"),
            "status": _same("assessment.status"),
            "probability": _same("assessment.probability", "numeric"),
            "confidence": _same("assessment.confidence"),
            "rationale": _same("assessment.rationale"),
            "occurred_on": _same("assessment.occurred_on", "date"),
            "annulled_because": "coalesce(assessment.annulled_because, '') <> coalesce({}, '')",
            "cites": "ARRAY(SELECT evidence_id::text FROM citation WHERE assessment_id = assessment.id ORDER BY 1)"
            " <> ARRAY(SELECT jsonb_array_elements_text({}::jsonb) ORDER BY 1)",
        }
    )
}"""

_ASSESSMENTS_GONE = """
SELECT event.id, body.payload->>'claim' FROM event LEFT JOIN event_body body ON body.event_id = event.id
 WHERE event.verb IN ('assessed', 'resolved', 'reopened', 'claim-restated')
   AND NOT EXISTS (SELECT FROM assessment WHERE assessment.event_id = event.id)
"""

_WORDINGS = f"""
SELECT event.id, claim.slug FROM claim_revision revision
  JOIN claim ON claim.id = revision.claim_id
  JOIN event ON event.id = revision.event_id
  LEFT JOIN event_body body ON body.event_id = event.id
 WHERE event.subject_id <> claim.id OR event.recorded_at <> revision.recorded_at
    OR event.about_on <> revision.in_force_from OR event.actor_id IS DISTINCT FROM revision.by_id
    OR {
    _differs(
        {
            "number": _same("revision.number", "int"),
            "type": _same("revision.type"),
            "reason": _same("revision.reason"),
            "title": _same("revision.title"),
            "statement": _same("revision.statement"),
            "criteria": _same("revision.criteria"),
            "fine_print": _same("revision.fine_print"),
            "horizon": _same("revision.horizon", "date"),
            "author_confidence": _same("revision.author_confidence"),
            "review_every_days": _same("revision.review_every_days", "int"),
            "signposts": "{}::jsonb <> (SELECT coalesce(jsonb_agg(jsonb_build_array(post->'text', post->'direction')"
            " ORDER BY place), '[]') FROM jsonb_array_elements(revision.signposts) WITH ORDINALITY post (post, place))",
        }
    )
}"""

_WORDINGS_GONE = """
SELECT event.id, claim.slug FROM event LEFT JOIN claim ON claim.id = event.subject_id
 WHERE event.verb IN ('claim-opened', 'claim-revised') AND event.subject_type = 'claim'
   AND NOT EXISTS (SELECT FROM claim_revision WHERE claim_revision.event_id = event.id)
"""

_OPENINGS = f"""
SELECT event.id, claim.slug FROM event
  JOIN claim ON claim.id = event.subject_id
  JOIN article ON article.id = claim.article_id
  JOIN event_body body ON body.event_id = event.id
 WHERE event.verb = 'claim-opened' AND (claim.opened_on <> event.about_on OR {
    _differs(
        {
            "slug": _same("claim.slug"),
            "kind": _same("claim.kind"),
            "paragraph": _same("claim.paragraph", "int"),
            "article": _same("article.slug"),
        }
    )
})"""

_BEARINGS = f"""
SELECT event.id, claim.slug FROM bearing_revision revision
  JOIN bearing ON bearing.id = revision.bearing_id
  JOIN claim ON claim.id = bearing.claim_id
  JOIN event ON event.id = revision.event_id
  JOIN event_body body ON body.event_id = event.id
  LEFT JOIN LATERAL (SELECT told FROM jsonb_array_elements(body.payload->'bearings') told
                      WHERE told->>'claim' = claim.slug) one ON TRUE
  CROSS JOIN LATERAL (SELECT CASE WHEN event.subject_type = 'bearing' THEN body.payload ELSE one.told END AS told) this
 WHERE event.recorded_at <> revision.recorded_at OR {
    _differs(
        {
            "stance": _same("revision.stance"),
            "weight": _same("revision.weight"),
            "note": _same("revision.note"),
            "state": _same("revision.state"),
            "number": "{}::int IS DISTINCT FROM bearing.number AND {} IS NOT NULL",
        },
        told="this.told",
    )
}"""

_BEARINGS_GONE = """
SELECT event.id, event.verb FROM event
  JOIN event_body body ON body.event_id = event.id
  LEFT JOIN (SELECT event_id, count(*) AS revisions FROM bearing_revision GROUP BY event_id) kept
         ON kept.event_id = event.id
 WHERE (event.subject_type = 'bearing' OR event.verb IN ('evidence-logged', 'evidence-approved', 'bearing-set'))
   AND coalesce(kept.revisions, 0)
       < CASE WHEN event.subject_type = 'bearing' THEN 1
              ELSE coalesce(jsonb_array_length(body.payload->'bearings'), 0) END
"""

# A bearing stands as its latest revision left it; one of a draft changes in private.
_BEARINGS_NOW = """
SELECT last.event_id, claim.slug FROM bearing
  JOIN claim ON claim.id = bearing.claim_id
  LEFT JOIN LATERAL (SELECT * FROM bearing_revision WHERE bearing_id = bearing.id ORDER BY number DESC LIMIT 1) last
         ON TRUE
 WHERE bearing.live AND bearing.number IS NOT NULL
   AND (last.id IS NULL OR (bearing.stance, bearing.weight, bearing.note, bearing.state)
                           IS DISTINCT FROM (last.stance, last.weight, last.note, last.state))
"""

_ITEMS = f"""
SELECT last.event_id, evidence.id::text FROM evidence
  LEFT JOIN source ON source.id = evidence.source_id
  LEFT JOIN LATERAL (
      SELECT event.id AS event_id, body.payload FROM event LEFT JOIN event_body body ON body.event_id = event.id
       WHERE event.subject_type = 'evidence' AND event.subject_id = evidence.id
         AND event.verb IN ('evidence-logged', 'evidence-submitted', 'evidence-revised')
       ORDER BY event.id DESC LIMIT 1) last ON TRUE
 WHERE evidence.live AND (last.event_id IS NULL OR {
    _differs(
        {
            "address": _same("evidence.address"),
            "title": _same("evidence.title"),
            "summary": _same("evidence.summary"),
            "author": _same("evidence.author"),
            "quotation": _same("evidence.quotation"),
            "type": _same("evidence.type"),
            "story": _same("evidence.story"),
            "credibility": _same("evidence.credibility", "int"),
            "source": _same("source.slug"),
            "published": _partial("published"),
            "event": _partial("event"),
        },
        told="last.payload",
    )
})"""

# What an item's last decision made of it; a draft may have been thrown away in private.
_ITEM_STATES = """
SELECT last.event_id, evidence.id::text FROM evidence
  LEFT JOIN LATERAL (
      SELECT event.id AS event_id, CASE event.verb
                 WHEN 'evidence-logged' THEN ARRAY['published'] WHEN 'evidence-submitted' THEN ARRAY['pending']
                 WHEN 'evidence-approved' THEN ARRAY['published', 'rejected']
                 WHEN 'evidence-returned' THEN ARRAY['draft', 'withdrawn']
                 WHEN 'evidence-rejected' THEN ARRAY['rejected']
                 WHEN 'evidence-withdrawn' THEN ARRAY['withdrawn'] ELSE ARRAY['redacted'] END AS states
        FROM event
       WHERE event.subject_type = 'evidence' AND event.subject_id = evidence.id
         AND event.verb IN ('evidence-logged', 'evidence-submitted', 'evidence-approved', 'evidence-returned',
                            'evidence-rejected', 'evidence-withdrawn', 'evidence-redacted')
       ORDER BY event.id DESC LIMIT 1) last ON TRUE
 WHERE NOT evidence.state = ANY (coalesce(last.states, ARRAY['draft', 'withdrawn']))
"""

_ITEMS_GONE = """
SELECT event.id, event.subject_id::text FROM event
 WHERE event.subject_type = 'evidence' AND NOT EXISTS (SELECT FROM evidence WHERE evidence.id = event.subject_id)
"""

_SOURCES = f"""
SELECT event.id, source.slug FROM source_revision revision
  JOIN source ON source.id = revision.source_id
  JOIN event ON event.id = revision.event_id
  LEFT JOIN event_body body ON body.event_id = event.id
 WHERE event.subject_id <> source.id OR {
    _differs(
        {
            "name": _same("revision.name"),
            "kind": _same("revision.kind"),
            "reliability": _same("revision.reliability"),
            "reason": _same("revision.reason"),
        }
    )
}"""

_SOURCES_NOW = """
SELECT last.event_id, source.slug FROM source
  LEFT JOIN LATERAL (SELECT * FROM source_revision WHERE source_id = source.id ORDER BY number DESC LIMIT 1) last
         ON TRUE
 WHERE (source.name, source.kind, source.reliability) IS DISTINCT FROM (last.name, last.kind, last.reliability)
"""

_ARTICLES = f"""
SELECT last.event_id, article.slug FROM article
  LEFT JOIN LATERAL (
      SELECT event.id AS event_id, body.payload FROM event LEFT JOIN event_body body ON body.event_id = event.id
       WHERE event.subject_type = 'article' AND event.subject_id = article.id
         AND event.verb IN ('article-added', 'article-revised')
       ORDER BY event.id DESC LIMIT 1) last ON TRUE
 WHERE last.event_id IS NULL OR {
    _differs(
        {
            "title": _same("article.title"),
            "title_note": _same("article.title_note"),
            "summary": _same("article.summary"),
            "address": _same("article.address"),
            "publisher": _same("article.publisher"),
            "dates_note": _same("article.dates_note"),
            "kind": _same("article.kind"),
            "language": _same("article.language"),
            "paragraphs": _same("article.paragraphs", "int"),
            "published": "(article.published_from::text, article.published_to::text)"
            " IS DISTINCT FROM ({}::jsonb->>'first', {}::jsonb->>'last')",
            "authors": "{}::jsonb <> (SELECT coalesce(jsonb_agg(jsonb_build_object('name', name, 'role', role,"
            " 'affiliation', affiliation, 'note', note) ORDER BY place), '[]')"
            " FROM article_author WHERE article_id = article.id)",
        },
        told="last.payload",
    )
}"""

_RELATIONS = f"""
SELECT event.id, here.slug FROM claim_relation relation
  JOIN claim here ON here.id = relation.from_claim_id
  JOIN claim there ON there.id = relation.to_claim_id
  JOIN event ON event.id = relation.event_id
  LEFT JOIN event_body body ON body.event_id = event.id
 WHERE event.verb <> 'claims-related' OR {
    _differs(
        {"from": _same("here.slug"), "relation": _same("relation.relation"), "to": _same("there.slug")},
    )
}"""

_KEYS = f"""
SELECT event.id, ledger_key.verifier FROM ledger_key
  JOIN event ON event.id = ledger_key.event_id
  LEFT JOIN event_body body ON body.event_id = event.id
 WHERE event.subject_id <> ledger_key.id OR {
    _differs({"verifier": _same("ledger_key.verifier"), "from_size": _same("ledger_key.from_size", "bigint")})
}"""

CHECKS = (
    ("an assessment is not as its event told it", _ASSESSMENTS),
    ("an assessment that an event told of is gone", _ASSESSMENTS_GONE),
    ("a wording is not as its event told it", _WORDINGS),
    ("a wording that an event told of is gone", _WORDINGS_GONE),
    ("a claim is not as its opening told it", _OPENINGS),
    ("a revision of a bearing is not as its event told it", _BEARINGS),
    ("a revision of a bearing that an event told of is gone", _BEARINGS_GONE),
    ("a bearing is not as its last revision left it", _BEARINGS_NOW),
    ("an item does not say what its last event told", _ITEMS),
    ("an item is in a state that no event brought it into", _ITEM_STATES),
    ("an item that an event told of is gone", _ITEMS_GONE),
    ("a version of a source is not as its event told it", _SOURCES),
    ("a source is not as its last version left it", _SOURCES_NOW),
    ("an article's record is not as its last event told it", _ARTICLES),
    ("a relation of claims is not as its event told it", _RELATIONS),
    ("a key of the ledger is not as its event told it", _KEYS),
)
