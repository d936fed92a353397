"""A form that was sent after its session had ended: kept until its own sender has signed in again, for nobody else.

Whose it was the form itself does not say. So each page of the desk notes, in a signed cookie, for whom it was made;
that outlives the session. Once another person has signed in, what an earlier tab sends is refused as too old.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict

from claims.actions.destroy import LATE_FORM

# What is kept of a form; a long item has 5,000 characters.
MOST_KEPT = 50_000
LAST = "desk"


def note_person(request: HttpRequest, response: HttpResponse) -> None:
    """Notes in the browser whose page this is, where it does not say so yet."""
    if request.user.is_authenticated and _last(request) != str(request.user.pk):
        response.set_signed_cookie(
            LAST,
            str(request.user.pk),
            salt=LAST,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite=settings.SESSION_COOKIE_SAMESITE,
        )


def keep(request: HttpRequest) -> None:
    """Keeps the form that is sent, one alone; none from who never had a page of the desk.

    So strangers cannot fill the table of sessions. Signing in keeps the visitor's session.
    """
    told = request.POST.copy()
    told.pop("csrfmiddlewaretoken", None)
    text, person = told.urlencode(), _last(request)
    if person and len(text) <= MOST_KEPT:
        request.session[LATE_FORM] = {"person": person, "path": request.path, "text": text}


def forget_another_s(request: HttpRequest) -> None:
    """Forgets the form that somebody else had sent from this browser."""
    kept = request.session.get(LATE_FORM)
    if kept is not None and kept.get("person") != str(request.user.pk):
        del request.session[LATE_FORM]


def take(request: HttpRequest) -> QueryDict | None:
    """What this person had sent from this page when their session had ended, once."""
    kept = request.session.get(LATE_FORM)
    if kept is None or kept["path"] != request.path:
        return None
    del request.session[LATE_FORM]
    return QueryDict(kept["text"])


def _last(request: HttpRequest) -> str:
    return str(request.get_signed_cookie(LAST, default="", salt=LAST))
