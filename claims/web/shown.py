"""Showing a public page, which says by what names it depends on what acts touch."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

MOST_NAMES = 12


def shown(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, names: Iterable[str], status: int = 200
) -> HttpResponse:
    """The page, with `names` (claims.names; 12 at most) on the response for whoever keeps pages; nobody, if none."""
    response = render(request, template, dict(context), status=status)
    held = frozenset(names)
    assert len(held) <= MOST_NAMES, f"{template} depends on {len(held)} names"
    response.names = held  # type: ignore[attr-defined]
    return response
