"""The histories of an item, a source and an article: acts on them as entries."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.html import format_html

from claims.dates import DateError, PartialDate
from claims.models import ArticleKind, EvidenceType, SourceKind
from claims.queries.history import Act, Regraded, Touched
from claims.web import paths
from claims.web.countries import country_name
from claims.web.diff import value_diff
from claims.web.grades import credibility_words, reliability_words
from claims.web.history_entries import (
    NOT_PUBLIC,
    Entry,
    Line,
    changed_heading,
    entry,
    field_changes,
    plain_entry,
    stance_line,
    stood_then,
)
from claims.web.history_merges import VERBS, item_line, merge_entry, of_evidence
from claims.web.legal_basis import basis_words

Said = Mapping[str, Any]

_HEADINGS = {
    "evidence-logged": "Logged",
    "evidence-submitted": "Submitted for approval",
    "evidence-approved": "Approved",
    "evidence-returned": "Returned to its author",
    "evidence-rejected": "Rejected",
    "evidence-withdrawn": "Withdrawn",
    "evidence-redacted": "Content removed on legal grounds",
    "bearing-set": "Bearing set",
    "bearing-changed": "Bearing changed",
    "bearing-withdrawn": "Bearing taken back",
    "bearing-approved": "Bearing approved",
    "bearing-rejected": "Bearing rejected",
}
_UNDONE = {
    "evidence-approved": "Approval undone: it waits again",
    "evidence-returned": "Return undone: it waits again",
    "evidence-rejected": "Rejection undone: it waits again",
    "evidence-withdrawn": "Withdrawal undone: it is public again",
    "bearing-approved": "Approval of a bearing undone: it waits again",
    "bearing-rejected": "Rejection of a bearing undone: it waits again",
}
_LINKED = {
    "supersedes": ("Supersedes", "Superseded by"),
    "corrects": ("Corrects", "Corrected by"),
    "retracts": ("Retracts", "Retracted by"),
}


def item_entries(
    acts: Sequence[Act], *, item: UUID, claims: Sequence[Touched], titles: Mapping[str, str], sources: Mapping[str, str]
) -> list[Entry]:
    """The acts on a public item and its bearings."""
    by_slug = {claim.slug: claim for claim in claims}
    return [_of_item(act, item, by_slug, titles, sources) for act in acts]


def withdrawn_entries(acts: Sequence[Act], *, item: UUID, titles: Mapping[str, str]) -> list[Entry]:
    """The acts on an item that was taken off: who did what and when, why it was taken off, and nothing of what it said.

    The reason for a withdrawal or a merge is public, as its form says; of other acts the reasons may repeat the item.
    """
    return [_merge(act, item, titles) if of_evidence(act) else _of_withdrawn(act) for act in acts]


def _of_withdrawn(act: Act) -> Entry:
    if act.verb == "decision-undone":
        return undone_entry(act)
    if act.verb not in _HEADINGS:
        return plain_entry(act, reason=False)
    notes = []
    if act.verb == "evidence-redacted":
        notes.append(f"Legal basis: {basis_words(act.said.get('legal_basis'))}")
    if act.verb in ("evidence-redacted", "evidence-withdrawn"):
        notes.append(_text(act.said, "reason"))
    return entry([act], _HEADINGS[act.verb], notes=list(filter(None, notes)))


def _of_item(
    act: Act, item: UUID, claims: Mapping[str, Touched], titles: Mapping[str, str], sources: Mapping[str, str]
) -> Entry:
    said = act.said
    if act.verb == "evidence-linked":
        return _link(act, item, titles)
    if act.verb == "decision-undone":
        return undone_entry(act)
    if of_evidence(act):
        return _merge(act, item, titles)
    if act.verb == "evidence-revised":
        fields = _item_fields(act.earlier or {}, said, sources)
        notes = [str(said["reason"])] if said.get("reason") else []
        changes, stood = field_changes(fields), stood_then(fields)
        return entry([act], changed_heading(fields), tag="revised", notes=notes, changes=changes, stood=stood)
    told = said.get("bearings") or ([said] if act.subject_type == "bearing" else [])
    lines = [line for one in told if (line := _claim_line(one, claims.get(str(one.get("claim")))))]
    notes = [str(said["reason"])] if said.get("reason") else []
    first = act.verb in ("evidence-logged", "evidence-submitted")
    text = str(said.get("title") or "") if first else ""
    stood = stood_then(_item_fields({}, said, sources)) if first else []
    heading = _HEADINGS.get(act.verb) or plain_entry(act).heading
    if said.get("restores"):
        heading = "Bearing restored"
    return entry([act], heading, text=text, notes=notes, lines=lines, stood=stood)


def undone_entry(act: Act) -> Entry:
    """A decision that was undone, by what it had been."""
    return entry([act], _UNDONE.get(_text(act.said, "verb"), "Decision undone"))


def _claim_line(said: Said, claim: Touched | None) -> Line | None:
    """A bearing as an act told it; one that never was public says nothing."""
    if claim is None or claim.number is None:
        return None
    note = str(said.get("note") or "") if claim.state == "published" else ""
    href = paths.claim_path(claim.slug)
    return stance_line("", href, claim.title, stance=said.get("stance"), weight=said.get("weight"), rest=note)


def _link(act: Act, item: UUID, titles: Mapping[str, str]) -> Entry:
    outward = act.said.get("from") == str(item)
    other = str(act.said.get("to" if outward else "from"))
    active, passive = _LINKED.get(str(act.said.get("kind")), ("Linked with", "Linked with"))
    title = titles.get(other)
    line = Line("", paths.evidence_path(other) if title else "", title or NOT_PUBLIC)
    notes = [str(act.said["reason"])] if act.said.get("reason") else []
    return entry([act], f"{active if outward else passive} another item", notes=notes, lines=[line])


def _merge(act: Act, item: UUID, titles: Mapping[str, str]) -> Entry:
    other = str(act.said.get("into")) if act.subject_id == item else str(act.subject_id)
    return merge_entry(act, here=item, line=item_line(other, titles))


def _item_fields(before: Said, after: Said, sources: Mapping[str, str]) -> list[tuple[str, str, str]]:
    return [
        (label, show(before, sources), show(after, sources))
        for label, show in (
            ("Title", lambda said, _: _text(said, "title")),
            ("Summary", lambda said, _: _text(said, "summary")),
            ("Quotation", lambda said, _: _text(said, "quotation")),
            ("Looked for", lambda said, _: _text(said, "looked_for")),
            ("Address", lambda said, _: _text(said, "address")),
            ("Source", lambda said, names: names.get(_text(said, "source"), _text(said, "source"))),
            ("Author", lambda said, _: _text(said, "author")),
            ("Published", lambda said, _: _date(said, "published")),
            ("Event", lambda said, _: _date(said, "event")),
            ("Type", lambda said, _: _label(EvidenceType, _text(said, "type"))),
            ("Grade of the information", lambda said, _: _credibility(said)),
            ("Story", lambda said, _: _text(said, "story")),
        )
    ]


def source_entries(
    acts: Sequence[Act], regraded: Mapping[UUID, Regraded], *, source: UUID, named: Mapping[str, tuple[str, str]]
) -> list[Entry]:
    """The acts on a source; `named` are the sources of merges, slug and name by id."""
    return [
        _merged_source(act, source, named) if act.verb in VERBS else _of_source(act, regraded.get(act.id))
        for act in acts
    ]


def _merged_source(act: Act, source: UUID, named: Mapping[str, tuple[str, str]]) -> Entry:
    other = str(act.said.get("into")) if act.subject_id == source else str(act.subject_id)
    slug, name = named.get(other, ("", ""))
    return merge_entry(act, here=source, line=Line("", paths.source_path(slug), name) if slug else None)


def _of_source(act: Act, row: Regraded | None) -> Entry:
    if row is None:
        return plain_entry(act)
    if row.was_name is None:
        country = country_name(str(act.said.get("country") or ""))
        what = ", ".join(filter(None, [_label(SourceKind, row.kind), country, *(act.said.get("domains") or [])]))
        return entry([act], f"Added, {_graded(row.reliability)}", text=row.name, notes=[what])
    fields = [
        ("Name", row.was_name, row.name),
        ("Kind", _label(SourceKind, row.was_kind or ""), _label(SourceKind, row.kind)),
    ]
    notes = [str(act.said["reason"])] if act.said.get("reason") else []
    restores = act.said.get("restores")
    stood = [*stood_then(fields), ("Grade", _letter(row.reliability))]
    if row.reliability != row.was_reliability:
        heading = format_html(
            '{} <span class="diff">{}</span>',
            f"Version {restores} restored, graded" if restores else "Graded",
            value_diff(_letter(row.was_reliability), _letter(row.reliability)),
        )
        return entry([act], heading, notes=notes, changes=field_changes(fields), stood=stood)
    words = f"Version {restores} restored" if restores else changed_heading(fields)
    return entry([act], words, notes=notes, changes=field_changes(fields), stood=stood)


def article_entries(acts: Sequence[Act]) -> list[Entry]:
    """The acts on an article's record."""
    return [_of_article(act) for act in acts]


def _of_article(act: Act) -> Entry:
    if act.verb == "article-added":
        stood = stood_then(_article_fields({}, act.said))
        return entry([act], "Article added", text=_text(act.said, "title"), stood=stood)
    if act.verb == "article-revised" and act.said:
        fields = _article_fields(act.earlier or {}, act.said)
        changes, stood = field_changes(fields), stood_then(fields)
        return entry([act], changed_heading(fields), tag="revised", changes=changes, stood=stood)
    return plain_entry(act)


def _article_fields(before: Said, after: Said) -> list[tuple[str, str, str]]:
    shown = {
        "Title": lambda said: _text(said, "title"),
        "Note on the title": lambda said: _text(said, "title_note"),
        "Summary": lambda said: _text(said, "summary"),
        "Address": lambda said: _text(said, "address"),
        "Publisher": lambda said: _text(said, "publisher"),
        "Authors": _authors,
        "Published": _bounds,
        "Note on the date": lambda said: _text(said, "dates_note"),
        "Kind": lambda said: _label(ArticleKind, _text(said, "kind")),
        "Language": lambda said: _text(said, "language"),
        "Paragraphs": lambda said: _text(said, "paragraphs"),
    }
    return [(label, show(before), show(after)) for label, show in shown.items()]


def _text(said: Said, field: str) -> str:
    return str(said.get(field) or "")


def _date(said: Said, field: str) -> str:
    try:
        return PartialDate.parse(_text(said, field)).words()
    except DateError:
        return _text(said, field)


def _bounds(said: Said) -> str:
    published = said.get("published")
    if isinstance(published, Mapping):
        return PartialDate.parse(f"{published['first']}/{published['last']}").words()
    return _date(said, "published")


def _authors(said: Said) -> str:
    rows = said.get("authors") or []
    return "\n".join(
        ", ".join(filter(None, (str(row.get(part) or "") for part in ("name", "role", "affiliation")))) for row in rows
    )


def _label(choices: Any, value: str) -> str:
    return str(choices(value).label) if value in choices.values else value


def _credibility(said: Said) -> str:
    grade = said.get("credibility")
    return f"{grade} {credibility_words(grade)}" if grade else ""


def _letter(reliability: str | None) -> str:
    return f"{reliability}, {reliability_words(reliability)}" if reliability else "not graded"


def _graded(reliability: str | None) -> str:
    return f"graded {reliability}" if reliability else "not graded"
