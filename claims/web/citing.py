"""Citations of a claim's page, with an address at which it does not change."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from claims import citations
from claims.citations import Citation
from claims.dates import day_words
from claims.instants import instant_words
from claims.queries.claim import Head, claim_head
from claims.queries.claim_recorded import last_recorded, recorded_wording
from claims.web import asked, paths
from claims.web.claim import Looking, looking, not_on_record, not_yet_opened
from claims.web.errors import Missing
from claims.web.shown import shown


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write a citation: what makes it, and what it is as a file."""

    name: str
    words: str
    written: str
    download: str


FORMATS = {
    "text": (citations.plain, "Plain text", "text/plain; charset=utf-8", "txt"),
    "bibtex": (citations.bibtex, "BibTeX", "application/x-bibtex; charset=utf-8", "bib"),
    "csl": (citations.csl, "CSL-JSON", "application/vnd.citationstyles.csl+json", "json"),
}


@require_safe
def cite(request: HttpRequest, slug: str) -> HttpResponse:
    """Citations of a claim as of a day, by what is on record at an instant, by default now; `?format=` is a file.

    At most three queries.
    """
    chosen = asked.choice(request, "format", FORMATS)
    look = looking(request)
    head = claim_head(slug)
    if head is None:
        raise Missing("There is no claim at this address.")
    if look.day is not None and look.day < head.opened_on:
        return not_yet_opened(request, head, look)
    now = asked.now()
    instant = look.instant or _rounded(now, last_recorded(head))
    day = look.day or look.today
    wording = recorded_wording(head, instant=instant, day=min(day, look.today))
    if wording is None:
        return not_on_record(request, head, replace(look, instant=instant))
    path = paths.claim_path(slug, day, instant)
    cited = Citation(
        slug=slug,
        title=wording.title,
        statement=wording.statement,
        as_of=day,
        recorded=instant,
        address=f"{paths.site_of(request)}{path}",
        accessed=now.date(),
    )
    return _file(cited, chosen) if chosen else _page(request, head, cited, path, Looking(look.today, day, instant))


def _page(request: HttpRequest, head: Head, cited: Citation, path: str, look: Looking) -> HttpResponse:
    here = paths.cite_path(head.slug, look.day, look.instant)
    context = {
        "cited": cited,
        "path": path,
        "day": day_words(cited.as_of),
        "instant": instant_words(cited.recorded),
        "formats": [
            Format(name, words, write(cited), f"{here}&format={name}") for name, (write, words, _, _) in FORMATS.items()
        ],
        "now": paths.cite_path(head.slug) if request.GET else "",
    }
    return shown(request, "claims/cite.html", context, names=())


def _file(cited: Citation, chosen: str) -> HttpResponse:
    write, _, kind, ending = FORMATS[chosen]
    response = HttpResponse(write(cited), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{cited.name}.{ending}"'
    return response


def _rounded(now: datetime, last: datetime) -> datetime:
    """The second that has begun, or the exact instant where the last act came after that."""
    second = now.replace(microsecond=0)
    return second if last <= second else now
