"""The measures of a chart in its two widths."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Frame:
    """A chart's fixed measures, in the units of its view box."""

    name: str
    width: float
    left: float
    right: float
    aside: float
    """Where the words beside the plot begin."""
    plot: float
    """How high 0 to 100 stands."""
    point: float
    """Radius of a point."""
    scale: float
    """Of the marks of evidence."""


WIDE = Frame("wide", 760, 47, 643, 654, 236, 4, 1)
NARROW = Frame("narrow", 360, 30, 272, 281, 200, 3.5, 0.82)
FRAMES = {"wide": WIDE, "narrow": NARROW}

TOP = 12.0
HEADER = 22.0
"""Room above the plot for what stands on a day of its own: the outcome, a due date, today."""
LANE_GAP = 10.0
AXIS_ROOM = 24.0
