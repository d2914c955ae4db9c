"""Stretches of a local day as somebody sets them: on five minutes, forward, apart."""

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise
from typing import TypeAlias

GRAIN = 5
MIDNIGHT = 1440
MOST = 8

Stretch: TypeAlias = tuple[int, int]
"""Minutes after local midnight; 1440 is the end of the day."""


class HoursFault(StrEnum):
    """What is wrong with a day's stretches."""

    OFF_GRID = "off_grid"
    BACKWARD = "backward"
    OVERLAP = "overlap"
    TOO_MANY = "too_many"


def fault_of(stretches: Sequence[Stretch]) -> HoursFault | None:
    """Return the first thing that is wrong with a day, if anything is; stretches may touch."""
    if len(stretches) > MOST:
        return HoursFault.TOO_MANY
    if any(not 0 <= start < end <= MIDNIGHT for start, end in stretches):
        return HoursFault.BACKWARD
    if any(start % GRAIN or end % GRAIN for start, end in stretches):
        return HoursFault.OFF_GRID
    if any(end > after for (_, end), (after, _) in pairwise(sorted(stretches))):
        return HoursFault.OVERLAP
    return None
