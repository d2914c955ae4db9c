"""A stretch of time as a person reads it: whole days as days, all else as moments."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from booking.time_span import TimeSpan


@dataclass(frozen=True, slots=True)
class Stretch:
    """`last` is a moment of the last day where it is of whole days."""

    start: datetime
    end: datetime
    last: datetime | None
    is_one_day: bool


def stretch_of(span: TimeSpan, zone: ZoneInfo) -> Stretch:
    start, end = span.start.astimezone(zone), span.end.astimezone(zone)
    last = span.end - timedelta(minutes=1)
    if (start.time(), end.time()) != (time(), time()):
        return Stretch(span.start, span.end, None, start.date() == end.date())
    return Stretch(span.start, span.end, last, start.date() == last.astimezone(zone).date())
