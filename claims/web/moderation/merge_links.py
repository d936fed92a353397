"""What a moderator is offered beside a merge in a history: the page on which it is looked at and undone."""

from collections.abc import Sequence

from django.http import HttpRequest

from claims.actions.permissions import Right
from claims.queries.history import Act
from claims.queries.merges import merges_by_event
from claims.web.moderation.merges import merge_path
from claims.web.moderation.restorable import Acts
from claims.web.offered import offered

WORDS = "Look at the merge, or undo it"


def merge_links(request: HttpRequest, acts: Sequence[Act]) -> Acts:
    """What is offered beside each merge among these acts. One query for who may merge where there is one, else none."""
    events = [act.id for act in acts if act.verb == "merged"]
    if not events or not offered(request, [(Right.MERGE, "", WORDS)]):
        return {}
    return {f"event-{event}": [(WORDS, merge_path(merge))] for event, merge in merges_by_event(events).items()}
