"""A soft chime of two bells, as samples: the practice adviser's hello for the ears."""

import math
from array import array

RATE = 48_000
LOUDNESS = 7_000
BELLS = ((0.25, 523.25), (0.60, 783.99))
"""From when on, and how high: C5 and G5."""
OVERTONES = ((1.0, 1.0), (2.0, 0.28), (3.01, 0.09))
FADE_SECONDS = 0.55
ATTACK_SECONDS = 0.012


def chime(seconds: float) -> "array[int]":
    """Return one channel of 16 bits: the chime, then silence until the time is over."""
    samples = array("h", bytes(2 * round(seconds * RATE)))
    for begins, pitch in BELLS:
        first = round(begins * RATE)
        for at in range(min(len(samples) - first, round(5 * FADE_SECONDS * RATE))):
            samples[first + at] += round(_bell(at / RATE, pitch))
    return samples


def _bell(at: float, pitch: float) -> float:
    loud = LOUDNESS * min(1.0, at / ATTACK_SECONDS) * math.exp(-at / FADE_SECONDS)
    return loud * sum(part * math.sin(2 * math.pi * pitch * over * at) for over, part in OVERTONES)
