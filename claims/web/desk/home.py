"""The desk's first page: what a person may do here, and what waits for them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.actions.permissions import Right, Standing, may, standings
from claims.models import User
from claims.queries.desk import logged_today, overdue, own_work
from claims.queries.unsent import left_unsent
from claims.web import asked
from claims.web.desk.access import needs
from claims.web.desk.unsent import left_lines
from claims.web.doors import DOORS

LEFT_SHOWN = 3


@needs(Right.LOG_EVIDENCE)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the person left unsent, drafted, sent and logged last, and overdue reviews for editors.

    At most eight queries.
    """
    by, today = request.user, asked.today()
    assert isinstance(by, User)
    late, late_count = overdue(today) if may(by, Right.ASSESS) else ([], "0")
    count, _ = logged_today(by.id, today=today)
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
            "assesses": may(by, Right.ASSESS),
            "late": late,
            "late_count": late_count,
            "count": count,
            "today": today,
        },
    )


def _standing_words(by: User) -> str:
    if not may(by, Right.PUBLISH_EVIDENCE):
        return "New analyst: what you log is published once a moderator has approved it."
    held = [str(one) for one in Standing if one in standings(by) and one is not Standing.READER]
    return f"{', '.join(held).capitalize()}: what you log is published at once."
