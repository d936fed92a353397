"""Pages for what goes wrong: each says what it was and where to go on."""

from collections.abc import Callable

from django.core.exceptions import (
    BadRequest,
    DisallowedHost,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string

from claims.actions.errors import ActionError, Invalid, NotAllowed

# What a browser shows when even the page for failures cannot be made.
LAST_RESORT = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Something failed · ResetWatch</title>'
    "<h1>Something failed on our side</h1><p>Nothing was stored. Try again in a minute.</p></html>"
)
TOO_MUCH = "More was sent than this site takes at once. Send less, or in several parts."


class BadInput(BadRequest):
    """Something in the address or a form makes no sense; its words, for a person, become the 400 page."""


class Missing(Http404):
    """There is no such thing; its words, for a person, become the 404 page."""


class ErrorPages:
    """Middleware: what an action refuses outside a form, and wrong methods, get a page as well."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == 405 and not getattr(response, "content", b""):
            page = render(request, "405.html", status=405)
            page["Allow"] = response["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for an action's refusal; every other exception goes on."""
        if isinstance(exception, NotAllowed):
            return permission_denied(request, exception)
        if isinstance(exception, Invalid):
            return bad_request(request, exception)
        if isinstance(exception, ActionError):
            return render(request, "409.html", {"words": str(exception)}, status=409)
        return None


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The 400 page (handler400)."""
    words = ""
    if isinstance(exception, BadInput | Invalid):
        words = str(exception)
    elif isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        words = TOO_MUCH
    elif isinstance(exception, DisallowedHost):
        # Nothing of the site is shown under a name that is not the site's.
        return HttpResponse("This site is not served under that name.\n", status=400, content_type="text/plain")
    return render(request, "400.html", {"words": words}, status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The 403 page (handler403)."""
    words = str(exception) if isinstance(exception, NotAllowed) else ""
    return render(request, "403.html", {"words": words}, status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The 404 page (handler404)."""
    words = str(exception) if isinstance(exception, Missing) else ""
    return render(request, "404.html", {"words": words}, status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The 403 page for a form without a valid token (CSRF_FAILURE_VIEW)."""
    return render(request, "403_csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """The 500 page (handler500): made without the request, the database or the cache."""
    try:
        return HttpResponse(render_to_string("500.html"), status=500)
    except Exception:  # whatever broke the page may have broken this one too
        return HttpResponse(LAST_RESORT, status=500)
