"""What the home page gathers: the newest articles, what moved, what was settled, what changed, what falls due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from claims.queries.article import Listed, items_of, newest_articles
from claims.queries.changes import Changes, changes
from claims.queries.claim_list import SECTIONS
from claims.queries.claim_rows import BY_ASSESSMENT, BY_DUE, BY_SETTLING, ClaimRow, claim_rows
from claims.queries.sparks import Sparks, sparks_of

ARTICLES, MOVERS, SETTLED, CHANGES, DUE = 4, 6, 4, 8, 5
LEAST_MOVE = "claim.moved >= 0.05"
"""From five points on a change is a move worth telling."""
_DATED = "claim.due_sort < DATE '9999-12-31'"


@dataclass(frozen=True)
class Home:
    """The home page; `items` counts the evidence of the article where there is but one."""

    articles: Sequence[Listed]
    items: Mapping[UUID, int]
    movers: Sequence[ClaimRow]
    sparks: Sparks
    settled: Sequence[ClaimRow]
    due: Sequence[ClaimRow]
    changes: Changes


def home(*, today: date) -> Home:
    """The home page. Twelve queries, eleven unless there is one article."""
    is_open, is_settled = SECTIONS["open"][0], SECTIONS["settled"][0]
    articles = newest_articles(ARTICLES)
    movers = claim_rows([is_open, LEAST_MOVE], BY_ASSESSMENT, size=MOVERS, day=None)
    return Home(
        articles=articles,
        items=items_of([articles[0].head.id]) if len(articles) == 1 else {},
        movers=movers,
        sparks=sparks_of((row.id for row in movers), last=today),
        settled=claim_rows([is_settled], BY_SETTLING, size=SETTLED, day=None),
        due=claim_rows([is_open, "claim.due_sort >= %(today)s", _DATED], BY_DUE, size=DUE, day=None, today=today),
        changes=changes(kinds=("judgements", "evidence"), size=CHANGES),
    )
