"""A time that can be booked, and how slots are cut from open time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from booking.time_span import TimeSpan


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A span of an adviser's time; slots sort by start, the earliest first."""

    span: TimeSpan
    adviser_id: UUID


def slots_in(open_time: Iterable[TimeSpan], *, length: timedelta, step: timedelta) -> Iterator[TimeSpan]:
    """Yield the spans of a length that start on the step inside open time."""
    for stretch in open_time:
        start = _next_step(stretch.start, step)
        while start + length <= stretch.end:
            yield TimeSpan(start, start + length)
            start += step


def _next_step(moment: datetime, step: timedelta) -> datetime:
    seconds = int(step.total_seconds())
    whole = -(-int(moment.timestamp() * 1_000_000) // (seconds * 1_000_000)) * seconds
    return datetime.fromtimestamp(whole, UTC)
