"""The middle and the tail of what was measured."""

from collections.abc import Sequence
from math import ceil
from statistics import median


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the smallest value that at least so many percent do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(ceil(len(ordered) * percent / 100), 1) - 1]


def spread(values: Sequence[float]) -> dict[str, float]:
    """Return n, median, p95 and the least, for the record."""
    return {
        "n": len(values),
        "median": round(median(values), 2),
        "p95": round(percentile(values, 95), 2),
        "least": round(min(values), 2),
    }
