"""Adding a source and grading it."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from claims.actions.acts import act
from claims.actions.errors import Invalid, WrongState
from claims.actions.fields import Fields
from claims.actions.locks import check_version, lock_source
from claims.actions.permissions import Right, require
from claims.actions.record import record
from claims.ids import uuid7
from claims.models import Merge, MergeState, Reliability, Source, SourceDomain, SourceKind, SourceRevision, User, Verb
from claims.names import SOURCES

_DOMAIN = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+")


@act
def add_source(
    *,
    by: User,
    domains: Sequence[str],
    name: str,
    kind: str,
    country: str = "XX",
    reliability: str | None = None,
    today: date,
    now: datetime | None = None,
) -> Source:
    """Adds a source known by its domains, the first of which makes its slug.

    Only who may grade gives a reliability. Raises NotAllowed, Invalid.
    """
    require(by, Right.ADD_SOURCE)
    if reliability is not None:
        require(by, Right.GRADE_SOURCE)
    now = now or timezone.now()
    fields = Fields()
    name, kind = _named(fields, name, kind, reliability)
    if not re.fullmatch("[A-Z]{2}", country):
        fields.wrong("country", "Give the country as two letters, such as PL, or XX where it is not known.")
    domains = _domains(fields, domains)
    fields.check()
    source = Source(slug=_slug(domains[0]), name=name, kind=kind, country=country, reliability=reliability)
    source.save(force_insert=True)
    SourceDomain.objects.bulk_create(SourceDomain(domain=domain, source=source) for domain in domains)
    event = record(
        by=by,
        verb=Verb.SOURCE_ADDED,
        subject=source,
        about_on=today,
        now=now,
        payload={"domains": domains, "name": name, "kind": kind, "country": country, "reliability": reliability},
    )
    SourceRevision(source=source, number=1, name=name, kind=kind, reliability=reliability, event=event).save(
        force_insert=True
    )
    return source


def _named(fields: Fields, name: str, kind: str, reliability: str | None) -> tuple[str, str]:
    """Name and kind, cleaned; the grade is only checked."""
    if reliability is not None:
        fields.one_of("reliability", reliability, Reliability.values, "A grade is a letter from A to F.")
    return (
        fields.line("name", name, longest=120, needed="Give the source a name."),
        fields.one_of("kind", kind, SourceKind.values, "Choose what sort of source it is."),
    )


def _domains(fields: Fields, typed: Sequence[str]) -> list[str]:
    """The domains in their one form, each once."""
    domains = list(dict.fromkeys(domain.strip().lower().removeprefix("www.") for domain in typed))
    for domain in domains:
        if not _DOMAIN.fullmatch(domain):
            fields.wrong("domain", f"“{domain[:60]}” is not a domain, such as example.org.")
    if not domains:
        fields.wrong("domain", "Give the domain by which the source is known.")
    return domains


def _slug(domain: str) -> str:
    slug = domain.replace(".", "-")
    if len(slug) > 120:
        raise Invalid({"domain": "The first domain is too long to make a page address of: give a shorter one first."})
    return slug


@act
def grade_source(
    *,
    by: User,
    source: Source,
    reliability: str | None,
    reason: str,
    name: str | None = None,
    kind: str | None = None,
    seen_version: int | None = None,
    today: date,
    now: datetime | None = None,
) -> Source:
    """Gives a source another grade, and a better name or kind where given. Raises NotAllowed, Stale, Invalid."""
    require(by, Right.GRADE_SOURCE)
    now = now or timezone.now()
    found = lock_source(source.id)
    check_version("The source", found, seen_version)
    fields = Fields()
    reason = fields.line("reason", reason, longest=500, needed="Say why the grade changes.")
    found.name, found.kind = _named(fields, found.name if name is None else name, kind or found.kind, reliability)
    fields.check()
    regrade(found, reliability, reason=reason, by=by, now=now, today=today)
    return found


def regrade(
    held: Source,
    reliability: str | None,
    *,
    reason: str,
    by: User,
    now: datetime,
    today: date,
    restores: int | None = None,
) -> None:
    """Stores the next version of a locked source, whose name and kind are set already, and its event.

    Raises WrongState where it was merged into another, which is graded instead.
    """
    if Merge.objects.filter(subject_type="source", from_id=held.id, state=MergeState.CONFIRMED).exists():
        raise WrongState("The source was merged into another: grade that one.")
    was, held.reliability = held.reliability, reliability
    held.version += 1
    held.save()
    event_id = uuid7()
    record(
        by=by,
        verb=Verb.SOURCE_GRADED if was != reliability else Verb.SOURCE_REVISED,
        subject=held,
        about_on=today,
        now=now,
        event_id=event_id,
        touched=[SOURCES],
        payload={
            "name": held.name,
            "kind": held.kind,
            "reliability": reliability,
            "was": was,
            "reason": reason,
            **({} if restores is None else {"restores": restores}),
        },
    )
    SourceRevision(
        source=held,
        number=held.version,
        name=held.name,
        kind=held.kind,
        reliability=reliability,
        reason=reason,
        event_id=event_id,
    ).save(force_insert=True)
