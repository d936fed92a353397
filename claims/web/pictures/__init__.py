"""Pictures of a claim as SVG, from plain values: the scale, the chart, and the small ones of lists.

The style sheet gives them all their colours; none carries a style of its own.
"""

from claims.web.pictures.balance import balance, balance_words
from claims.web.pictures.chart import chart
from claims.web.pictures.figure import figure
from claims.web.pictures.history import biggest_moves, ended_on
from claims.web.pictures.rail import rail, rails
from claims.web.pictures.spark import spark
from claims.web.pictures.types import Judged, Mark, Move
from claims.web.pictures.words import chart_words

__all__ = [
    "Judged",
    "Mark",
    "Move",
    "balance",
    "balance_words",
    "biggest_moves",
    "chart",
    "chart_words",
    "ended_on",
    "figure",
    "rail",
    "rails",
    "spark",
]
