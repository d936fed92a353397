"""One claim as this site had it on record at an instant: wordings, judgements, bearings and relations stored by then.

What items, sources, the article and other claims were called is taken from the record too. Items and bearings are
public from the first published revision of the bearing on, since no bearing is published before its
item; what was taken off the site since is hidden at every instant. But what was merged into another item since shows
as it stood, until it was merged; and where that was undone, not for the time in between.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from claims.dates import PartialDate
from claims.models.folding import heaviest_first
from claims.queries.claim import (
    ASSESSMENTS,
    FOR_EVER,
    MERGED,
    MOST_RELATED,
    WORDING,
    Change,
    Cited,
    ClaimPage,
    Head,
    Judged,
    Named,
    Related,
    Wording,
    by_assessment,
    until,
)
from claims.queries.claim_evidence import EVERY_HEAD, HEADS, LARGEST_NUMBER, EvidencePage, Mark, Reported, marks_of
from claims.queries.rows import fetch, fetch_pairs

_HEAVIEST_FIRST = heaviest_first(bearing="worded", evidence="worded")
_STORED = " AND recorded_at <= %(instant)s"
_WORDED_BY = ["evidence-logged", "evidence-submitted", "evidence-revised"]
_TOPICS_TOLD_BY = ["claim-opened", "claim-revised"]
_ARTICLE_TOLD_BY = ["article-added", "article-revised"]
_RELATED_BY = ["claims-related", "claims-unrelated"]


class _Said(NamedTuple):
    """Whether the record holds an item's words as they were then, and the dates that they told."""

    said: bool
    published: str | None
    event: str | None


class _Article(NamedTuple):
    title: str | None
    published_from: date | None


class _Recorded(NamedTuple):
    recorded_at: datetime


_FIRST = "SELECT min(recorded_at) FROM claim_revision WHERE claim_id = %(claim)s"
_LAST = """
SELECT event.recorded_at FROM event_claim JOIN event ON event.id = event_claim.event_id
 WHERE event_claim.claim_id = %(claim)s ORDER BY event_claim.event_id DESC LIMIT 1
"""

# Of a `bearing`, whether its item leads to another one today and did not at the instant; or the other way round.
_MERGED_SINCE = """
EXISTS (SELECT FROM merge
          JOIN evidence duplicate ON duplicate.id = merge.from_id AND duplicate.state = 'withdrawn'
         WHERE merge.subject_type = 'evidence' AND merge.from_id = bearing.evidence_id AND merge.state = 'confirmed'
           AND merge.decided_at > %(instant)s)
"""
_MERGED_THEN = """
EXISTS (SELECT FROM merge JOIN event ON event.id = merge.event_id
         WHERE merge.subject_type = 'evidence' AND merge.from_id = bearing.evidence_id AND merge.state = 'undone'
           AND event.recorded_at <= %(instant)s AND merge.decided_at > %(instant)s)
"""

# The bearings that were public at the instant and whose items are public today, with the words that the items had.
_TOLD = f"""
WITH standing AS (
    SELECT DISTINCT ON (bearing.id) bearing.number, bearing.evidence_id,
           revision.stance, revision.weight, revision.note, revision.state
      FROM bearing
      JOIN bearing_revision revision ON revision.bearing_id = bearing.id AND revision.recorded_at <= %(instant)s
     WHERE bearing.claim_id = %(claim)s
       AND (bearing.live AND NOT {_MERGED_THEN} OR NOT bearing.live AND {_MERGED_SINCE})
     ORDER BY bearing.id, revision.number DESC),
worded AS (
    SELECT standing.*, coalesce(words.about_on, evidence.known_by) AS known_by, words.payload,
           evidence.published_from, evidence.published_to, evidence.event_from, evidence.event_to,
           coalesce(words.payload ->> 'address', evidence.address) AS address,
           coalesce(words.payload ->> 'title', evidence.title) AS title,
           coalesce(words.payload ->> 'summary', evidence.summary) AS summary,
           coalesce(words.payload ->> 'type', evidence.type) AS type,
           coalesce((words.payload ->> 'credibility')::int, evidence.credibility) AS credibility,
           coalesce(nullif(coalesce(words.payload ->> 'story', evidence.story), ''), evidence.id::text) AS story,
           source.slug AS source_slug, coalesce(graded.name, source.name) AS source_name,
           CASE WHEN graded.name IS NULL THEN source.reliability ELSE graded.reliability END AS reliability
      FROM standing
      JOIN evidence ON evidence.id = standing.evidence_id
      LEFT JOIN LATERAL (
          SELECT event.about_on, event_body.payload FROM event LEFT JOIN event_body ON event_body.event_id = event.id
           WHERE event.subject_type = 'evidence' AND event.subject_id = evidence.id
             AND event.verb = ANY(%(wording)s) AND event.recorded_at <= %(instant)s
           ORDER BY event.id DESC LIMIT 1) words ON TRUE
      LEFT JOIN source named ON named.slug = words.payload ->> 'source'
      JOIN source ON source.id = coalesce(named.id, evidence.source_id)
      LEFT JOIN LATERAL (
          SELECT source_revision.name, source_revision.reliability
            FROM source_revision JOIN event ON event.id = source_revision.event_id
           WHERE source_revision.source_id = source.id AND event.recorded_at <= %(instant)s
           ORDER BY source_revision.number DESC LIMIT 1) graded ON TRUE
     WHERE standing.state = 'published'),
told AS (
    SELECT worded.*,
           row_number() OVER (PARTITION BY story ORDER BY {_HEAVIEST_FIRST}) AS place,
           count(*) OVER (PARTITION BY story) AS reports,
           max(known_by) OVER (PARTITION BY story) AS last_known_by
      FROM worded
     WHERE known_by <= %(day)s)
"""

_LINK = """
(SELECT kind FROM evidence_link
   JOIN evidence later ON later.id = evidence_link.from_item_id
   JOIN event ON event.id = evidence_link.event_id
  WHERE evidence_link.to_item_id = told.evidence_id AND later.live AND event.recorded_at <= %(instant)s
  ORDER BY array_position(ARRAY['retracts', 'supersedes', 'corrects'], kind::text) LIMIT 1)
"""

_PAGE = f"""{_TOLD}
{HEADS}
SELECT told.story, told.place, told.number, told.stance, told.weight, told.note, told.known_by, told.evidence_id,
       told.address, told.title, told.summary, told.type, told.credibility,
       told.published_from, told.published_to, told.event_from, told.event_to,
       told.source_slug, told.source_name, told.reliability, {_LINK},
       told.payload IS NOT NULL, told.payload ->> 'published', told.payload ->> 'event'
  FROM head JOIN told ON told.story = head.story
 ORDER BY head.head_known_by DESC, head.head_number DESC, told.place = 1 DESC, told.number
"""

_MARKS = f"{_TOLD}{EVERY_HEAD}"

_CITATIONS = f"""{_TOLD}
SELECT citation.assessment_id, citation.evidence_id, bearing.number, coalesce(told.title, ''),
       coalesce(told.known_by, bearing.known_by), told.number IS NOT NULL, {MERGED}
  FROM citation
  JOIN bearing ON bearing.claim_id = citation.claim_id AND bearing.evidence_id = citation.evidence_id
  LEFT JOIN told ON told.evidence_id = citation.evidence_id
 WHERE citation.assessment_id = ANY(%(assessments)s)
 ORDER BY array_position(ARRAY['slight', 'moderate', 'strong', 'decisive'], told.weight::text) DESC NULLS LAST,
          told.credibility, told.known_by, bearing.number
"""

_LATER = f"""{_TOLD}
SELECT day, status, probability FROM (
    SELECT as_of AS day, recorded_at, id, status, probability FROM assessment
     WHERE claim_id = %(claim)s AND as_of > %(after)s{_STORED}
     UNION ALL
    SELECT DISTINCT known_by, NULL::timestamptz, NULL::uuid, NULL, NULL::numeric FROM told
     WHERE known_by > %(after)s) change
 ORDER BY day, recorded_at, id
"""

_RELATED = f"""
WITH related AS (
    SELECT DISTINCT ON (said.payload ->> 'from', said.payload ->> 'relation', said.payload ->> 'to')
           said.payload ->> 'from' AS begins, said.payload ->> 'relation' AS relation, said.payload ->> 'to' AS ends,
           event.verb, event.id AS event_id
      FROM event_claim JOIN event ON event.id = event_claim.event_id JOIN event_body said ON said.event_id = event.id
     WHERE event_claim.claim_id = %(claim)s AND event.verb = ANY(%(relating)s) AND event.recorded_at <= %(instant)s
     ORDER BY 1, 2, 3, event.id DESC)
SELECT other.id, related.relation, related.begins = %(slug)s, other.slug, worded.title,
       coalesce(judged.status, 'open'), judged.probability
  FROM related
  JOIN claim other ON other.slug = CASE WHEN related.begins = %(slug)s THEN related.ends ELSE related.begins END
  JOIN LATERAL (SELECT title FROM claim_revision
                 WHERE claim_id = other.id AND in_force_from <= %(worded)s{_STORED}
                 ORDER BY in_force_from DESC, number DESC LIMIT 1) worded ON TRUE
  LEFT JOIN LATERAL (SELECT status, probability FROM assessment
                      WHERE claim_id = other.id AND as_of <= %(day)s{_STORED}
                      ORDER BY as_of DESC, recorded_at DESC, id DESC LIMIT 1) judged ON TRUE
 WHERE related.verb = 'claims-related'
 ORDER BY related.event_id
 LIMIT %(most)s
"""

_TOPICS = """
WITH told AS (
    SELECT said.payload -> 'topics' AS topics FROM event JOIN event_body said ON said.event_id = event.id
     WHERE event.subject_type = 'claim' AND event.subject_id = %(claim)s AND event.verb = ANY(%(telling)s)
       AND event.recorded_at <= %(instant)s
     ORDER BY event.id DESC LIMIT 1)
SELECT topic.slug, topic.name
  FROM told, jsonb_array_elements_text(told.topics) named JOIN topic ON topic.slug = named
 ORDER BY topic.name COLLATE "C"
"""

_ARTICLE = """
SELECT said.payload ->> 'title', (said.payload -> 'published' ->> 'first')::date
  FROM event JOIN event_body said ON said.event_id = event.id
 WHERE event.subject_type = 'article' AND event.subject_id = %(article)s AND event.verb = ANY(%(telling)s)
   AND event.recorded_at <= %(instant)s
 ORDER BY event.id DESC LIMIT 1
"""


def first_recorded(head: Head) -> datetime:
    """When the claim came on record. One query."""
    return fetch(_Recorded, _FIRST, claim=head.id)[0].recorded_at


def last_recorded(head: Head) -> datetime:
    """When the last act on the claim was recorded. One query."""
    return fetch(_Recorded, _LAST, claim=head.id)[0].recorded_at


def recorded_wording(head: Head, *, instant: datetime, day: date) -> Wording | None:
    """The wording in force on a day by what was stored at `instant`, or None. One query."""
    found = fetch(Wording, WORDING.format(stored=_STORED), claim=head.id, instant=instant, today=day)
    return found[0] if found else None


def recorded_page(
    head: Head,
    *,
    instant: datetime,
    today: date,
    as_of: date,
    stance: str,
    after: tuple[date, int] | None,
    size: int,
) -> ClaimPage | None:
    """The page of a claim as of a day by what was stored at `instant`; None where nothing was. At most eight queries.

    The claim has been opened by `as_of`.
    """
    worded = min(as_of, today)
    by = {"claim": head.id, "instant": instant}
    wording = recorded_wording(head, instant=instant, day=worded)
    if wording is None:
        return None
    assessments = fetch(Judged, ASSESSMENTS.format(stored=_STORED), day=as_of, **by)
    cited = _cited(assessments, by) if assessments else []
    page = _evidence(by, day=as_of, stance=stance, after=after, size=size)
    whole = not (stance or after or page.more)
    told = marks_of(page) if whole else fetch(Mark, _MARKS, day=as_of, wording=_WORDED_BY, **by)
    related = fetch(
        Related, _RELATED, slug=head.slug, day=as_of, worded=worded, relating=_RELATED_BY, most=MOST_RELATED, **by
    )
    return ClaimPage(
        head=until(_titled(head, instant), assessments),
        wording=wording,
        assessments=assessments,
        citations=by_assessment(cited),
        evidence=page,
        marks=told,
        items=sum(mark.reports for mark in told),
        related=related,
        topics=fetch(Named, _TOPICS, telling=_TOPICS_TOLD_BY, **by),
    )


def later_recorded(claim: UUID, *, instant: datetime, after: date) -> list[Change]:
    """What changed after a day, by what was stored at `instant`, judgements in their order. One query."""
    return fetch(Change, _LATER, claim=claim, instant=instant, after=after, day=FOR_EVER, wording=_WORDED_BY)


def _titled(head: Head, instant: datetime) -> Head:
    """With the article's title and day as they were on record, and without a lock, which is of today."""
    found = fetch(_Article, _ARTICLE, article=head.article_id, telling=_ARTICLE_TOLD_BY, instant=instant)
    if not found or found[0].title is None:
        return head._replace(locked_because="")
    return head._replace(locked_because="", article_title=found[0].title, article_from=found[0].published_from)


def _cited(assessments: Sequence[Judged], by: dict[str, object]) -> list[Cited]:
    ids = [one.id for one in assessments]
    return fetch(Cited, _CITATIONS, assessments=ids, day=FOR_EVER, wording=_WORDED_BY, **by)


def _evidence(
    by: dict[str, object], *, day: date, stance: str, after: tuple[date, int] | None, size: int
) -> EvidencePage:
    after_day, after_number = after or (date.max, LARGEST_NUMBER)
    rows = fetch_pairs(
        Reported,
        _Said,
        _PAGE,
        day=day,
        stance=stance,
        after_day=after_day,
        after_number=after_number,
        most=size + 1,
        wording=_WORDED_BY,
        **by,
    )
    stories: dict[str, list[Reported]] = {}
    for report, then in rows:
        stories.setdefault(report.story, []).append(_as_then(report, then))
    shown = list(stories.values())
    return EvidencePage(shown[:size], more=len(shown) > size)


def _as_then(report: Reported, then: _Said) -> Reported:
    if not then.said:
        return report
    (published_from, published_to), (event_from, event_to) = _bounds(then.published), _bounds(then.event)
    return report._replace(
        published_from=published_from, published_to=published_to, event_from=event_from, event_to=event_to
    )


def _bounds(written: str | None) -> tuple[date | None, date | None]:
    when = PartialDate.parse(written) if written else None
    return (when.first, when.last) if when else (None, None)
