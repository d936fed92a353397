"""Grades as they stand on a page: a letter for the source, a digit for the information, also in words."""

from functools import cache

from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.models import Credibility, Reliability

METHOD = "/about/methodology/#grades"


@cache
def grade_tag(reliability: str | None, credibility: int | None) -> SafeString:
    """The grade as a link to how we grade; a dash stands for what was not graded."""
    return format_html(
        '<a class="grade" href="{}"><span class="visually-hidden">grade: </span>{}{}'
        '<span class="visually-hidden">, source {}, information {}</span></a>',
        METHOD,
        reliability or "–",
        credibility or "–",
        reliability_words(reliability),
        credibility_words(credibility),
    )


def reliability_words(reliability: str | None) -> str:
    """What the letter means."""
    return str(Reliability(reliability).label) if reliability else "not graded yet"


def credibility_words(credibility: int | None) -> str:
    """What the digit means."""
    return str(Credibility(credibility).label) if credibility else "not graded yet"
