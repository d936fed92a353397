"""The palette's look-up: claims found as one types."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from claims.queries.claim_picker import find_claims
from claims.web import asked
from claims.web.desk.lookups import lookup

SHOWN = 6


@lookup
def find(request: HttpRequest) -> HttpResponse:
    """Claims that have these words, as choices of the palette; each leads to its page. One query at most."""
    words = asked.words(request)
    return render(request, "desk/found.html", {"claims": find_claims(words, limit=SHOWN) if words else []})
