"""The evidence of a claim, folded by story: a page of it, and every story's mark for the chart and the balance."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from claims.models.folding import HEAVIEST_FIRST, STORY
from claims.queries.rows import fetch


class Reported(NamedTuple):
    """One report as it bears on the claim; `place` 1 is its story's head."""

    story: str
    place: int
    number: int
    stance: str
    weight: str
    note: str
    known_by: date
    evidence_id: UUID
    address: str
    title: str
    summary: str
    type: str
    credibility: int
    published_from: date | None
    published_to: date | None
    event_from: date | None
    event_to: date | None
    source_slug: str
    source_name: str
    reliability: str | None
    link: str | None


class Mark(NamedTuple):
    """One story: its head, how many reports tell it, and since when the latest of them is known."""

    known_by: date
    number: int
    stance: str
    weight: str
    reports: int
    evidence_id: UUID
    title: str
    last_known_by: date


@dataclass(frozen=True)
class EvidencePage:
    """Stories, newest first, each as its reports with the head first; `more` where older ones follow."""

    stories: Sequence[Sequence[Reported]]
    more: bool

    @property
    def next(self) -> tuple[date, int]:
        """Where the next page goes on."""
        head = self.stories[-1][0]
        return head.known_by, head.number


_TOLD = f"""
WITH told AS (
    SELECT bearing.number, bearing.stance, bearing.weight, bearing.note, bearing.known_by, bearing.evidence_id,
           evidence.title, {STORY} AS story,
           row_number() OVER (PARTITION BY {STORY} ORDER BY {HEAVIEST_FIRST}) AS place,
           count(*) OVER (PARTITION BY {STORY}) AS reports,
           max(bearing.known_by) OVER (PARTITION BY {STORY}) AS last_known_by
      FROM bearing
      JOIN evidence ON evidence.id = bearing.evidence_id
     WHERE bearing.claim_id = %(claim)s AND bearing.live AND bearing.state = 'published'
       AND bearing.known_by <= %(day)s)
"""

# The heads of the stories on a page, of what is told of a claim.
HEADS = """, head AS (
    SELECT story, known_by AS head_known_by, number AS head_number
      FROM told
     WHERE place = 1 AND (%(stance)s = '' OR stance = %(stance)s)
       AND known_by <= %(after_day)s AND (known_by < %(after_day)s OR number < %(after_number)s)
     ORDER BY known_by DESC, number DESC
     LIMIT %(most)s)
"""

# What later items did to this one: the strongest word for it.
_LINK = """
(SELECT kind FROM evidence_link JOIN evidence later ON later.id = evidence_link.from_item_id
  WHERE evidence_link.to_item_id = told.evidence_id AND later.live
  ORDER BY array_position(ARRAY['retracts', 'supersedes', 'corrects'], kind::text) LIMIT 1)
"""

_PAGE = f"""{_TOLD}
{HEADS}
SELECT told.story, told.place, told.number, told.stance, told.weight, told.note, told.known_by, told.evidence_id,
       evidence.address, evidence.title, evidence.summary, evidence.type, evidence.credibility,
       evidence.published_from, evidence.published_to, evidence.event_from, evidence.event_to,
       source.slug, source.name, source.reliability, {_LINK}
  FROM head
  JOIN told ON told.story = head.story
  JOIN evidence ON evidence.id = told.evidence_id
  JOIN source ON source.id = evidence.source_id
 ORDER BY head.head_known_by DESC, head.head_number DESC, told.place = 1 DESC, told.number
"""

EVERY_HEAD = """
SELECT known_by, number, stance, weight, reports, evidence_id, title, last_known_by
  FROM told WHERE place = 1
 ORDER BY known_by DESC, number DESC
"""

_MARKS = f"{_TOLD}{EVERY_HEAD}"

LARGEST_NUMBER = 2_147_483_647


def evidence_page(claim: UUID, *, day: date, stance: str, after: tuple[date, int] | None, size: int) -> EvidencePage:
    """A page of the stories known by `day`, those of one stance where it is given. One query."""
    after_day, after_number = after or (date.max, LARGEST_NUMBER)
    reports = fetch(
        Reported,
        _PAGE,
        claim=claim,
        day=day,
        stance=stance,
        after_day=after_day,
        after_number=after_number,
        most=size + 1,
    )
    stories: dict[str, list[Reported]] = {}
    for report in reports:
        stories.setdefault(report.story, []).append(report)
    shown = list(stories.values())
    return EvidencePage(shown[:size], more=len(shown) > size)


def marks(claim: UUID, *, day: date) -> list[Mark]:
    """Every story known by `day`, newest first. One query."""
    return fetch(Mark, _MARKS, claim=claim, day=day)


def marks_of(page: EvidencePage) -> list[Mark]:
    """The marks of a page that holds every story, without asking again."""
    return [
        Mark(
            story[0].known_by,
            story[0].number,
            story[0].stance,
            story[0].weight,
            len(story),
            story[0].evidence_id,
            story[0].title,
            max(report.known_by for report in story),
        )
        for story in page.stories
    ]
