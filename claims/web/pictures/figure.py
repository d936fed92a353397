"""A claim's chart as it stands in a page: wide and narrow, with the lines that explain it."""

from collections.abc import Iterable
from datetime import date

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from claims.web.pictures.chart import drawn
from claims.web.pictures.frame import NARROW, WIDE
from claims.web.pictures.plan import plan
from claims.web.pictures.types import Judged, Mark
from claims.web.pictures.words import caption_of, words_of


def figure(
    assessments: Iterable[Judged],
    marks: Iterable[Mark],
    *,
    opened_on: date,
    today: date,
    horizon: date | None,
    occurred_on: date | None,
    status: str,
    icons_url: str,
    name: str = "chart",
) -> SafeString:
    """What belongs inside `<figure class="chart">`; empty when there is nothing to show.

    Both pictures, of which the style sheet shows the fitting one, each with its words under an
    id of its own (`<name>-words-wide`, `<name>-words-narrow`), then the caption. The arguments
    are those of `chart`.
    """
    planned = plan(
        assessments,
        marks,
        opened_on=opened_on,
        today=today,
        horizon=horizon,
        occurred_on=occurred_on,
        status=status,
    )
    if planned is None:
        return mark_safe("")
    words = words_of(planned)
    wide = drawn(planned, WIDE, words=words, icons_url=icons_url, name=name)
    narrow = drawn(planned, NARROW, words=words, icons_url=icons_url, name=name)
    caption = f"<figcaption>{escape(caption_of(planned))}</figcaption>"
    return mark_safe(wide + narrow + caption)  # noqa: S308  numbers and escaped words
