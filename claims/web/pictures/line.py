"""The probability part of a chart: stripes with their words, steps, points, moves."""

from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from itertools import pairwise

from claims.scoring import Outlook, outlook, percent_words
from claims.web.pictures.bands import BANDS, Band
from claims.web.pictures.frame import Frame
from claims.web.pictures.history import Run
from claims.web.pictures.labels import Label, Place, placed
from claims.web.pictures.period import Timeline
from claims.web.pictures.plan import Plan
from claims.web.pictures.text import Box, box_of, signed, text, width_of
from claims.web.pictures.types import Judged

_WORD_GAP = 1.0
# Points closer to each other than this, on the average, are drawn smaller or left out.
_POINT_ROOM, _SMALL_POINT_ROOM = 11.0, 6.0


def scale(plan: Plan, frame: Frame, top: float) -> str:
    """Stripes for every second outlook, the words beside them, and the axis of percentages."""
    current = None
    if plan.today:
        current = outlook(plan.runs[-1].steps[-1].probability or Decimal(0))
    return _scale(frame, top, current)


@cache
def _scale(frame: Frame, top: float, current: Outlook | None) -> str:
    bottom = top + frame.plot
    width = frame.right - frame.left
    parts = [
        f'<rect class="stripe" x="{frame.left}" y="{bottom - band.high * frame.plot:.1f}"'
        f' width="{width}" height="{(band.high - band.low) * frame.plot:.1f}"/>'
        for band in BANDS[::2]
    ]
    parts += _words(current, frame, bottom)
    for number in (0, 25, 50, 75, 100):
        y = bottom - number / 100 * frame.plot
        words = "100 %" if number == 100 and frame.name == "wide" else str(number)
        parts.append(f'<line class="axis" x1="{frame.left - 4}" x2="{frame.left}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(text(words, frame.left - 6, y + 4, anchor="end"))
    parts.append(f'<line class="axis" x1="{frame.left}" x2="{frame.right}" y1="{bottom}" y2="{bottom}"/>')
    return "".join(parts)


def steps(plan: Plan, time: Timeline, bottom: float, high: float) -> list[str]:
    """The area and the line of each run; dots from an open claim's last forecast to today."""
    areas, lines = [], []
    for run in plan.runs:
        path = _path(run, time, bottom, high)
        first, end = time.x(run.steps[0].as_of), time.x(run.ends)
        lines.append(f'<path class="step" d="{path}H{end:.1f}"/>')
        if plan.today and run is plan.runs[-1] and run.ends < plan.today:
            since, end = end, time.x(plan.today)
            y = _y(run.steps[-1], bottom, high)
            lines.append(f'<path class="step stale" d="M{since:.1f} {y:.1f}H{end:.1f}"/>')
        areas.append(f'<path class="area" d="{path}H{end:.1f}V{bottom:.1f}H{first:.1f}Z"/>')
    return areas + lines


def points(plan: Plan, frame: Frame, time: Timeline, bottom: float) -> list[str]:
    """A circle for each forecast, filled for the one in force; the ends and moves where crowded."""
    shown, radius = _shown(plan, frame, time)
    last = plan.runs[-1].steps[-1] if plan.today else None
    return [
        f'<circle class="point{" point--last" if step is last else ""}"'
        f' cx="{time.x(step.as_of):.1f}" cy="{_y(step, bottom, frame.plot):.1f}" r="{radius}"/>'
        for step in shown
    ]


def labels(plan: Plan, frame: Frame, time: Timeline, bottom: float, *, uprights: Iterable[float]) -> list[str]:
    """The letters of the moves, on a wide chart with their points, and an open claim's number.

    `uprights` are where upright lines of other parts of the chart stand.
    """
    top = bottom - frame.plot
    room = Box(frame.left, top - 2, frame.right + 1, bottom)
    named = [_move(move.letter, move.earlier, move.later, time.x(move.day), frame, bottom) for move in plan.moves]
    if plan.today:
        named.append(_last(plan.runs[-1].steps[-1], time.x(plan.today), frame, time, bottom))
    shown, radius = _shown(plan, frame, time)
    rings = [
        Box(x - radius - 1, y - radius - 1, x + radius + 1, y + radius + 1)
        for x, y in ((time.x(step.as_of), _y(step, bottom, frame.plot)) for step in shown)
    ]
    lines = _lines(plan, frame, time, bottom)
    lines += [Box(x - 1, top, x + 1, bottom) for x in uprights]
    return placed(named, room=room, lines=lines, points=rings)


def _move(letter: str, earlier: Decimal, later: Decimal, x: float, frame: Frame, bottom: float) -> Label:
    words = f"{letter} {signed(later - earlier)}" if frame.name == "wide" else letter
    ys = [bottom - float(value) * frame.plot for value in (earlier, later)]
    high, low = min(ys), max(ys)
    middle = (high + low) / 2 + 4
    places = (
        Place(x, high - 9, "middle"),
        Place(x - 8, high + 15, "end"),
        Place(x + 8, high - 9, "start"),
        Place(x - 8, high - 9, "end"),
        Place(x, low + 17, "middle"),
        Place(x + 8, middle, "start"),
        Place(x - 8, middle, "end"),
        Place(x + 8, low + 17, "start"),
        Place(x - 8, low + 17, "end"),
    )
    return Label(words, "move", places, needed=True)


def _last(step: Judged, end: float, frame: Frame, time: Timeline, bottom: float) -> Label:
    y = _y(step, bottom, frame.plot)
    x = time.x(step.as_of)
    right = end - 2
    places = (
        Place(right, y - 9, "end"),
        Place(right, y + 17, "end"),
        Place(x - 8, y - 9, "end"),
        Place(x - 8, y + 17, "end"),
        Place(right, y - 22, "end"),
        Place(right, y + 30, "end"),
    )
    return Label(percent_words(step.probability or Decimal(0)), "on", places, needed=False)


def _words(current: Outlook | None, frame: Frame, bottom: float) -> list[str]:
    """The outlook words beside their stripes: the current one always, others where they fit."""
    taken: list[Box] = []
    parts = []
    for band in sorted(BANDS, key=lambda band: band.outlook != current):
        on = band.outlook == current
        rows = _rows(band, frame, bottom)
        boxes = [box_of(words, frame.aside, y) for words, y in rows]
        free = not any(box.touches(other, _WORD_GAP) for box in boxes for other in taken)
        if on or (free and len(rows) == 1):
            taken += boxes
            kind = "on" if on else "name"
            parts += [text(words, frame.aside, y, kind=kind) for words, y in rows]
    return parts


def _rows(band: Band, frame: Frame, bottom: float) -> list[tuple[str, float]]:
    """A word at the height of its stripe, in two rows where it is too long for one."""
    words = band.outlook.words
    middle = bottom - band.middle * frame.plot + 4
    if width_of(words) <= frame.width - frame.aside:
        return [(words, middle)]
    first, _, second = words.rpartition(" ")
    upper = min(max(middle - 7, bottom - frame.plot + 8), bottom - 13)
    return [(first, upper), (second, upper + 13)]


def _path(run: Run, time: Timeline, bottom: float, high: float) -> str:
    path: list[str] = []
    for step in run.steps:
        x, y = time.x(step.as_of), _y(step, bottom, high)
        path.append(f"H{x:.1f}V{y:.1f}" if path else f"M{x:.1f} {y:.1f}")
    return "".join(path)


def _y(step: Judged, bottom: float, high: float) -> float:
    return bottom - float(step.probability or 0) * high


def _shown(plan: Plan, frame: Frame, time: Timeline) -> tuple[list[Judged], float]:
    """The forecasts that get a circle, and its radius."""
    every = [step for run in plan.runs for step in run.steps]
    room = (time.x(plan.runs[-1].ends) - time.x(every[0].as_of)) / len(every)
    if room >= _POINT_ROOM or len(every) <= 4:
        return every, frame.point
    if room >= _SMALL_POINT_ROOM:
        return every, frame.point * 0.7
    moved = {move.day for move in plan.moves}
    ends = [run.steps[0] for run in plan.runs] + [run.steps[-1] for run in plan.runs]
    kept = [step for step in every if step.as_of in moved or step in ends]
    return kept, frame.point


def _lines(plan: Plan, frame: Frame, time: Timeline, bottom: float) -> list[Box]:
    """The stretches of the line, for words to keep off."""
    boxes = []
    for run in plan.runs:
        end = plan.today if plan.today and run is plan.runs[-1] else run.ends
        days = [step.as_of for step in run.steps] + [end]
        for step, following in zip(run.steps, days[1:], strict=True):
            y = _y(step, bottom, frame.plot)
            boxes.append(Box(time.x(step.as_of), y - 1, time.x(following), y + 1))
        for step, after in pairwise(run.steps):
            x = time.x(after.as_of)
            ys = sorted((_y(step, bottom, frame.plot), _y(after, bottom, frame.plot)))
            boxes.append(Box(x - 1, ys[0], x + 1, ys[1]))
    return boxes
