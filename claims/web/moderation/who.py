"""Who is signed in, for views that only somebody signed in reaches."""

from django.http import HttpRequest

from claims.models import User


def signed_in(request: HttpRequest) -> User:
    """The person; `needs` has sent everybody else to sign in."""
    assert isinstance(request.user, User)
    return request.user
