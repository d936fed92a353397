"""The words that a claim is matched by, as its page at the desk lists them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from claims.leads.written import written
from claims.models import Chosen, TermChoice
from claims.queries.rows import fetch

MOST_SHOWN = 60
_NEWEST = 200  # items whose words are looked at for how a lexeme is written

_TERMS = """
SELECT lexeme, weight, own FROM claim_term
 WHERE claim_id = %(claim)s ORDER BY own DESC, weight DESC, lexeme LIMIT %(most)s
"""

_WORDING = """
SELECT title, statement, criteria,
       coalesce((SELECT string_agg(name, ' ' ORDER BY name) FROM claim_topic JOIN topic ON topic.id = topic_id
                  WHERE claim_id = %(claim)s), '') AS topics
  FROM claim_revision
 WHERE claim_id = %(claim)s AND in_force_from <= %(today)s
 ORDER BY in_force_from DESC, number DESC LIMIT 1
"""

_PLACES = """
SELECT word.lexeme, 'its ' || field.name AS place
  FROM (VALUES ('title', %(title)s), ('statement', %(statement)s), ('criteria', %(criteria)s), ('topics', %(topics)s))
       AS field (name, told)
 CROSS JOIN LATERAL unnest(to_tsvector('english', field.told)) word
 WHERE word.lexeme = ANY(%(lexemes)s)
"""

_ITEMS = """
SELECT item.title, item.summary,
       ARRAY(SELECT lexeme FROM unnest(item.search) word WHERE lexeme = ANY(%(lexemes)s)) AS lexemes
  FROM (SELECT evidence_id FROM bearing
         WHERE claim_id = %(claim)s AND live AND state = 'published'
         ORDER BY known_by DESC, id DESC LIMIT %(most)s) bearing
  JOIN evidence item ON item.id = bearing.evidence_id
"""


class _Term(NamedTuple):
    lexeme: str
    weight: float
    own: float


class _Wording(NamedTuple):
    title: str
    statement: str
    criteria: str
    topics: str


class _Place(NamedTuple):
    lexeme: str
    place: str


class _Item(NamedTuple):
    title: str
    summary: str
    lexemes: list[str]


@dataclass(frozen=True)
class Term:
    """A word of a claim: what it says of this claim, in hundredths of the one that says most, and where it stands.

    `items` counts those among the claim's newest that hold it; `shared` says that it speaks for its article as well.
    """

    lexeme: str
    word: str
    weight: int
    places: tuple[str, ...]
    items: int
    shared: bool
    choice: str


@dataclass(frozen=True)
class Terms:
    """The words that say most of the claim, the best first, and those that an editor switched off."""

    words: list[Term]
    off: list[TermChoice]
    more: bool


def terms_of(claim: UUID, *, today: date) -> Terms:
    """The words that a claim is matched by. Six SQL queries."""
    found = fetch(_Term, _TERMS, claim=claim, most=MOST_SHOWN + 1)
    shown = found[:MOST_SHOWN]
    lexemes = [term.lexeme for term in shown]
    choices = {one.lexeme: one for one in TermChoice.objects.filter(claim_id=claim).order_by("word")}
    [wording] = fetch(_Wording, _WORDING, claim=claim, today=today)
    places = fetch(_Place, _PLACES, lexemes=lexemes, **wording._asdict())
    items = fetch(_Item, _ITEMS, claim=claim, lexemes=lexemes, most=_NEWEST)
    [words] = written(["\n".join([*wording, *(f"{item.title}\n{item.summary}" for item in items)])])
    heaviest = shown[0].own if shown else 1.0
    return Terms(
        words=[
            Term(
                lexeme=term.lexeme,
                word=choices[term.lexeme].word if term.lexeme in choices else words.get(term.lexeme, term.lexeme),
                weight=round(100 * term.own / (heaviest or 1.0)),
                places=_places(term.lexeme, places),
                items=sum(term.lexeme in item.lexemes for item in items),
                shared=term.weight > term.own,
                choice=choices[term.lexeme].choice if term.lexeme in choices else "",
            )
            for term in shown
        ],
        off=[one for one in choices.values() if one.choice == Chosen.OFF],
        more=len(found) > MOST_SHOWN,
    )


def _places(lexeme: str, places: Sequence[_Place]) -> tuple[str, ...]:
    return tuple(one.place for one in places if one.lexeme == lexeme)
