"""When an adviser can be booked: weekly hours in a zone, seen as spans of UTC."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from booking.time_span import TimeSpan, joined

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyHours:
    """One stretch of a weekday (Monday is 0), in minutes after local midnight; 1440 is its end."""

    adviser_id: UUID
    weekday: int
    start_minute: int
    end_minute: int
    zone: str

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            raise ValueError("a weekday is 0 (Monday) to 6")
        if not 0 <= self.start_minute < self.end_minute <= 1440:
            raise ValueError("hours run forward within one day")

    def on(self, day: date) -> TimeSpan | None:
        """Return the stretch of one local day, or None where the clocks leave nothing of it."""
        zone = ZoneInfo(self.zone)
        start = _at(day, self.start_minute, zone)
        end = _at(day, self.end_minute, zone)
        return TimeSpan(start, end) if start < end else None


def open_spans(hours: Iterable[WeeklyHours], within: TimeSpan) -> list[TimeSpan]:
    """Return when the hours are open inside a span, joined and in order."""
    return joined(_pieces(hours, within))


def _pieces(hours: Iterable[WeeklyHours], within: TimeSpan) -> Iterator[TimeSpan]:
    for stretch in hours:
        zone = ZoneInfo(stretch.zone)
        day = within.start.astimezone(zone).date()
        last = within.end.astimezone(zone).date()
        while day <= last:
            span = stretch.on(day) if day.weekday() == stretch.weekday else None
            if span and span.overlaps(within):
                yield TimeSpan(max(span.start, within.start), min(span.end, within.end))
            day += DAY


def _at(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """Return the UTC moment of a local wall time.

    In the hour that the clocks skip, the wall time is read with the offset that held before, as
    RFC 5545 (3.3.5) does; so hours that start inside it start where it ends. In the hour that comes
    twice the first one counts for a start, and for an end too: hours never grow by themselves.
    """
    if minute == 1440:
        day, minute = day + DAY, 0
    local = datetime.combine(day, time(minute // 60, minute % 60), tzinfo=zone)
    return local.astimezone(UTC)
