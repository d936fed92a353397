"""The desk's first page: what a person may do here, and what waits for them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.actions.permissions import Right, Standing, may, standings
from claims.models import User
from claims.queries.own_work import own_work
from claims.queries.stale import MOST_COUNTED, stale
from claims.queries.stale_order import Filters
from claims.queries.unsent import left_unsent
from claims.web import asked
from claims.web.desk.access import needs
from claims.web.desk.stale import WHOLE
from claims.web.desk.stale_lines import stale_line
from claims.web.desk.unsent import left_lines
from claims.web.doors import DOORS

LEFT_SHOWN = 3
STALE_SHOWN = 4


@needs(Right.LOG_EVIDENCE)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the person left unsent, drafted, sent and logged last, and for editors what is stale.

    At most ten queries.
    """
    by, today = request.user, asked.today()
    assert isinstance(by, User)
    late = stale(Filters(), today=today, size=STALE_SHOWN, count=True) if may(by, Right.OWN_CLAIM) else None
    return render(
        request,
        "desk/home.html",
        {
            "doors": [door for door in DOORS if may(by, door.right)],
            "work": own_work(by.id, today=today),
            "approves": not may(by, Right.PUBLISH_EVIDENCE),
            "decides": may(by, Right.DECIDE),
            "standing": _standing_words(by),
            "left": left_lines(left_unsent(by.id, limit=LEFT_SHOWN)),
            "assesses": late is not None,
            "late": [stale_line(claim, back=WHOLE) for claim in late.claims] if late else [],
            "late_count": _capped(late.count or 0) if late else "",
            "today": today,
        },
    )


def _capped(count: int) -> str:
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count)


def _standing_words(by: User) -> str:
    if not may(by, Right.PUBLISH_EVIDENCE):
        return "New analyst: what you log is published once a moderator has approved it."
    held = [str(one) for one in Standing if one in standings(by) and one is not Standing.READER]
    return f"{', '.join(held).capitalize()}: what you log is published at once."
