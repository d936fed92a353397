"""What people without an account may send, and how much of it: each address so many, all of them together so many."""

from datetime import datetime, timedelta

from allauth.core import ratelimit
from django.http import HttpRequest

from claims.queries.strangers import sent_by_strangers

# However many addresses they come from, and also while no Redis counts by address.
MOST_OF_STRANGERS = 200
WITHIN = timedelta(hours=1)


def too_many(request: HttpRequest, what: str, *, now: datetime, counts: bool = True) -> str:
    """Why no more flags or suggestions, as `what` says, are taken from strangers now; empty where they are.

    With `counts` the one that is asked about is counted at once; else `count_one` does so later.

    Each address has a limit (ACCOUNT_RATE_LIMITS), counted in the cache, which lets everything pass while Redis is
    away; all strangers together have one that the database counts.
    """
    if sent_by_strangers(what, since=now - WITHIN, most=MOST_OF_STRANGERS) >= MOST_OF_STRANGERS:
        return (
            f"More {what}s came in within the last hour than we can read. Yours is not sent, and what you typed is"
            " still below: sign in and send it, or try again in an hour."
        )
    if not ratelimit.consume(request, action=what, dry_run=not counts):
        return (
            f"Too many {what}s came from your address in so short a time. This one is not sent, and what you typed is"
            " still below: send it again in a while, or sign in and send it."
        )
    return ""


def count_one(request: HttpRequest, what: str) -> None:
    """Counts what was taken from a stranger, so that a slip of the pen is not counted."""
    ratelimit.consume(request, action=what)
