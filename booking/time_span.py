"""A stretch of time in UTC, half open, so that back-to-back spans do not overlap."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

CELL = timedelta(minutes=5)
"""The grain of the calendar: starts and lengths are multiples of it."""


def is_utc(moment: datetime) -> bool:
    """Tell whether a moment is aware and says so in UTC."""
    return moment.tzinfo is UTC


def require_utc(moment: datetime) -> None:
    """Raise ValueError unless the moment is aware UTC."""
    if not is_utc(moment):
        raise ValueError("a moment must be aware UTC")


@dataclass(frozen=True, slots=True, order=True)
class TimeSpan:
    """From `start` up to, and without, `end`."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        require_utc(self.start)
        require_utc(self.end)
        if self.end <= self.start:
            raise ValueError("a span must end after its start")

    @property
    def length(self) -> timedelta:
        return self.end - self.start

    def overlaps(self, other: "TimeSpan") -> bool:
        return self.start < other.end and other.start < self.end

    def holds(self, other: "TimeSpan") -> bool:
        """Tell whether the other span lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end


def cells(span: TimeSpan) -> Iterator[int]:
    """Yield the numbers of the five-minute cells since 1970 that a span touches."""
    seconds = int(CELL.total_seconds())
    first = int(span.start.timestamp()) // seconds
    last = -(-int(span.end.timestamp()) // seconds)
    yield from range(first, last)


def joined(spans: Iterable[TimeSpan]) -> list[TimeSpan]:
    """Return the spans in order, with those that touch or overlap made one."""
    result: list[TimeSpan] = []
    for span in sorted(spans):
        if result and span.start <= result[-1].end:
            result[-1] = TimeSpan(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return result


def without(spans: Iterable[TimeSpan], closed: Iterable[TimeSpan]) -> list[TimeSpan]:
    """Return what is left of spans, which come in order and apart, once what is closed is cut out."""
    left = list(spans)
    for hole in joined(closed):
        left = [piece for span in left for piece in _cut(span, hole)]
    return left


def _cut(span: TimeSpan, hole: TimeSpan) -> Iterator[TimeSpan]:
    if not span.overlaps(hole):
        yield span
        return
    if span.start < hole.start:
        yield TimeSpan(span.start, hole.start)
    if hole.end < span.end:
        yield TimeSpan(hole.end, span.end)
