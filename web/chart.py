"""Where the marks of a bar chart with intervals stand; templates/chart.html draws them."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

LEFT = 6
PLOT = 376
MARGIN = 38
LABEL = 24
ROW = 54
BAR = 18
AXIS = 30
"""In the chart's own units: narrow, with each label above its bar, so that a phone shows it whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """One row: a fraction with its interval, or none of the three when there are too few to tell."""

    label: str
    n: int
    rate: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A row's marks; x and width in the chart's own units, None where there is no rate."""

    row: Rate
    label_y: int
    y: int
    middle: int
    width: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    x: float
    fraction: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    bars: Sequence[Bar]
    ticks: Sequence[Tick]
    left: int
    width: int
    height: int
    axis: int
    bar_height: int


def chart(rows: Sequence[Rate]) -> Chart:
    """Lay out the rows from the top; the axis ends at the next tenth above the widest interval."""
    most = max((row.high or 0.0 for row in rows), default=0.0)
    end = min(1.0, max(0.1, math.ceil(most * 10) / 10))

    def x(fraction: float) -> float:
        return round(LEFT + PLOT * fraction / end, 1)

    axis = ROW * len(rows)
    return Chart(
        bars=[_bar(row, index, x) for index, row in enumerate(rows)],
        ticks=[Tick(x=x(part * end / 4), fraction=part * end / 4) for part in range(5)],
        left=LEFT,
        width=LEFT + PLOT + MARGIN,
        height=axis + AXIS,
        axis=axis,
        bar_height=BAR,
    )


def _bar(row: Rate, index: int, x: Callable[[float], float]) -> Bar:
    def at(fraction: float | None) -> float | None:
        return None if fraction is None else x(fraction)

    end = at(row.rate)
    return Bar(
        row=row,
        label_y=index * ROW + LABEL - 7,
        y=index * ROW + LABEL,
        middle=index * ROW + LABEL + BAR // 2,
        width=None if end is None else round(end - LEFT, 1),
        low=at(row.low),
        high=at(row.high),
    )
