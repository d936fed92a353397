"""Files to take away: the ledger, to be checked where this site has no hand in it."""

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from claims.interchange.export_ledger import NothingSigned, ledger_lines
from claims.web.errors import Missing


@require_safe
def ledger(request: HttpRequest) -> HttpResponseBase:
    """The whole ledger as JSON Lines, sent as it is read."""
    try:
        lines = ledger_lines()
    except NothingSigned as error:
        raise Missing(str(error)) from error
    response = StreamingHttpResponse(lines, content_type="application/jsonl; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="ledger.jsonl"'
    return response
