"""How long a moderator may think again after a decision."""

from datetime import datetime, timedelta

UNDO_FOR = timedelta(seconds=10)
"""As long as the button stands there."""

GRACE = timedelta(seconds=5)
"""What a press at the last moment may take to arrive."""


def stands_from(decided_at: datetime) -> datetime:
    """From when on a decision is not undone any more, and is told of by mail."""
    return decided_at + UNDO_FOR + GRACE
