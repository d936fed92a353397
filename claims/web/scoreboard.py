"""A scoreboard as it stands on a page: one shape for each scored claim, the numbers, and what is not counted."""

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from claims.queries.scoreboard import SCORED, Scoreboard
from claims.web.icons import icon

MOST_SHAPES = 120
"""More shapes than that nobody counts, and the numbers say it."""

_UNIT = {"borne-out": "borne", "partly-borne-out": "partly", "not-borne-out": "not", "open": "open"}
_NO_ANSWER = "to which the world gives no clear answer"
_WHY_NOT = (
    ("fact", "statement of fact", "statements of fact"),
    ("already-so", "that was already so when the article appeared", "that were already so when the article appeared"),
    ("ambiguous", _NO_ANSWER, _NO_ANSWER),
    ("annulled", "that was annulled", "that were annulled"),
)
_AT_FIRST = {"above": "above even chances", "near": "near even chances", "below": "below even chances"}
_AFTER_THAT = {"above": "above", "near": "near even", "below": "below"}


@dataclass(frozen=True, slots=True)
class Board:
    """`units` are the shapes, `tally` is (link, number, words), `words` say the rest."""

    units: SafeString
    tally: list[tuple[str, str, str]]
    words: str
    scored: str


def board_of(scoreboard: Scoreboard, *, table: str) -> Board:
    """The scoreboard; its numbers link into the article's `table` (an address that has a query string)."""
    tally = [
        (
            f"{table}#{'open' if status == 'open' else 'settled'}",
            f"{scoreboard.scored[status]:,}",
            status.replace("-", " "),
        )
        for status in SCORED
        if scoreboard.scored.get(status)
    ]
    return Board(_units(scoreboard), tally, _words(scoreboard), _scored(scoreboard))


def _units(scoreboard: Scoreboard) -> SafeString:
    if scoreboard.scored_count > MOST_SHAPES:
        return SafeString("")
    shapes = (
        f'<span class="unit unit--{_UNIT[status]}">{icon(status)}</span>' * scoreboard.scored.get(status, 0)
        for status in SCORED
    )
    return mark_safe("".join(shapes))  # noqa: S308  our own shapes alone


def _scored(scoreboard: Scoreboard) -> str:
    if scoreboard.scored_count == scoreboard.count:
        return f"{_counted(scoreboard.count, 'claim', 'claims')}, all scored" if scoreboard.count > 1 else ""
    return f"{scoreboard.scored_count:,} of {_counted(scoreboard.count, 'claim', 'claims')} are scored"


def _words(scoreboard: Scoreboard) -> str:
    return " ".join(filter(None, (_chances(scoreboard), _not_counted(scoreboard))))


def _chances(scoreboard: Scoreboard) -> str:
    found = [(scoreboard.chances[where], where) for where in _AT_FIRST if scoreboard.chances.get(where)]
    told = [f"{number:,} {_AFTER_THAT[where]}" for number, where in found]
    sentences = []
    if scoreboard.scored.get("open") == 1 and found:
        sentences.append(f"The open one stands {_AT_FIRST[found[0][1]]}.")
    elif found:
        number, where = found[0]
        told[0] = f"{number:,} {'stands' if number == 1 else 'stand'} {_AT_FIRST[where]}"
        sentences.append(f"Of the open ones {', '.join(told)}.")
    if unassessed := scoreboard.chances.get(""):
        sentences.append(f"{unassessed:,} {'is' if unassessed == 1 else 'are'} not assessed yet.")
    return " ".join(sentences)


def _not_counted(scoreboard: Scoreboard) -> str:
    unscored = scoreboard.unscored
    told = [
        f"{unscored[why]:,} {one if unscored[why] == 1 else many}" for why, one, many in _WHY_NOT if unscored.get(why)
    ]
    return f"Not counted: {_and(told)}." if told else ""


def _and(told: list[str]) -> str:
    return f"{', '.join(told[:-1])} and {told[-1]}" if len(told) > 1 else told[0]


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
