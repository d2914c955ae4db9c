"""A picture as a video encoder wants it (YUV 4:2:0), on which ellipses can be laid."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

Colour = tuple[int, int, int]


def colour(code: str) -> Colour:
    """Return `#rrggbb` as luma and chroma (ITU-R BT.601, limited range)."""
    red, green, blue = (int(code[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return (
        round(16 + 65.481 * red + 128.553 * green + 24.966 * blue),
        round(128 - 37.797 * red - 74.203 * green + 112.0 * blue),
        round(128 + 112.0 * red - 93.786 * green - 18.214 * blue),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ellipse:
    """A shape by its middle and its half axes, in pixels."""

    x: float
    y: float
    across: float
    down: float

    def scaled(self, by: float) -> "Ellipse":
        return Ellipse(x=self.x * by, y=self.y * by, across=self.across * by, down=self.down * by)

    def rows(self, height: int) -> Iterator[tuple[int, float, float]]:
        """Yield each row that the shape touches, from where to where."""
        for row in range(max(0, math.floor(self.y - self.down)), min(height, math.ceil(self.y + self.down))):
            reach = 1 - ((row + 0.5 - self.y) / self.down) ** 2
            if reach > 0:
                half = self.across * math.sqrt(reach)
                yield row, self.x - half, self.x + half


class Canvas:
    """Three planes of bytes."""

    def __init__(self, width: int, height: int, background: Colour) -> None:
        self.width, self.height = width, height
        quarter = width * height // 4
        luma, blue, red = background
        self.planes = (
            bytearray([luma]) * (width * height),
            bytearray([blue]) * quarter,
            bytearray([red]) * quarter,
        )

    def lay(self, shape: Ellipse, paint: Colour) -> None:
        """Cover what the shape covers; the edge of the luma is softened."""
        half = shape.scaled(0.5)
        for plane, value in zip(self.planes[1:], paint[1:], strict=True):
            for row, left, right in half.rows(self.height // 2):
                _fill(plane, self.width // 2, (row, round(left), round(right)), value)
        for row, left, right in shape.rows(self.height):
            _fill(self.planes[0], self.width, (row, math.ceil(left), math.floor(right)), paint[0])
            self._soften(row, math.ceil(left) - 1, math.ceil(left) - left, paint[0])
            self._soften(row, math.floor(right), right - math.floor(right), paint[0])

    def _soften(self, row: int, column: int, covered: float, value: int) -> None:
        if 0 <= column < self.width:
            at = row * self.width + column
            self.planes[0][at] = round(self.planes[0][at] * (1 - covered) + value * covered)


def _fill(plane: bytearray, width: int, span: tuple[int, int, int], value: int) -> None:
    row, left, right = span
    left, right = max(0, left), min(width, right)
    if right > left:
        plane[row * width + left : row * width + right] = bytes([value]) * (right - left)
