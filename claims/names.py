"""The names by which a page says what it depends on, and an act says what it touched."""

from django.dispatch import Signal

LISTS = "lists"
SOURCES = "sources"  # every page that shows a source's name or grade

touched = Signal()  # sent after a commit with `names: frozenset[str]`


def name_of(kind: str, identity: object) -> str:
    """The name of one thing, such as `claim:018f...`."""
    return f"{kind}:{identity}"
