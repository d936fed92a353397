"""Icons: one cached sprite, from which a page takes a shape by name."""

from functools import cache

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

SHAPES = frozenset(
    [
        *("open", "borne", "partly", "not", "unres"),
        *("up", "down", "mix", "ctx"),
        *("rise", "fall", "alert", "clock", "info", "tick", "lock", "bell", "logo"),
    ]
)
# Which shape a status or a stance has.
SHAPE_OF = {
    "borne-out": "borne",
    "partly-borne-out": "partly",
    "not-borne-out": "not",
    "ambiguous": "unres",
    "annulled": "unres",
    "supports": "up",
    "contradicts": "down",
    "mixed": "mix",
    "context": "ctx",
}


@cache
def icon(name: str) -> SafeString:
    """The icon of this name, or of this status or stance, as tall as the text. Raises KeyError for others."""
    shape = name if name in SHAPES else SHAPE_OF[name]
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', static("claims/icons.svg"), shape
    )
