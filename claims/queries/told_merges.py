"""Finding merges that are not as their events told them."""

# A merge leads where its act told, and what it moved has the digest that was told.
MERGES = """
SELECT event.id, merge.id::text FROM merge
  JOIN event ON event.id = merge.event_id
  LEFT JOIN event_body body ON body.event_id = event.id
 WHERE event.verb <> 'merged' OR event.subject_type <> merge.subject_type OR event.subject_id <> merge.from_id
    OR body.payload ->> 'into' <> merge.into_id::text
    OR body.payload ? 'moved' AND body.payload ->> 'moved' IS DISTINCT FROM (
        SELECT encode(sha256(convert_to(coalesce(string_agg(thing::text, ' ' ORDER BY thing), ''), 'UTF8')), 'hex')
          FROM merge_move WHERE merge_id = merge.id)
"""

# One stands as long as it was not undone.
MERGES_NOW = """
SELECT last.id, merge.id::text FROM merge
  JOIN LATERAL (SELECT id, verb FROM event
                 WHERE event.subject_type = merge.subject_type AND event.subject_id = merge.from_id
                   AND event.verb IN ('merged', 'unmerged') AND event.id >= merge.event_id
                 ORDER BY event.id LIMIT 1 OFFSET 1) last ON TRUE
 WHERE merge.state = 'confirmed'
 UNION ALL
SELECT merge.event_id, merge.id::text FROM merge
 WHERE merge.state = 'undone'
   AND NOT EXISTS (SELECT FROM event WHERE event.subject_type = merge.subject_type AND event.subject_id = merge.from_id
                      AND event.verb = 'unmerged' AND event.id > merge.event_id)
"""

MERGES_GONE = """
SELECT event.id, event.subject_id::text FROM event
 WHERE event.verb = 'merged' AND NOT EXISTS (SELECT FROM merge WHERE merge.event_id = event.id
                                                AND merge.state IN ('confirmed', 'undone'))
"""
