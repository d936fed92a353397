"""The record of what was done to a thing, newest first: acts with their bodies, and what an act changed.

A body is read here whether or not its subject is public; what may be shown is said by `public` and by the caller.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from claims.queries.public_bodies import THOUGHT_BETTER_OF
from claims.queries.rows import fetch

LAST = UUID(int=2**128 - 1)  # an id after every event's
NOT_YET = datetime.max.replace(tzinfo=UTC)  # an instant after every act's


class _Act(NamedTuple):
    id: UUID
    recorded_at: datetime
    about_on: date
    actor: str | None
    verb: str
    subject_type: str
    subject_id: UUID
    commitment: bytes
    payload: str | None
    earlier: str | None


@dataclass(frozen=True, slots=True)
class Act:
    """One event; `said` is its body, empty where that was redacted; `earlier` what was said before it."""

    id: UUID
    recorded_at: datetime
    about_on: date
    actor: str | None
    verb: str
    subject_type: str
    subject_id: UUID
    commitment: str
    said: dict[str, Any]
    earlier: dict[str, Any] | None


@dataclass(frozen=True)
class Acts:
    """A page of acts, newest first; `more` where older ones follow."""

    rows: Sequence[Act]
    more: bool

    @property
    def next(self) -> tuple[UUID]:
        """Where the next page goes on."""
        return (self.rows[-1].id,)


class Touched(NamedTuple):
    """A claim that an item bears or bore on; `public` once it has had a number."""

    bearing_id: UUID
    claim_id: UUID
    slug: str
    title: str
    number: int | None
    state: str


class Named(NamedTuple):
    """A thing as other histories name it."""

    key: str
    name: str


class _Source(NamedTuple):
    key: str
    slug: str
    name: str


class Regraded(NamedTuple):
    """What a source was called and how it was graded from an act on, and before it."""

    event_id: UUID
    name: str
    kind: str
    reliability: str | None
    was_name: str | None
    was_kind: str | None
    was_reliability: str | None


# The words that stood before an act that gave new ones: the last body of this subject that told them all.
_EARLIER = """
CASE WHEN event.verb = ANY(%(rewording)s) THEN (
    SELECT body.payload FROM event before JOIN event_body body ON body.event_id = before.id
     WHERE before.subject_type = event.subject_type AND before.subject_id = event.subject_id AND before.id < event.id
       AND before.verb = ANY(%(wording)s)
     ORDER BY before.id DESC LIMIT 1) END
"""

_SAID = f"CASE WHEN {THOUGHT_BETTER_OF} THEN event_body.payload - 'reason' ELSE event_body.payload END"

_READ = f"""
SELECT event.id, event.recorded_at, event.about_on, person.name, event.verb, event.subject_type, event.subject_id,
       event.commitment, {_SAID}, {_EARLIER}
  FROM event
  LEFT JOIN event_body ON event_body.event_id = event.id
  LEFT JOIN person ON person.id = event.actor_id
"""

_OF_SUBJECT = f"""{_READ}
 WHERE event.subject_type = %(kind)s AND event.subject_id = %(subject)s AND event.id < %(before)s
   AND event.recorded_at <= %(until)s
 ORDER BY event.id DESC
 LIMIT %(most)s
"""

# Acts that merged another thing of the kind into this one, or undid that.
_MERGES_INTO = """
SELECT event.id FROM merge
  JOIN event ON event.subject_type = merge.subject_type AND event.subject_id = merge.from_id
            AND event.verb IN ('merged', 'unmerged')
  JOIN event_body told ON told.event_id = event.id AND told.payload ->> 'into' = merge.into_id::text
 WHERE merge.subject_type = %(kind)s AND merge.into_id = %(subject)s AND merge.state IN ('confirmed', 'undone')
"""

# Acts on the item, on its bearings, the links that later items made to it, and merges into it.
_OF_ITEM = f"""{_READ}
  JOIN (SELECT id FROM event WHERE subject_type = 'evidence' AND subject_id = %(subject)s
        UNION
        SELECT event.id FROM bearing JOIN event ON event.subject_type = 'bearing' AND event.subject_id = bearing.id
         WHERE bearing.evidence_id = %(subject)s
        UNION
        SELECT event_id FROM evidence_link WHERE to_item_id = %(subject)s
        UNION
        {_MERGES_INTO}) chosen ON chosen.id = event.id
 WHERE event.id < %(before)s AND event.recorded_at <= %(until)s
 ORDER BY event.id DESC
 LIMIT %(most)s
"""

# Acts on the source, and merges into it.
_OF_SOURCE = f"""{_READ}
  JOIN (SELECT id FROM event WHERE subject_type = 'source' AND subject_id = %(subject)s
        UNION
        {_MERGES_INTO}) chosen ON chosen.id = event.id
 WHERE event.id < %(before)s AND event.recorded_at <= %(until)s
 ORDER BY event.id DESC
 LIMIT %(most)s
"""

_TOUCHED = """
SELECT bearing.id, claim.id, claim.slug, claim.title, bearing.number, bearing.state
  FROM bearing JOIN claim ON claim.id = bearing.claim_id
 WHERE bearing.evidence_id = %(item)s
"""

_SOURCES = "SELECT slug, name FROM source WHERE slug = ANY(%(slugs)s)"

_MERGED_SOURCES = "SELECT id::text, slug, name FROM source WHERE id = ANY(%(ids)s::uuid[])"

_ITEMS = "SELECT id::text, title FROM evidence WHERE id = ANY(%(items)s) AND live"

_REGRADED = """
SELECT now.event_id, now.name, now.kind, now.reliability, before.name, before.kind, before.reliability
  FROM source_revision now
  LEFT JOIN source_revision before ON before.source_id = now.source_id AND before.number = now.number - 1
 WHERE now.source_id = %(source)s AND now.event_id = ANY(%(events)s)
"""

_ARTICLE = "SELECT id::text, title FROM article WHERE slug = %(slug)s"

_ITEM_WORDING = ["evidence-logged", "evidence-submitted", "evidence-revised"]
_ARTICLE_WORDING = ["article-added", "article-revised"]


def read_acts(sql: str, *, size: int, until: datetime | None, **given: object) -> Acts:
    """A page of acts by a SELECT that has the columns of `_READ`, of those recorded by `until` where it is given."""
    rows = [_act(row) for row in fetch(_Act, sql, most=size + 1, until=until or NOT_YET, **given)]
    return Acts(rows[:size], more=len(rows) > size)


def item_acts(item: UUID, *, before: UUID | None, size: int, until: datetime | None = None) -> Acts:
    """What was done to an item and its bearings, with the words that each rewording replaced. One query."""
    return read_acts(
        _OF_ITEM,
        size=size,
        until=until,
        kind="evidence",
        subject=item,
        before=before or LAST,
        rewording=["evidence-revised"],
        wording=_ITEM_WORDING,
    )


def source_acts(source: UUID, *, before: UUID | None, size: int, until: datetime | None = None) -> Acts:
    """What was done to a source, merges into it included. One query."""
    return read_acts(
        _OF_SOURCE,
        size=size,
        until=until,
        kind="source",
        subject=source,
        before=before or LAST,
        rewording=[],
        wording=[],
    )


def article_acts(article: UUID, *, before: UUID | None, size: int, until: datetime | None = None) -> Acts:
    """What was done to an article's record, with the words that each revision replaced. One query."""
    return read_acts(
        _OF_SUBJECT,
        size=size,
        until=until,
        kind="article",
        subject=article,
        before=before or LAST,
        rewording=["article-revised"],
        wording=_ARTICLE_WORDING,
    )


def touched_claims(item: UUID) -> list[Touched]:
    """The claims that an item bears or bore on, also where that waits or was taken back. One query."""
    return fetch(Touched, _TOUCHED, item=item)


def source_names(slugs: Sequence[str]) -> dict[str, str]:
    """The names of sources by slug. One query."""
    return dict(fetch(Named, _SOURCES, slugs=list(slugs)))


def merged_sources(acts: Sequence[Act]) -> dict[str, tuple[str, str]]:
    """The sources that merges among these acts were about: slug and name by id. One query, none without merges."""
    ids = {str(end) for act in acts if act.verb in ("merged", "unmerged") for end in (act.subject_id, act.said["into"])}
    rows = fetch(_Source, _MERGED_SOURCES, ids=sorted(ids)) if ids else []
    return {row.key: (row.slug, row.name) for row in rows}


def item_titles(items: Sequence[UUID]) -> dict[str, str]:
    """The titles of those of these items that are public, by id. One query."""
    return dict(fetch(Named, _ITEMS, items=list(items)))


def regradings(source: UUID, events: Sequence[UUID]) -> dict[UUID, Regraded]:
    """What each of these acts made of a source, by act. One query."""
    return {row.event_id: row for row in fetch(Regraded, _REGRADED, source=source, events=list(events))}


def find_article(slug: str) -> tuple[UUID, str] | None:
    """An article's id and title by its slug, or None. One query."""
    found = fetch(Named, _ARTICLE, slug=slug)
    return (UUID(found[0].key), found[0].name) if found else None


def _act(row: _Act) -> Act:
    return Act(
        row.id,
        row.recorded_at,
        row.about_on,
        row.actor,
        row.verb,
        row.subject_type,
        row.subject_id,
        bytes(row.commitment).hex(),
        json.loads(row.payload) if row.payload else {},
        json.loads(row.earlier) if row.earlier else None,
    )
