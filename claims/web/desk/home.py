"""The desk's first page: what a person may do here, and what waits for them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.actions.permissions import Right, Standing, may, standings
from claims.models import User
from claims.queries.desk import logged_today, overdue, own_work
from claims.web import asked
from claims.web.desk.access import needs

# What each right opens, in the order of the page: right, address, words, explanation.
DOORS = (
    (Right.LOG_EVIDENCE, "/desk/log/", "Log evidence", "an address, what it says, which claims it bears on"),
    (Right.OPEN_CLAIM, "/desk/claims/new/", "Open a claim", "a falsifiable statement of an article"),
    (Right.ADD_ARTICLE, "/desk/articles/new/", "Add an article", "a publication whose predictions are tracked"),
    (Right.ADD_SOURCE, "/desk/sources/new/", "Add a source", "a publisher or body, known by its domains"),
    (Right.ADD_TOPIC, "/desk/topics/new/", "Add a topic", "a subject that claims share"),
    (Right.DECIDE, "/moderation/", "Work the queue", "what waits for approval, and flags"),
)


@needs(Right.LOG_EVIDENCE)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The person's drafts, returned and waiting items, what they logged last, and overdue reviews for editors.

    At most seven queries.
    """
    by, today = request.user, asked.today()
    assert isinstance(by, User)
    late, late_count = overdue(today) if may(by, Right.ASSESS) else ([], "0")
    count, _ = logged_today(by.id, today=today)
    return render(
        request,
        "desk/home.html",
        {
            "doors": [(href, words, more) for right, href, words, more in DOORS if may(by, right)],
            "work": own_work(by.id, today=today),
            "approves": not may(by, Right.PUBLISH_EVIDENCE),
            "decides": may(by, Right.DECIDE),
            "standing": _standing_words(by),
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
