"""The scale under a verdict: where the number stands between 0 and 100, and where it was."""

from decimal import Decimal
from functools import cache

from django.utils.safestring import SafeString, mark_safe

from claims.scoring import Outlook, outlook, points
from claims.web.pictures.bands import BANDS, Band
from claims.web.pictures.text import Box, box_of, spoken, text, width_of

WIDE, NARROW = 560, 340
_HEIGHT = 60
_TRACK, _THICK, _MIDDLE = 26, 12, 32
_WORDS_AT, _NUMBERS_AT = 16, 54
_GAP = 6.0
_OVER = 24.0
"""By how much a word may be wider than its stretch."""
_MARK_ROOM = 9
"""Half of the mark with its rim: nearer to an end than this it would be cut off."""


def rails(probability: Decimal | None, earlier: Decimal | None) -> SafeString:
    """The scale in both its widths; nothing for a claim without a probability."""
    return mark_safe(  # noqa: S308  numbers and words of our own alone
        rail(probability, earlier, width=WIDE) + rail(probability, earlier, width=NARROW)
    )


def rail(probability: Decimal | None, earlier: Decimal | None, *, width: int) -> SafeString:
    """The scale `width` wide (560 or 340), from 0 to 100, with the outlook's words above it.

    `earlier` is the number before, None where there was none. The narrow one is read out in
    fewer words, since it goes with a small page.
    """
    if probability is None:
        return mark_safe("")
    return mark_safe(  # noqa: S308  numbers and words of our own alone
        f'<svg class="rail rail--{"wide" if width == WIDE else "narrow"}"'
        f' viewBox="0 0 {width} {_HEIGHT}" role="img"'
        f' aria-label="{_words(probability, earlier, full=width == WIDE)}">'
        f"{_scale(outlook(probability), width)}{_marks(probability, earlier, width)}</svg>"
    )


@cache
def _scale(current: Outlook, width: int) -> str:
    """All but the marks: the track with its seven stretches, their words and the numbers."""
    parts = [f'<rect class="track" x="0.5" y="{_TRACK}" width="{width - 1}" height="{_THICK}" rx="6"/>']
    for band in BANDS:
        x0, x1 = band.low * width, band.high * width
        if band.outlook == current:
            parts.append(
                f'<rect class="band" x="{x0:.1f}" y="{_TRACK}" width="{x1 - x0:.1f}" height="{_THICK}" rx="3"/>'
            )
        if band.low:
            parts.append(f'<line class="tick" x1="{x0:.1f}" x2="{x0:.1f}" y1="{_TRACK}" y2="{_TRACK + _THICK}"/>')
    return "".join(parts + _names(current, width) + _numbers(width))


def _words(probability: Decimal, earlier: Decimal | None, *, full: bool) -> str:
    scale = " on a scale from 0 to 100:" if full else ","
    words = f"{spoken(probability)}{scale} {outlook(probability).words}"
    if earlier is not None and earlier != probability:
        words += f"; {spoken(earlier)} before"
    return words


def _names(current: Outlook, width: int) -> list[str]:
    """The word of the current stretch, and of the others those that have room beside it."""
    parts = []
    taken: list[Box] = []
    for band in sorted(BANDS, key=lambda band: (band.outlook != current, band.low - band.high)):
        on = band.outlook == current
        box = _name_box(band, width)
        fits = width_of(band.outlook.words) <= (band.high - band.low) * width + _OVER
        if on or (fits and not any(box.touches(other, _GAP) for other in taken)):
            taken.append(box)
            at = (box.x0 + box.x1) / 2
            kind = "on" if on else "name"
            parts.append(text(band.outlook.words, at, _WORDS_AT, anchor="middle", kind=kind))
    return parts


def _name_box(band: Band, width: int) -> Box:
    half = width_of(band.outlook.words) / 2
    at = min(max(band.middle * width, half), width - half)
    return box_of(band.outlook.words, at, _WORDS_AT, "middle")


def _marks(probability: Decimal, earlier: Decimal | None, width: int) -> str:
    x = _at(probability, width)
    before = ""
    if earlier is not None and earlier != probability:
        was = _at(earlier, width)
        before = (
            f'<line class="trace" x1="{was:.1f}" x2="{x:.1f}" y1="{_MIDDLE}" y2="{_MIDDLE}"/>'
            f'<circle class="was" cx="{was:.1f}" cy="{_MIDDLE}" r="5"/>'
        )
    return f'{before}<circle class="mark" cx="{x:.1f}" cy="{_MIDDLE}" r="8"/>'


def _at(probability: Decimal, width: int) -> float:
    return min(max(float(probability) * width, _MARK_ROOM), width - _MARK_ROOM)


def _numbers(width: int) -> list[str]:
    parts = [text("0", 0, _NUMBERS_AT)]
    for share in ("0.20", "0.45", "0.55", "0.80"):
        number = points(Decimal(share))
        parts.append(text(str(number), float(share) * width, _NUMBERS_AT, anchor="middle"))
    parts.append(text("100 %", width, _NUMBERS_AT, anchor="end"))
    return parts
