"""What is said of a stale claim, on pages and in mail: each reason in words, and the act that settles it."""

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from claims.dates import day_words
from claims.scoring import percent_words
from claims.stale import (
    Action,
    Broken,
    Decided,
    Do,
    Fallen,
    HorizonPassed,
    Item,
    NewEvidence,
    Peer,
    Reason,
    RestsOn,
    ReviewPassed,
    SignpostMet,
    Unlikely,
    Why,
)

NAMED = 3
"""So many of a claim's new items are named."""


class Named(NamedTuple):
    """A thing that is called by its title, and its page."""

    title: str
    href: str


Part = str | Named

LABELS = {
    Why.DECIDED: "Decided by another claim",
    Why.HORIZON: "Past its due date",
    Why.CITED: "Rests on what fell",
    Why.CHANCE: "At odds with another claim",
    Why.SIGNPOST: "A signpost seems met",
    Why.EVIDENCE: "New evidence",
    Why.REVIEW: "Review due",
}
_BECAME = {
    Broken.WITHDRAWN: "withdrawn",
    Broken.REDACTED: "redacted",
    Broken.MERGED: "merged into another item",
    Broken.BEARING: "said to bear on it no more",
    Broken.RETRACTED: "retracted",
    Broken.CORRECTED: "corrected",
    Broken.SUPERSEDED: "superseded",
}
_ACTS = {Do.ANNUL: "Annul", Do.FAIL: "Resolve as not borne out", Do.RESOLVE: "Resolve", Do.ASSESS: "Assess"}
_PREFILLED = {
    Do.ANNUL: {"status": "annulled", "annulled_because": "assumption-fell"},
    Do.FAIL: {"status": "not-borne-out"},
    Do.RESOLVE: {},
    Do.ASSESS: {},
}
_MOST_NUMBERS = 5


def parts_of(reason: Reason) -> list[Part]:
    """One or two sentences on a reason, with what they name."""
    match reason:
        case Decided():
            start = "A necessary part of it, " if reason.part else "Its condition, "
            return [start, _peer(reason.by), ", is not borne out."]
        case HorizonPassed():
            return [f"Fell due on {day_words(reason.due_on)} and is open still."]
        case RestsOn():
            return ["Its judgement cites ", "; ".join(_fallen(item) for item in reason.items), "."]
        case Unlikely():
            return _unlikely(reason)
        case SignpostMet():
            return _signpost(reason)
        case NewEvidence():
            return _new(reason)
        case ReviewPassed():
            return [f"Was to be looked at by {day_words(reason.due_on)}."]


def text_of(reason: Reason) -> str:
    """The same as plain text."""
    return "".join(part if isinstance(part, str) else f"“{part.title}”" for part in parts_of(reason))


def act_words(action: Action) -> str:
    """What the act is called, such as "Assess without [3]"."""
    words = _ACTS[action.do]
    return f"{words} without {_numbers(action.without)}" if action.without else words


def act_path(slug: str, action: Action) -> str:
    """The form of the act, with everything filled in that is known."""
    form = "assess" if action.do == Do.ASSESS else "resolve"
    given = dict(_PREFILLED[action.do])
    if action.cites:
        given["cites"] = ",".join(str(number) for number in action.cites)
    query = f"?{urlencode(given, safe=',')}" if given else ""
    return f"/desk/claims/{slug}/{form}/{query}"


def _peer(peer: Peer) -> Named:
    return Named(peer.title, f"/claims/{peer.slug}/")


def _item(item: Item) -> Named:
    return Named(item.title, f"/evidence/{item.id}/")


def _chance(peer: Peer) -> str:
    return percent_words(peer.probability) if peer.probability is not None else "no number"


def _unlikely(reason: Unlikely) -> list[Part]:
    own = percent_words(reason.own)
    if reason.part:
        [part] = reason.peers
        return [f"Stands at {own}, above what it cannot do without: ", _peer(part), f", at {_chance(part)}."]
    said: list[Part] = [f"Stands at {own} and competes with "]
    for place, peer in enumerate(reason.peers):
        if place:
            said.append(" and " if place == len(reason.peers) - 1 else ", ")
        said += [_peer(peer), f" at {_chance(peer)}"]
    return [*said, f": together {percent_words(reason.together)}."]


def _signpost(reason: SignpostMet) -> list[Part]:
    way = "raise" if reason.raises else "lower"
    return [
        f"Item [{reason.item.number}], ",
        _item(reason.item),
        f", has {len(reason.words)} of the {reason.of} words of a signpost that would {way} the number,"
        f" “{reason.text}”: {', '.join(reason.words)}.",
    ]


def _new(reason: NewEvidence) -> list[Part]:
    many = f"More than {len(reason.items)}" if reason.more else str(len(reason.items))
    one = len(reason.items) == 1 and not reason.more
    things = f"{many} {'item' if one else 'items'}"
    weighed = f"that the judgement of {day_words(reason.judged_on)} did not weigh" if reason.judged_on else ""
    said: list[Part] = [f"{things} {weighed}: " if weighed else f"{things} and no judgement yet: "]
    for place, item in enumerate(reason.items[:NAMED]):
        said += [", " if place else "", f"[{item.number}] ", _item(item)]
    beyond = len(reason.items) - NAMED
    if beyond > 0 or reason.more:
        said.append(" and others")
    return [*said, "."]


def _fallen(item: Fallen) -> str:
    if item.how == Broken.DOWNGRADED:
        return (
            f"[{item.number}], whose source, {item.source}, went from {item.was or 'no grade'} to {item.now or 'none'}"
        )
    by = f" by [{item.later}]" if item.later is not None and item.how != Broken.MERGED else ""
    into = f"merged into [{item.later}]" if item.how == Broken.MERGED and item.later is not None else ""
    return f"[{item.number}], {into or _BECAME[item.how]}{by} on {day_words(item.on)}"


def _numbers(numbers: Sequence[int]) -> str:
    named = [f"[{number}]" for number in numbers[:_MOST_NUMBERS]]
    if len(numbers) > _MOST_NUMBERS:
        return ", ".join(named) + " and others"
    return " and ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)
