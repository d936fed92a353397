"""Which events' words are public: those of public things, for as long as these are."""

from claims.models.undone import UNDONE

# True of an `event` whose body may be shown to anybody. Every commitment is public all the same.
# A bearing that was never public, or was taken back, keeps its note to itself; so does every act that told of it. Why
# an item was withdrawn or merged, or something removed, was written for everybody; why one was returned or rejected by
# a decision that was undone at once, for nobody: not even its author was told.
THOUGHT_BETTER_OF = f"(event.verb IN ('evidence-returned', 'evidence-rejected') AND {UNDONE})"
IS_PUBLIC = f"""
(event.subject_type IN ('article', 'topic', 'source', 'claim', 'assessment', 'ledger_key')
 OR event.verb IN ('evidence-withdrawn', 'evidence-redacted', 'person-erased', 'merged', 'unmerged')
 OR event.subject_type = 'evidence'
    AND EXISTS (SELECT FROM evidence WHERE evidence.id = event.subject_id AND evidence.live)
    AND NOT {THOUGHT_BETTER_OF}
    AND NOT EXISTS (SELECT FROM event_claim
                      JOIN bearing ON bearing.claim_id = event_claim.claim_id AND bearing.evidence_id = event.subject_id
                     WHERE event_claim.event_id = event.id
                       AND (bearing.state <> 'published' OR bearing.number IS NULL))
 OR event.subject_type = 'bearing'
    AND EXISTS (SELECT FROM bearing
                 WHERE bearing.id = event.subject_id AND bearing.live AND bearing.state = 'published'
                   AND bearing.number IS NOT NULL))
"""
