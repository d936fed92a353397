"""The bar beside a claim in a list: how many stories support it, how many contradict it."""

from django.utils.safestring import SafeString, mark_safe

from claims.web.pictures.text import width_of

_WIDTH, _MIDDLE = 150, 75
_LONGEST = 54.0
_NUMBER_GAP = 5.0
_LEAST = 1.5
_USUAL_MOST = 19
_OPENING = f'<svg class="balance" viewBox="0 0 {_WIDTH} 16" aria-hidden="true"><path class="axis" d="M{_MIDDLE} 0V16"/>'


def balance(supports: int, contradicts: int, *, most: int = _USUAL_MOST) -> SafeString:
    """Two bars from a middle line, contradicting stories to the left, supporting to the right.

    Lengths can be compared between rows that are given the same `most`, the biggest count of
    any side among them; a row that has more is scaled to its own.
    """
    most = max(most, supports, contradicts, 1)
    longest = min(_LONGEST, _MIDDLE - 1 - _NUMBER_GAP - width_of(_number(most)))
    parts = [_OPENING]
    if contradicts:
        length = max(contradicts / most * longest, _LEAST)
        left = _MIDDLE - 1 - length
        parts.append(
            f'<rect class="ev--contradicts" x="{left:.1f}" y="4" width="{length:.1f}" height="8"/>'
            f'<text x="{left - _NUMBER_GAP:.1f}" y="12" text-anchor="end">'
            f"{_number(contradicts)}</text>"
        )
    if supports:
        length = max(supports / most * longest, _LEAST)
        parts.append(
            f'<rect class="ev--supports" x="{_MIDDLE + 1}" y="4" width="{length:.1f}" height="8"/>'
            f'<text x="{_MIDDLE + 1 + length + _NUMBER_GAP:.1f}" y="12">{_number(supports)}</text>'
        )
    return mark_safe("".join(parts) + "</svg>")  # noqa: S308  numbers alone


def balance_words(supports: int, contradicts: int) -> str:
    """The bar in words: "11 stories support, 2 contradict"."""
    if not supports and not contradicts:
        return "no story supports or contradicts it"
    story = "1 story supports" if supports == 1 else f"{supports:,} stories support"
    return f"{story}, {contradicts:,} contradict{'s' if contradicts == 1 else ''}"


def _number(count: int) -> str:
    return f"{count:,}" if count < 100_000 else f"{count // 1000:,}k"
