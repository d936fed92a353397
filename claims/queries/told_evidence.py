"""Finding items, sources and articles that are not as their last events told them."""

from claims.queries.told_sql import differs, same


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


# An item has the source that it was last told to have, or the one that a merge moved it to since; `moved` are the
# digested rows (claims.queries.told_merges).
_SOURCE = "source.slug IS DISTINCT FROM CASE WHEN moved.event_id > last.event_id THEN moved.slug ELSE {} END"

ITEMS = f"""
WITH moved AS MATERIALIZED (
    SELECT DISTINCT ON (merge_move.thing) merge_move.thing, merge.event_id, source.slug
      FROM merge
      JOIN merge_move ON merge_move.merge_id = merge.id
      JOIN source ON source.id = merge.into_id
     WHERE merge.subject_type = 'source' AND merge.state = 'confirmed'
     ORDER BY merge_move.thing, merge.event_id DESC)
SELECT last.event_id, evidence.id::text FROM evidence
  LEFT JOIN source ON source.id = evidence.source_id
  LEFT JOIN moved ON moved.thing = evidence.id
  LEFT JOIN LATERAL (
      SELECT event.id AS event_id, body.payload FROM event LEFT JOIN event_body body ON body.event_id = event.id
       WHERE event.subject_type = 'evidence' AND event.subject_id = evidence.id
         AND event.verb IN ('evidence-logged', 'evidence-submitted', 'evidence-revised')
       ORDER BY event.id DESC LIMIT 1) last ON TRUE
 WHERE evidence.live AND (last.event_id IS NULL OR {
    differs(
        {
            "address": same("evidence.address"),
            "title": same("evidence.title"),
            "summary": same("evidence.summary"),
            "author": same("evidence.author"),
            "quotation": same("evidence.quotation"),
            "looked_for": same("evidence.looked_for"),
            "type": same("evidence.type"),
            "story": same("evidence.story"),
            "credibility": same("evidence.credibility", "int"),
            "source": _SOURCE,
            "published": _partial("published"),
            "event": _partial("event"),
        },
        told="last.payload",
    )
})"""

# What an item's last decision made of it; a draft may have been thrown away in private.
ITEM_STATES = """
SELECT last.event_id, evidence.id::text FROM evidence
  LEFT JOIN LATERAL (
      SELECT event.id AS event_id, CASE event.verb
                 WHEN 'evidence-logged' THEN ARRAY['published'] WHEN 'evidence-submitted' THEN ARRAY['pending']
                 WHEN 'evidence-approved' THEN ARRAY['published', 'rejected']
                 WHEN 'evidence-returned' THEN ARRAY['draft', 'withdrawn']
                 WHEN 'evidence-rejected' THEN ARRAY['rejected']
                 WHEN 'evidence-withdrawn' THEN ARRAY['withdrawn'] WHEN 'merged' THEN ARRAY['withdrawn']
                 WHEN 'unmerged' THEN ARRAY['published']
                 WHEN 'decision-undone' THEN CASE body.payload->>'verb'
                     WHEN 'evidence-withdrawn' THEN ARRAY['published'] ELSE ARRAY['pending'] END
                 ELSE ARRAY['redacted'] END AS states
        FROM event LEFT JOIN event_body body ON body.event_id = event.id
       WHERE event.subject_type = 'evidence' AND event.subject_id = evidence.id
         AND event.verb IN ('evidence-logged', 'evidence-submitted', 'evidence-approved', 'evidence-returned',
                            'evidence-rejected', 'evidence-withdrawn', 'evidence-redacted', 'merged', 'unmerged',
                            'decision-undone')
       ORDER BY event.id DESC LIMIT 1) last ON TRUE
 WHERE NOT evidence.state = ANY (coalesce(last.states, ARRAY['draft', 'withdrawn']))
"""

ITEMS_GONE = """
SELECT event.id, event.subject_id::text FROM event
 WHERE event.subject_type = 'evidence' AND NOT EXISTS (SELECT FROM evidence WHERE evidence.id = event.subject_id)
"""

SOURCES = f"""
SELECT event.id, source.slug FROM source_revision revision
  JOIN source ON source.id = revision.source_id
  JOIN event ON event.id = revision.event_id
  LEFT JOIN event_body body ON body.event_id = event.id
 WHERE event.subject_id <> source.id OR {
    differs(
        {
            "name": same("revision.name"),
            "kind": same("revision.kind"),
            "reliability": same("revision.reliability"),
            "reason": same("revision.reason"),
        }
    )
}"""

SOURCES_NOW = """
SELECT last.event_id, source.slug FROM source
  LEFT JOIN LATERAL (SELECT * FROM source_revision WHERE source_id = source.id ORDER BY number DESC LIMIT 1) last
         ON TRUE
 WHERE (source.name, source.kind, source.reliability) IS DISTINCT FROM (last.name, last.kind, last.reliability)
"""

ARTICLES = f"""
SELECT last.event_id, article.slug FROM article
  LEFT JOIN LATERAL (
      SELECT event.id AS event_id, body.payload FROM event LEFT JOIN event_body body ON body.event_id = event.id
       WHERE event.subject_type = 'article' AND event.subject_id = article.id
         AND event.verb IN ('article-added', 'article-revised')
       ORDER BY event.id DESC LIMIT 1) last ON TRUE
 WHERE last.event_id IS NULL OR {
    differs(
        {
            "title": same("article.title"),
            "title_note": same("article.title_note"),
            "summary": same("article.summary"),
            "address": same("article.address"),
            "publisher": same("article.publisher"),
            "dates_note": same("article.dates_note"),
            "kind": same("article.kind"),
            "language": same("article.language"),
            "paragraphs": same("article.paragraphs", "int"),
            "published": "(article.published_from::text, article.published_to::text)"
            " IS DISTINCT FROM ({}::jsonb->>'first', {}::jsonb->>'last')",
            "authors": "{}::jsonb <> (SELECT coalesce(jsonb_agg(jsonb_build_object('name', name, 'role', role,"
            " 'affiliation', affiliation, 'note', note) ORDER BY place), '[]')"
            " FROM article_author WHERE article_id = article.id)",
        },
        told="last.payload",
    )
}"""
