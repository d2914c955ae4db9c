"""The practice adviser's face: drawn by these lines, and by nobody's photograph."""

import math
from collections.abc import Iterator

from signalling.practice.canvas import Canvas, Colour, Ellipse, colour

WIDTH, HEIGHT = 480, 360
LOOP_SECONDS = 6.0
GREETING_SECONDS = 2.4
BLINKS_AT = (1.5, 3.6, 5.1)
BLINK_SECONDS = 0.16

WALL, LAMP, CARDIGAN = colour("#dbe7e8"), colour("#eef4f3"), colour("#0b5563")
COLLAR, SKIN, SHADE = colour("#f4f1ea"), colour("#e8bd9c"), colour("#d9a683")
HAIR, EYE, LIPS, MOUTH = colour("#4a3428"), colour("#2a2220"), colour("#b5645a"), colour("#7c3530")
CHEEK, HEADSET = colour("#e6ab90"), colour("#2b3a40")

Shape = tuple[Ellipse, Colour]


def face(at: float) -> Canvas:
    """Draw the adviser as they look at a moment of the loop, in seconds; its end meets its beginning."""
    canvas = Canvas(WIDTH, HEIGHT, WALL)
    sway = 4 * math.sin(2 * math.pi * at / LOOP_SECONDS)
    nod = 3 * math.sin(4 * math.pi * at / LOOP_SECONDS)
    for shape, paint in (*_behind(sway), *_head(240 + sway, 160 + nod, at), *_hand(at)):
        canvas.lay(shape, paint)
    return canvas


def _behind(sway: float) -> Iterator[Shape]:
    yield _at(96, 92, 120, 120), LAMP
    yield _at(240 + sway / 2, 395, 168, 136), CARDIGAN
    yield _at(240 + sway / 2, 274, 52, 34), COLLAR
    yield _at(240 + sway * 0.8, 246, 31, 44), SHADE


def _head(x: float, y: float, at: float) -> Iterator[Shape]:
    yield _at(x, y - 12, 92, 106), HEADSET
    yield _at(x, y - 10, 86, 99), HAIR
    yield _at(x, y + 12, 69, 88), SKIN
    yield _at(x - 24, y - 66, 60, 30), HAIR
    yield _at(x + 40, y - 62, 36, 24), HAIR
    for side in (-1, 1):
        yield _at(x + side * 82, y + 8, 15, 27), HEADSET
        yield _at(x + side * 40, y + 44, 14, 9), CHEEK
        yield _at(x + side * 28, y - 13, 14, 3), HAIR
        yield _at(x + side * 28, y + 7, 6.5, 0.9 if _blinks(at) else 8), EYE
    yield _at(x, y + 32, 7, 5), SHADE
    yield from _mouth(x, y + 62, at)


def _mouth(x: float, y: float, at: float) -> Iterator[Shape]:
    """Yield a smile, or a mouth that says hello."""
    open_by = 9 * abs(math.sin(math.pi * at * 2.5)) if at < GREETING_SECONDS else 0.0
    if open_by > 2:
        yield _at(x, y, 19, open_by + 3), LIPS
        yield _at(x, y, 16, open_by), MOUTH
        return
    yield _at(x, y - 2, 24, 13), LIPS
    yield _at(x, y - 7, 27, 13), SKIN


def _hand(at: float) -> Iterator[Shape]:
    """Yield a hand that waves while greeting: it comes up, and goes down again."""
    if at >= GREETING_SECONDS:
        return
    height = 190 * math.sin(math.pi * at / GREETING_SECONDS)
    x, y = 392 + 13 * math.sin(2 * math.pi * at * 1.6), 450 - height
    yield _at(390, 545 - height, 27, 84), CARDIGAN
    yield _at(x, y, 25, 28), SKIN
    for finger in range(4):
        lean = (finger - 1.5) * 11
        yield _at(x + lean * 1.15, y - 32 + abs(lean) * 0.25, 5.5, 18), SKIN
    yield _at(x - 28, y - 6, 13, 6), SKIN


def _blinks(at: float) -> bool:
    return any(moment <= at < moment + BLINK_SECONDS for moment in BLINKS_AT)


def _at(x: float, y: float, across: float, down: float) -> Ellipse:
    return Ellipse(x=x, y=y, across=across, down=down)
