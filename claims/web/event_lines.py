"""Changes put into lines: what each is about, where it leads, and what happened, in the words of one hand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from claims.dates import day_words
from claims.models import Reliability, Verb
from claims.queries.changes import Change, Judged, Thing, Touched
from claims.scoring import percent_words
from claims.verdicts import ANNULLED_BECAUSE
from claims.web import paths
from claims.web.icons import icon
from claims.wordings import assessed_line, evidence_line, on_words

_TAKEN_OFF = {
    Verb.EVIDENCE_WITHDRAWN: ("was withdrawn", "it no longer counts anywhere"),
    Verb.EVIDENCE_REDACTED: ("was removed", "on legal grounds, which its page names"),
}
WORDING = {"wording": "worded anew", "clarification": "clarified", "change-of-meaning": "restated with another meaning"}


@dataclass(frozen=True, slots=True)
class Line:
    """One change. `title` leads to `href` where there is one; `claims` are (address, title, what happened to it).

    `among` is how many claims there are where not all are named; `same_day` says that the line before has this day too.
    """

    day: str
    day_iso: str
    same_day: bool
    title: str
    href: str
    words: SafeString
    claims: Sequence[tuple[str, str, str]]
    among: str


def lines_of(changes: Iterable[Change], *, fold: bool = True) -> list[Line]:
    """A line for each change; `fold` hangs the claims that an item bears on below its line."""
    lines: list[Line] = []
    before: date | None = None
    for change in changes:
        day = change.event.about_on
        title, href, words, claims = _told(change)
        if not title:
            continue
        lines.append(
            Line(
                day=day_words(day),
                day_iso=day.isoformat(),
                same_day=day == before,
                title=title,
                href=href,
                words=words,
                claims=claims if fold else (),
                among=_among(change, claims),
            )
        )
        before = day
    return lines


Told = tuple[str, str, SafeString, Sequence[tuple[str, str, str]]]


def _told(change: Change) -> Told:
    verb = change.event.verb
    if change.judged is not None:
        return _of_the_claim(change, judged_words(change.judged, verb=verb))
    if verb == Verb.CLAIM_OPENED:
        return _of_claims(change, one="opened", many="claims were opened")
    if verb == Verb.CLAIM_REVISED:
        words = WORDING.get(change.claims[0].wording, "revised") if change.claims else "revised"
        return _of_claims(change, one=words, many=_revised_words(change.claims))
    if verb in _TAKEN_OFF:
        bore = f", which bore on {_counted(change.claims_count)}," if change.claims_count else ""
        done, words = _TAKEN_OFF[Verb(verb)]
        href = paths.evidence_path(change.event.subject_id) if verb == Verb.EVIDENCE_REDACTED else ""
        return f"An item of evidence{bore} {done}", href, _plain(words), _links(change.claims)
    if verb in (Verb.MERGED, Verb.UNMERGED):
        return _of_a_merge(change)
    if verb == Verb.SOURCE_GRADED and change.thing is not None:
        return change.thing.title, paths.source_path(change.thing.slug), _plain(_graded_words(change)), ()
    if verb == Verb.ARTICLE_ADDED and change.thing is not None:
        return change.thing.title, paths.article_path(change.thing.slug), _plain("an article, followed from now on"), ()
    return _of_an_item(change)


def judged_words(judged: Judged, *, verb: str) -> SafeString:
    """What a judgement says, its number in bold: "24 to **6 %**, very unlikely", "borne out on 27 Aug 2025"."""
    if judged.status == "open":
        before = None if verb == Verb.REOPENED else judged.before
        words = assessed_line(status=judged.status, probability=judged.probability, before=before)
        if verb == Verb.REOPENED:
            words = f"reopened, {words.removeprefix('first assessed, ')}"
        if judged.probability is None:
            return _plain(words)
        number = percent_words(judged.probability)
        head, _, tail = words.partition(number)
        return format_html('{}<b class="ink">{}</b>{}', head, number, tail)
    words = judged.status.replace("-", " ")
    if judged.status == "annulled":
        reason = ANNULLED_BECAUSE.get(judged.annulled_because or "")
        return format_html(
            '{} <b class="ink">{}</b>{}', icon(judged.status), words, f", because {reason}" if reason else ""
        )
    happened = on_words(judged.occurred_on) if judged.status != "not-borne-out" else ""
    share = ""
    if judged.status == "partly-borne-out" and judged.probability is not None:
        share = f", counted as {percent_words(judged.probability)}"
    return format_html('{} <b class="ink">{}</b>{}{}', icon(judged.status), words, happened, share)


def _of_the_claim(change: Change, words: SafeString) -> Told:
    claim = change.claims[0] if change.claims else None
    return claim.title if claim else "", paths.claim_path(claim.slug) if claim else "", words, ()


def _of_claims(change: Change, *, one: str, many: str) -> Told:
    if change.claims_count == 1:
        return _of_the_claim(change, _plain(one))
    number = f"{change.claims_count:,}" if change.claims_count <= 1000 else "More than 1,000"
    return f"{number} {many}", "", SafeString(""), _links(change.claims)


def _revised_words(claims: Sequence[Touched]) -> str:
    types = {touched.wording for touched in claims}
    return f"claims were {WORDING.get(types.pop(), 'revised')}" if len(types) == 1 else "claims were given other words"


def _of_an_item(change: Change) -> Told:
    thing, verb = change.thing, change.event.verb
    if thing is None:
        return "", "", SafeString(""), ()
    count = change.claims_count
    # The slug of a bearing's thing is its item's id.
    href = paths.evidence_path(thing.slug or thing.id)
    words = {
        Verb.BEARING_SET: f"now also bears on {_counted(count)}",
        Verb.BEARING_APPROVED: f"now also bears on {_counted(count)}",
        Verb.BEARING_CHANGED: f"weighed anew for {_counted(count)}",
        Verb.BEARING_WITHDRAWN: f"no longer counts for {_counted(count)}",
    }.get(Verb(verb))
    if verb == Verb.EVIDENCE_LINKED and change.detail is not None:
        earlier = f"“{change.other.title}”" if change.other is not None and change.other.shown else "an earlier item"
        words = f"{change.detail.now} {earlier}"
    return thing.title, href, _plain(words or evidence_line(source=thing.source, claims=count)), _links(change.claims)


def _of_a_merge(change: Change) -> Told:
    """A merged item is told by what it leads to; a source, and an item that stands again, by its own name."""
    thing, other = change.thing, change.other if change.other is not None and change.other.shown else None
    links = _links(change.claims)
    if change.event.verb == Verb.UNMERGED:
        named = f"“{other.title}”" if other else "another"
        href = _path_of(change, thing)
        return (thing.title if thing else "", href, _plain(f"no longer merged into {named}"), links)
    if change.event.subject_type == "source":
        named = f"“{other.title}”" if other else "another source"
        return (thing.title if thing else "", _path_of(change, other), _plain(f"merged into {named}"), links)
    if other is None:
        return "An item of evidence was merged into another", "", _plain("they are one report"), links
    return other.title, _path_of(change, other), _plain("another item was merged into it: they are one report"), links


def _path_of(change: Change, thing: Thing | None) -> str:
    if thing is None:
        return ""
    return paths.source_path(thing.slug) if change.event.subject_type == "source" else paths.evidence_path(thing.id)


def _graded_words(change: Change) -> str:
    now, was = (change.detail.now, change.detail.was) if change.detail is not None else ("", "")
    graded = f"graded {now}, {Reliability(now).label}" if now else "no longer graded"
    return f"{graded}; before, {was}" if was else graded


def _links(claims: Sequence[Touched]) -> list[tuple[str, str, str]]:
    several = len({touched.wording for touched in claims}) > 1
    return [
        (paths.claim_path(touched.slug), touched.title, WORDING.get(touched.wording, "") if several else "")
        for touched in claims
    ]


def _among(change: Change, claims: Sequence[object]) -> str:
    rest = change.claims_count - len(claims)
    if not claims or rest <= 0:
        return ""
    return f"and {rest:,} more" if change.claims_count <= 1000 else "and more"


def _counted(number: int) -> str:
    return f"{number:,} claim{'' if number == 1 else 's'}"


def _plain(words: str) -> SafeString:
    return mark_safe(conditional_escape(words))  # noqa: S308  escaped
