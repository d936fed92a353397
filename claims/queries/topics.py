"""Topics, and the choices that the list of claims offers."""

from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from claims.queries.rows import fetch

MOST_TOPICS = 500
MOST_CHOICES = 200
COUNTED_TO = 1000


class TopicRow(NamedTuple):
    """A topic, and of how many claims it is, counted up to one more than COUNTED_TO."""

    slug: str
    name: str
    claims: int


class Choice(NamedTuple):
    """Something to filter by."""

    id: UUID
    slug: str
    name: str


@dataclass(frozen=True)
class Choices:
    """What a list can be filtered by: the first topics by name and the newest articles, and what was chosen anyway."""

    topics: list[Choice]
    articles: list[Choice]


_TOPICS = f"""
SELECT slug, name, (SELECT count(*) FROM (SELECT FROM claim_topic WHERE topic_id = topic.id LIMIT {COUNTED_TO + 1}) own)
  FROM topic ORDER BY lower(name) COLLATE "C", id LIMIT {MOST_TOPICS}
"""

_ONE = "SELECT id, slug, name FROM topic WHERE slug = %(slug)s"

_TOPIC_CHOICES = f"""
SELECT id, slug, name FROM topic
 WHERE slug = %(chosen)s OR id IN (SELECT id FROM topic ORDER BY lower(name) COLLATE "C", id LIMIT {MOST_CHOICES})
 ORDER BY lower(name) COLLATE "C", id
"""

_ARTICLE_CHOICES = f"""
SELECT id, slug, title FROM article
 WHERE slug = %(chosen)s
    OR id IN (SELECT id FROM article ORDER BY published_to DESC NULLS LAST, id DESC LIMIT {MOST_CHOICES})
 ORDER BY published_to DESC NULLS LAST, id DESC
"""


def all_topics() -> list[TopicRow]:
    """The topics by name, 500 at most. One query."""
    return fetch(TopicRow, _TOPICS)


def topic_of(slug: str) -> Choice | None:
    """The topic under this slug, or None. One query."""
    found = fetch(Choice, _ONE, slug=slug)
    return found[0] if found else None


def choices(*, topic: str, article: str) -> Choices:
    """What can be chosen, with the topic and the article of these slugs where there are such. Two queries."""
    return Choices(fetch(Choice, _TOPIC_CHOICES, chosen=topic), fetch(Choice, _ARTICLE_CHOICES, chosen=article))
