"""A time that can be booked, and how slots are cut from open time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from booking.time_span import TimeSpan, cells

STEP = timedelta(minutes=15)
"""Starts are offered on quarters of an hour: what people expect of a calendar."""


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A span of an adviser's time; slots sort by start, the earliest first."""

    span: TimeSpan
    adviser_id: UUID


def slots_in(
    open_time: Iterable[TimeSpan],
    taken: frozenset[int],
    *,
    length: timedelta,
    step: timedelta = STEP,
) -> Iterator[TimeSpan]:
    """Yield the spans of a length that start on the step inside open time and touch no taken cell."""
    for stretch in open_time:
        start = _next_step(stretch.start, step)
        while start + length <= stretch.end:
            span = TimeSpan(start, start + length)
            if taken.isdisjoint(cells(span)):
                yield span
            start += step


def _next_step(moment: datetime, step: timedelta) -> datetime:
    seconds = int(step.total_seconds())
    whole = -(-int(moment.timestamp() * 1_000_000) // (seconds * 1_000_000)) * seconds
    return datetime.fromtimestamp(whole, UTC)
