"""The history of a claim: its judgements, wordings and evidence as entries."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from uuid import UUID

from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.dates import day_words
from claims.models import RevisionType
from claims.queries.history import Act
from claims.queries.history_claim import MERGE_VERBS, RELATION_VERBS, Borne, ClaimHistory, Head, Judged, Worded
from claims.scoring import percent_words
from claims.verdicts import ANNULLED_BECAUSE
from claims.web import paths
from claims.web.diff import value_diff
from claims.web.history_entries import (
    NOT_PUBLIC,
    Entry,
    Line,
    changed_heading,
    entry,
    field_changes,
    link_tag,
    plain_entry,
    stance_line,
)
from claims.web.history_merges import merge_entry
from claims.wordings import RELATION_WORDS

_DONE = {
    "evidence-logged": "logged",
    "evidence-submitted": "submitted for approval",
    "evidence-approved": "approved",
    "evidence-returned": "returned to its author",
    "evidence-rejected": "rejected",
    "evidence-revised": "revised",
    "evidence-withdrawn": "withdrawn",
    "evidence-linked": "linked with another",
    "bearing-set": "bearing set",
    "bearing-changed": "bearing changed",
    "bearing-withdrawn": "bearing taken back",
    "bearing-approved": "bearing approved",
    "bearing-rejected": "bearing rejected",
    "merged": "merged into another item",
    "unmerged": "taken out of a merge",
    "decision-undone": "decision undone",
}
_LABELS = (
    "Title",
    "Statement",
    "Criteria",
    "Fine print",
    "Falls due",
    "Author’s confidence",
    "Things to watch",
    "Review",
)


def claim_entries(history: ClaimHistory, head: Head) -> list[Entry]:
    """The page's acts as entries; acts on evidence that follow each other are told as one."""
    entries: list[Entry] = []
    for _, run in groupby(history.acts.rows, key=_together):
        acts = list(run)
        told = _of_evidence(acts, history, head) if _on_evidence(acts[0]) else _of_claim(acts[0], history, head)
        then = paths.claim_path(head.slug, recorded_by=acts[0].recorded_at)
        entries.append(replace(told, version=("the claim as it then stood", then)))
    return entries


def _on_evidence(act: Act) -> bool:
    return act.verb in _DONE and act.subject_type != "claim"


def _together(act: Act) -> object:
    if _on_evidence(act):
        return ("evidence", act.recorded_at.date(), act.actor)
    return act.id


def _of_evidence(acts: Sequence[Act], history: ClaimHistory, head: Head) -> Entry:
    lines = [_item_line(act, history, head) for act in acts]
    return entry(acts, _evidence_heading(acts), lines=lines)


def _evidence_heading(acts: Sequence[Act]) -> str:
    doings = {_done(act) for act in acts}
    if len(doings) > 1:
        return f"{len(acts)} acts on the evidence"
    verb, count, done = acts[0].verb, len(acts), doings.pop()
    if verb.startswith("bearing"):
        return f"{count} bearings {done.removeprefix('bearing ')}" if count > 1 else done.capitalize()
    if verb == "decision-undone":
        return f"{count} decisions on evidence undone" if count > 1 else "Decision on evidence undone"
    return f"{count} items of evidence {done}" if count > 1 else f"Evidence {done}"


def _done(act: Act) -> str:
    return "bearing restored" if act.said.get("restores") else _DONE[act.verb]


def _item_line(act: Act, history: ClaimHistory, head: Head) -> Line:
    """What an act did to an item; of one that is not public nothing that it says."""
    item = history.items.get(act.subject_id)
    done = _done(act).removeprefix("bearing ")
    if act.verb in MERGE_VERBS:
        return _merge_line(act, item, history)
    if item is None or not item.live:
        return Line(done, "", NOT_PUBLIC)
    href = paths.evidence_path(item.evidence_id)
    rest = str(act.said.get("reason") or "")
    if act.verb == "evidence-linked":
        return _link_line(act, item, history)
    if item.number is None:
        return Line(done, href, item.title, rest="its bearing here is not public")
    bearing = _bearing_here(act, head)
    return stance_line(done, href, item.title, stance=bearing.get("stance"), weight=bearing.get("weight"), rest=rest)


def _merge_line(act: Act, item: Borne | None, history: ClaimHistory) -> Line:
    """A merged item by what it leads to: its own words show nowhere while it is merged."""
    into = str(act.said.get("into") or "")
    other = history.items.get(UUID(into)) if into else None
    done = _DONE[act.verb]
    reason = str(act.said.get("reason") or "")
    if act.verb == "unmerged" and item is not None and item.live:
        return Line(done, paths.evidence_path(item.evidence_id), item.title, rest=reason)
    if other is None or not other.live:
        return Line(done, "", NOT_PUBLIC, rest=reason)
    return Line(done, paths.evidence_path(other.evidence_id), other.title, rest=reason)


def _link_line(act: Act, item: Borne, history: ClaimHistory) -> Line:
    to = str(act.said.get("to") or "")
    other = history.items.get(UUID(to)) if to else None
    named = f"“{other.title}”" if other and other.live else NOT_PUBLIC
    return Line("", paths.evidence_path(item.evidence_id), item.title, rest=f"{act.said.get('kind')} {named}")


def _bearing_here(act: Act, head: Head) -> dict[str, object]:
    if act.subject_type == "bearing":
        return act.said
    told = act.said.get("bearings") or []
    return next((one for one in told if one.get("claim") == head.slug), {})


def _of_claim(act: Act, history: ClaimHistory, head: Head) -> Entry:
    if judged := history.judged.get(act.subject_id):
        return _judgement(act, judged, head)
    if worded := history.worded.get(act.id):
        return _wording(act, worded, head)
    if act.verb in RELATION_VERBS:
        return _relation(act, history, head)
    if act.verb in MERGE_VERBS:
        return _merged_claim(act, history, head)
    return plain_entry(act)


def _judgement(act: Act, judged: Judged, head: Head) -> Entry:
    now = _verdict(judged.status, judged.probability)
    was = _verdict(judged.was_status, judged.was_probability) if judged.was_status else ""
    cites = f"Cites {judged.cites} item{'' if judged.cites == 1 else 's'}" if judged.cites else "Rests on no item"
    reasons = format_html('{} · <a href="{}">its reasons</a>', cites, paths.claim_path(head.slug, judged.as_of))
    notes: list[SafeString | str] = []
    if judged.occurred_on:
        notes.append(
            f"It happened on {day_words(judged.occurred_on)}."
            if judged.status != "not-borne-out"
            else f"Ruled out on {day_words(judged.occurred_on)}."
        )
    if judged.annulled_because:
        notes.append(f"Because {ANNULLED_BECAUSE[judged.annulled_because]}.")
    if act.verb == "claim-restated" and head.successor_slug and head.successor_title:
        notes.append(
            format_html("It goes on as {}.", link_tag(paths.claim_path(head.successor_slug), head.successor_title))
        )
    if judged.was_confidence and judged.was_confidence != judged.confidence:
        notes.append(
            format_html(
                'Confidence in the analysis <span class="diff">{}</span>',
                value_diff(judged.was_confidence, judged.confidence),
            )
        )
    elif not judged.was_confidence:
        notes.append(f"Confidence in the analysis: {judged.confidence}")
    notes.append(reasons)
    return entry([act], _judged_heading(act.verb, was, now), notes=notes)


def _judged_heading(verb: str, was: str, now: str) -> SafeString:
    word = {"resolved": "Resolved", "reopened": "Reopened", "claim-restated": "Restated"}.get(verb, "Assessed")
    if not was:
        return format_html("{}, {}", "First assessed" if word == "Assessed" else word, now)
    if was == now:
        return format_html("{}, still {}", "Reviewed" if word == "Assessed" else word, now)
    return format_html('{} <span class="diff num">{}</span>', word, value_diff(was, now))


def _verdict(status: str | None, probability: Decimal | None) -> str:
    if status == "open" and probability is not None:
        return percent_words(probability)
    return (status or "").replace("-", " ")


def _wording(act: Act, worded: Worded, head: Head) -> Entry:
    if worded.number == 1:
        place = format_html(
            'Paragraph {} of <a href="{}">its article</a>', head.paragraph, paths.article_path(head.article_slug)
        )
        return entry([act], "Claim opened", text=worded.statement, notes=[place])
    fields = list(zip(_LABELS, _before(worded), _after(worded), strict=True))
    notes: list[SafeString | str] = [worded.reason] if worded.reason else []
    if worded.in_force_from != act.about_on:
        notes.append(f"In force from {day_words(worded.in_force_from)}")
    if worded.fine_print != (worded.was_fine_print or ""):
        notes.append("Earlier assessments were made without it.")
    restores = act.said.get("restores")
    return entry(
        [act],
        f"Wording {restores} restored" if restores else changed_heading(fields),
        tag=str(RevisionType(worded.type).label),
        notes=notes,
        changes=field_changes(fields),
    )


def _after(row: Worded) -> list[str]:
    return [
        row.title,
        row.statement,
        row.criteria,
        row.fine_print,
        _due(row.horizon),
        row.author_confidence,
        _watched(row.signposts),
        f"every {row.review_every_days} days",
    ]


def _before(row: Worded) -> list[str]:
    return [
        row.was_title or "",
        row.was_statement or "",
        row.was_criteria or "",
        row.was_fine_print or "",
        _due(row.was_horizon),
        row.was_author_confidence or "",
        _watched(row.was_signposts),
        f"every {row.was_review_every_days} days",
    ]


def _due(horizon: date | None) -> str:
    return day_words(horizon) if horizon else "no due date"


def _watched(signposts: str | None) -> str:
    ways = {"up": "Would raise it", "down": "Would lower it"}
    return "\n".join(f"{ways[post['direction']]}: {post['text']}" for post in json.loads(signposts or "[]"))


def _merged_claim(act: Act, history: ClaimHistory, head: Head) -> Entry:
    here = head.id if act.subject_id == head.id else UUID(int=0)
    other = history.others.get(str(act.said.get("to" if act.subject_id == head.id else "from")))
    return merge_entry(act, here=here, line=Line("", paths.claim_path(other.slug), other.title) if other else None)


def _relation(act: Act, history: ClaimHistory, head: Head) -> Entry:
    outward = act.said.get("from") == head.slug
    other = history.others.get(str(act.said.get("to" if outward else "from")))
    relation = str(act.said.get("relation"))
    if other is None or relation not in RELATION_WORDS:
        return plain_entry(act)
    there, here = RELATION_WORDS[relation]
    link = link_tag(paths.claim_path(other.slug), other.title)
    words = there if outward else here
    if act.verb == "claims-unrelated":
        notes: list[SafeString | str] = [format_html("It is no longer said that it {} {}.", words, link)]
        if act.said.get("reason"):
            notes.append(str(act.said["reason"]))
        return entry([act], "Relation to another claim taken back", notes=notes)
    return entry([act], "Related to another claim", notes=[format_html("It {} {}", words, link)])
