"""Who is signed in, for views that only somebody signed in reaches, and whether they are looking."""

from django.http import HttpRequest

from claims.models import User


def signed_in(request: HttpRequest) -> User:
    """The person; `needs` has sent everybody else to sign in."""
    assert isinstance(request.user, User)
    return request.user


def looks(request: HttpRequest) -> bool:
    """Whether a page is asked for to be looked at, and so holds what it opens: not its head, nor beforehand."""
    return request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", "")
