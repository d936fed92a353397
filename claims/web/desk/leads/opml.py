"""Lists of feeds in and out, in OPML, as feed readers have them."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from claims.actions.feeds import Imported, import_feeds
from claims.actions.permissions import Right
from claims.leads.errors import OpmlError
from claims.leads.opml import MOST_BYTES, Subscription, read_opml, write_opml
from claims.queries.feeds import MOST_EXPORTED, feeds
from claims.web import asked
from claims.web.desk.access import needs
from claims.web.desk.leads.feeds import FEEDS
from claims.web.moderation.who import signed_in
from claims.web.moderation.words import counted

MOST_TOLD = 5


@needs(Right.WORK_LEADS)
@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """The feeds that are watched, as a file."""
    lines = feeds("active", size=MOST_EXPORTED).lines
    listed = (Subscription(line.address, line.title or line.address, site=line.site) for line in lines)
    file = write_opml(listed, title="Feeds watched by ResetWatch", made_at=asked.now())
    disposition = {"Content-Disposition": 'attachment; filename="resetwatch-feeds.opml"'}
    return HttpResponse(file, content_type="text/x-opml; charset=utf-8", headers=disposition)


@needs(Right.WATCH_FEEDS)
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Watches every feed of a file that is not watched yet, and says what became of each that cannot be."""
    file = request.FILES.get("file")
    if file is None:
        messages.error(request, "Choose a file first.")
        return redirect(FEEDS)
    try:
        given = read_opml(file.read(MOST_BYTES + 1))
    except OpmlError as error:
        messages.error(request, str(error))
        return redirect(FEEDS)
    pairs = ((feed.address, feed.title) for feed in given.feeds)
    told = import_feeds(by=signed_in(request), feeds=pairs, now=asked.now())
    messages.success(request, _words(told))
    _tell_refused(request, [*given.refused, *told.wrong])
    return redirect(FEEDS)


def _words(told: Imported) -> str:
    added = f"{counted(told.added, 'feed')} more {'is' if told.added == 1 else 'are'} watched."
    stood = f" {counted(told.stood, 'feed')} of the file {'was' if told.stood == 1 else 'were'} watched already."
    return f"{added}{stood}" if told.stood else added


def _tell_refused(request: HttpRequest, refused: Iterable[str]) -> None:
    sentences = list(refused)
    for sentence in sentences[:MOST_TOLD]:
        messages.warning(request, sentence)
    if len(sentences) > MOST_TOLD:
        messages.warning(request, f"{len(sentences) - MOST_TOLD} more could not be taken either.")
