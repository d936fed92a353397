"""The chart of a claim: what its editors said as steps, its evidence as marks, on one time axis."""

from collections.abc import Iterable
from datetime import date

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from claims.web.pictures import bars, lane, line
from claims.web.pictures.days import days_of
from claims.web.pictures.frame import AXIS_ROOM, FRAMES, HEADER, LANE_GAP, NARROW, TOP, Frame
from claims.web.pictures.period import Timeline
from claims.web.pictures.plan import Plan, earlier_words, plan, timeline
from claims.web.pictures.text import text
from claims.web.pictures.ticks import ticks
from claims.web.pictures.types import Judged, Mark
from claims.web.pictures.words import words_of


def chart(
    assessments: Iterable[Judged],
    marks: Iterable[Mark],
    *,
    opened_on: date,
    today: date,
    horizon: date | None,
    occurred_on: date | None,
    status: str,
    width: str,
    icons_url: str = "",
    name: str = "chart",
) -> SafeString:
    """The chart in one width, "wide" or "narrow"; empty when there is nothing to show.

    `assessments` and `marks` come in any order; `today` is the day up to which an open claim is
    shown. `icons_url` is where the icons' sheet lies, `name` begins the ids in the picture.
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
    return mark_safe(  # noqa: S308  numbers and escaped words
        drawn(planned, FRAMES[width], words=words, icons_url=icons_url, name=name)
    )


def drawn(planned: Plan, frame: Frame, *, words: str, icons_url: str, name: str) -> str:
    """The picture of a plan in one width."""
    time = timeline(planned.period, frame)
    days = days_of(planned, frame, time)
    top = TOP + (HEADER if days else 0)
    parts: list[str] = []
    bottom = top
    if planned.runs:
        bottom = top + frame.plot
        parts.append(line.scale(planned, frame, top))
        parts += line.steps(planned, time, bottom, frame.plot)
    floor, evidence = _evidence(planned, frame, time, bottom)
    parts += days.lines(top, floor)
    parts += evidence
    parts += _axis(time, frame, floor)
    if planned.runs:
        parts += line.points(planned, frame, time, bottom)
        uprights = [one.x for one in days.named]
        parts += line.labels(planned, frame, time, bottom, uprights=uprights)
    parts += days.labels(TOP, escape(icons_url))
    described = f"{escape(name)}-words-{frame.name}"
    return (
        f'<svg class="chart__{frame.name}"'
        f' viewBox="0 0 {frame.width:g} {floor + AXIS_ROOM:.0f}" role="img"'
        f' aria-labelledby="{described}"><desc id="{described}">{escape(words)}</desc>'
        f"{''.join(parts)}</svg>"
    )


def _evidence(planned: Plan, frame: Frame, time: Timeline, bottom: float) -> tuple[float, list[str]]:
    """Where the axis lies, and the lane of evidence above it, if there is any evidence."""
    if not planned.marks and not planned.period.earlier:
        return bottom, []
    top = bottom + LANE_GAP if planned.runs else bottom
    if planned.tally:
        above = below = bars.reach(frame.scale)
        marks = bars.drawn(planned.tally, time, top + above, scale=frame.scale)
    else:
        stack = planned.stack if frame is NARROW else None
        stack = stack or lane.stack(planned.marks, time, scale=frame.scale, capped=False)
        assert stack is not None
        above, below = stack.above, stack.below
        marks = lane.drawn(stack, top + above)
    middle, floor = top + above, top + above + below
    parts = [
        f'<rect class="lane" x="{frame.left}" y="{top:.1f}" width="{frame.right - frame.left}"'
        f' height="{floor - top:.1f}" rx="3"/>',
        f'<line class="axis" x1="{time.left:.1f}" x2="{frame.right}" y1="{middle:.1f}" y2="{middle:.1f}"/>',
    ]
    if planned.period.earlier:
        parts.append(text(earlier_words(planned.period), frame.left + 2, middle + 4, kind="name"))
    parts += marks
    parts.append(text("supports", frame.aside, middle - above / 2 + 3))
    parts.append(text("contradicts", frame.aside, middle + below / 2 + 5))
    return floor, parts


def _axis(time: Timeline, frame: Frame, floor: float) -> list[str]:
    parts = []
    for x, words, at in ticks(time, width=frame.width):
        parts.append(f'<line class="axis" x1="{x:.1f}" x2="{x:.1f}" y1="{floor:.1f}" y2="{floor + 4:.1f}"/>')
        if words:
            parts.append(text(words, at, floor + 18, anchor="middle"))
    return parts
