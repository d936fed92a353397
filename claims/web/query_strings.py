"""Addresses with a query string."""

from urllib.parse import urlencode


def with_query(path: str, **given: object) -> str:
    """The address with these values; those that are None or empty are left out."""
    told = {name: str(value) for name, value in given.items() if value not in (None, "")}
    return f"{path}?{urlencode(told)}" if told else path
