"""Words in a picture: how wide they are, and where they stand without touching another."""

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from claims.scoring import points

# Advances of the site's sans at 12 units, in its heavier cut, rounded up. What a reader falls
# back to is narrower as a rule.
_ADVANCES = {
    letter: advance
    for letters, advance in (
        ("ijl", 3.2),
        ("I.,: \u00a0", 3.4),
        ("t", 4.4),
        ("fr", 4.9),
        ("s", 6.7),
        ("ac", 7.05),
        ("eJkvxyz", 7.2),
        ("bdghnopqu", 7.55),
        ("0123456789+\u2212", 7.8),
        ("FSTP", 8.0),
        ("w", 10.2),
        ("m", 10.9),
        ("M", 11.2),
        ("%W", 12.4),
    )
    for letter in letters
}
_OTHER = 9.3
_ASCENT, _DESCENT = 9.5, 3.0
_SHIFTS = {"start": 0.0, "middle": 0.5, "end": 1.0}


class Box(NamedTuple):
    """A rectangle of a picture, in its units."""

    x0: float
    y0: float
    x1: float
    y1: float

    def touches(self, other: "Box", gap: float = 0.0) -> bool:
        """Whether less than `gap` lies between the two."""
        return (
            self.x0 < other.x1 + gap
            and other.x0 < self.x1 + gap
            and self.y0 < other.y1 + gap
            and other.y0 < self.y1 + gap
        )

    def within(self, other: "Box") -> bool:
        """Whether the whole of it lies in `other`."""
        return self.x0 >= other.x0 and self.y0 >= other.y0 and self.x1 <= other.x1 and self.y1 <= other.y1


@lru_cache(maxsize=1024)
def width_of(words: str) -> float:
    """How wide the words are at 12 units, never less than in the site's own font."""
    return sum([_ADVANCES.get(letter, _OTHER) for letter in words])


def box_of(words: str, x: float, y: float, anchor: str = "start") -> Box:
    """The room that words take up whose baseline is at `y`."""
    width = width_of(words)
    left = x - width * _SHIFTS[anchor]
    return Box(left, y - _ASCENT, left + width, y + _DESCENT)


def spoken(probability: Decimal) -> str:
    """A probability to be read out: "6 per cent"."""
    return f"{points(probability)} per cent"


def signed(change: Decimal) -> str:
    """A change of a probability in points with its sign: "+14", "−21"."""
    sign = "\u2212" if change < 0 else "+"
    return f"{sign}{points(abs(change))}"


def text(words: str, x: float, y: float, *, anchor: str = "start", kind: str = "") -> str:
    """The words as an element; `kind` is a class of the style sheet."""
    shown = f' class="{kind}"' if kind else ""
    placed = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text{shown} x="{x:.1f}" y="{y:.1f}"{placed}>{words}</text>'
