"""Finding rows of claims (wordings, judgements, bearings, relations) that are not as their events told them."""

from claims.queries.told_sql import differs, same

ASSESSMENTS = f"""
SELECT event.id, claim.slug FROM assessment
  JOIN claim ON claim.id = assessment.claim_id
  JOIN event ON event.id = assessment.event_id
  LEFT JOIN event_body body ON body.event_id = event.id
 WHERE event.subject_id <> assessment.id OR event.recorded_at <> assessment.recorded_at
    OR event.about_on <> assessment.as_of OR event.actor_id IS DISTINCT FROM assessment.by_id
    OR {
    differs(
        {
            "claim": same("claim.slug"),
            "status": same("assessment.status"),
            "probability": same("assessment.probability", "numeric"),
            "confidence": same("assessment.confidence"),
            "rationale": same("assessment.rationale"),
            "occurred_on": same("assessment.occurred_on", "date"),
            "annulled_because": "coalesce(assessment.annulled_because, '') <> coalesce({}, '')",
            "cites": "ARRAY(SELECT evidence_id::text FROM citation WHERE assessment_id = assessment.id ORDER BY 1)"
            " <> ARRAY(SELECT jsonb_array_elements_text({}::jsonb) ORDER BY 1)",
        }
    )
}"""

ASSESSMENTS_GONE = """
SELECT event.id, body.payload->>'claim' FROM event LEFT JOIN event_body body ON body.event_id = event.id
 WHERE event.verb IN ('assessed', 'resolved', 'reopened', 'claim-restated')
   AND NOT EXISTS (SELECT FROM assessment WHERE assessment.event_id = event.id)
"""

WORDINGS = f"""
SELECT event.id, claim.slug FROM claim_revision revision
  JOIN claim ON claim.id = revision.claim_id
  JOIN event ON event.id = revision.event_id
  LEFT JOIN event_body body ON body.event_id = event.id
 WHERE event.subject_id <> claim.id OR event.recorded_at <> revision.recorded_at
    OR event.about_on <> revision.in_force_from OR event.actor_id IS DISTINCT FROM revision.by_id
    OR {
    differs(
        {
            "number": same("revision.number", "int"),
            "type": same("revision.type"),
            "reason": same("revision.reason"),
            "title": same("revision.title"),
            "statement": same("revision.statement"),
            "criteria": same("revision.criteria"),
            "fine_print": same("revision.fine_print"),
            "horizon": same("revision.horizon", "date"),
            "author_confidence": same("revision.author_confidence"),
            "review_every_days": same("revision.review_every_days", "int"),
            "signposts": "{}::jsonb <> (SELECT coalesce(jsonb_agg(jsonb_build_array(post->'text', post->'direction')"
            " ORDER BY place), '[]') FROM jsonb_array_elements(revision.signposts) WITH ORDINALITY post (post, place))",
        }
    )
}"""

WORDINGS_GONE = """
SELECT event.id, claim.slug FROM event LEFT JOIN claim ON claim.id = event.subject_id
 WHERE event.verb IN ('claim-opened', 'claim-revised') AND event.subject_type = 'claim'
   AND NOT EXISTS (SELECT FROM claim_revision WHERE claim_revision.event_id = event.id)
"""

OPENINGS = f"""
SELECT event.id, claim.slug FROM event
  JOIN claim ON claim.id = event.subject_id
  JOIN article ON article.id = claim.article_id
  JOIN event_body body ON body.event_id = event.id
 WHERE event.verb = 'claim-opened' AND (claim.opened_on <> event.about_on OR {
    differs(
        {
            "slug": same("claim.slug"),
            "kind": same("claim.kind"),
            "paragraph": same("claim.paragraph", "int"),
            "article": same("article.slug"),
        }
    )
})"""

BEARINGS = f"""
SELECT event.id, claim.slug FROM bearing_revision revision
  JOIN bearing ON bearing.id = revision.bearing_id
  JOIN claim ON claim.id = bearing.claim_id
  JOIN event ON event.id = revision.event_id
  JOIN event_body body ON body.event_id = event.id
  LEFT JOIN LATERAL (SELECT told FROM jsonb_array_elements(body.payload->'bearings') told
                      WHERE told->>'claim' = claim.slug) one ON TRUE
  CROSS JOIN LATERAL (SELECT CASE WHEN event.subject_type = 'bearing' THEN body.payload ELSE one.told END AS told) this
 WHERE event.recorded_at <> revision.recorded_at OR {
    differs(
        {
            "stance": same("revision.stance"),
            "weight": same("revision.weight"),
            "note": same("revision.note"),
            "state": same("revision.state"),
            "number": "{}::int IS DISTINCT FROM bearing.number AND {} IS NOT NULL",
        },
        told="this.told",
    )
}"""

BEARINGS_GONE = """
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
BEARINGS_NOW = """
SELECT last.event_id, claim.slug FROM bearing
  JOIN claim ON claim.id = bearing.claim_id
  LEFT JOIN LATERAL (SELECT * FROM bearing_revision WHERE bearing_id = bearing.id ORDER BY number DESC LIMIT 1) last
         ON TRUE
 WHERE bearing.live AND bearing.number IS NOT NULL
   AND (last.id IS NULL OR (bearing.stance, bearing.weight, bearing.note, bearing.state)
                           IS DISTINCT FROM (last.stance, last.weight, last.note, last.state))
"""

RELATIONS = f"""
SELECT event.id, here.slug FROM claim_relation relation
  JOIN claim here ON here.id = relation.from_claim_id
  JOIN claim there ON there.id = relation.to_claim_id
  JOIN event ON event.id = relation.event_id
  LEFT JOIN event_body body ON body.event_id = event.id
 WHERE event.verb <> 'claims-related' OR {
    differs(
        {"from": same("here.slug"), "relation": same("relation.relation"), "to": same("there.slug")},
    )
}"""
