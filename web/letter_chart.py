"""Where the marks of the letters' chart stand: a column a day, a part for each thing that became of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from booking.letter_figures import LetterFigures

COLUMN, GAP, HEIGHT, AXIS = 17, 7, 150, 24
PARTS = ("sent", "unneeded", "failed", "in_doubt", "ahead")
"""From the bottom up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    kind: str
    x: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Label:
    x: float
    day: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterChart:
    parts: Sequence[Part]
    labels: Sequence[Label]
    width: int
    column: int
    plot: int
    height: int


def letter_chart(days: Sequence[LetterFigures], labels: Sequence[tuple[int, int]]) -> LetterChart:
    """Draw the days side by side, the fullest as high as the chart; a label is a column and what it says."""
    most = max((one.planned for one in days), default=0) or 1
    return LetterChart(
        parts=[part for number, one in enumerate(days) for part in _parts(number, one, HEIGHT / most)],
        labels=[Label(number * (COLUMN + GAP) + COLUMN / 2, day) for number, day in labels],
        width=len(days) * (COLUMN + GAP) - GAP,
        column=COLUMN,
        plot=HEIGHT,
        height=HEIGHT + AXIS,
    )


def _parts(number: int, figures: LetterFigures, scale: float) -> list[Part]:
    found, top = [], float(HEIGHT)
    for kind in PARTS:
        height = getattr(figures, kind) * scale
        top -= height
        if height:
            x = number * (COLUMN + GAP)
            found.append(Part(kind=kind, x=x, y=round(top, 1), height=round(height, 1)))
    return found
