"""The cells of a matrix: a shape for the stance, its size and a number for the weight, and both in words."""

from collections.abc import Sequence
from functools import cache
from html import escape
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe

from claims.dates import day_words
from claims.queries.matrix import Voice, Waiting

DISAGREE = "analysts disagree"
SOMEBODY = "an analyst"


def edit_path(item: UUID | str, slug: str) -> str:
    """The page that sets what an item says about a claim; a matrix opens its form in place."""
    return f"/desk/evidence/{item}/bearings/{slug}/"


@cache
def said_words(stance: str, weight: str) -> str:
    """What a cell says: "contradicts, strong"."""
    return f"{stance}, {weight}"


def told(stance: str, weight: str, *, on: str, href: str = "", torn: str = "") -> str:
    """A cell with a bearing on the claim `on`; `torn` is where it stands who says what, if analysts disagree on it."""
    words = f"{said_words(stance, weight)}, {DISAGREE}" if torn else said_words(stance, weight)
    mark = f' class="torn" data-voices="{torn}"' if torn else ""
    return f"<td{mark}>{_inner(f'cell stance--{stance} cell--{weight}', words, on=on, href=href)}</td>"


def waits(waiting: Waiting, *, on: str, href: str) -> str:
    """A cell with a bearing of one's own that waits for approval."""
    css = f"cell cell--waits stance--{waiting.stance} cell--{waiting.weight}"
    words = f"yours, {said_words(waiting.stance, waiting.weight)}, waits for approval"
    return f'<td class="waits">{_inner(css, words, on=on, href=href)}</td>'


def empty(href: str = "") -> str:
    """A cell without a bearing; who may set one finds a link in it. Cards leave it out, so that it names no claim."""
    link = f'<a class="cell cell--none" href="{escape(href)}"><span>no bearing</span></a>' if href else ""
    return f"<td>{link}</td>"


def cells(parts: Sequence[str]) -> SafeString:
    """The cells of a row, ready for the page."""
    return mark_safe("".join(parts))  # noqa: S308  every text in them was escaped


def voices_words(voices: Sequence[Voice]) -> list[tuple[str, str, str]]:
    """Who says what about a cell that analysts disagree on: name, words, day."""
    return [
        (voice.name or SOMEBODY, said_words(voice.stance, voice.weight), day_words(voice.said_at.date()))
        for voice in voices
    ]


def _inner(css: str, words: str, *, on: str, href: str) -> str:
    attributes = f'class="{css}" data-on="{escape(on)}"'
    if href:
        return f'<a {attributes} href="{escape(href)}"><span>{words}</span></a>'
    return f"<span {attributes}><span>{words}</span></span>"
