"""When advisers can be booked: hours of weeks and days in a zone, less what is closed, as spans of UTC."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeAlias
from uuid import UUID
from zoneinfo import ZoneInfo

from booking.closure import Closure
from booking.stretches import MIDNIGHT
from booking.time_span import TimeSpan, joined, without

DAY = timedelta(days=1)

_Stretch: TypeAlias = tuple[int, int, ZoneInfo]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyHours:
    """One stretch of a weekday (Monday is 0), in minutes after local midnight; 1440 is its end.

    Hours that name an offering stand for it instead of the adviser's general ones.
    """

    adviser_id: UUID
    weekday: int
    start_minute: int
    end_minute: int
    zone: str
    offering_id: UUID | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            raise ValueError("a weekday is 0 (Monday) to 6")
        require_forward(self.start_minute, self.end_minute)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayHours:
    """The hours of one day, instead of those of its weekday; without stretches nobody is there."""

    adviser_id: UUID
    day: date
    stretches: tuple[tuple[int, int], ...]
    zone: str
    offering_id: UUID | None = None

    def __post_init__(self) -> None:
        for start, end in self.stretches:
            require_forward(start, end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Openings:
    """All that says when an offering's advisers are there."""

    weekly: Sequence[WeeklyHours] = ()
    days: Sequence[DayHours] = ()
    closures: Sequence[Closure] = ()

    @property
    def adviser_ids(self) -> frozenset[UUID]:
        return frozenset(line.adviser_id for line in self.weekly) | {line.adviser_id for line in self.days}

    def of(self, adviser_id: UUID) -> "Openings":
        """Return what concerns one adviser."""
        return Openings(
            weekly=[line for line in self.weekly if line.adviser_id == adviser_id],
            days=[line for line in self.days if line.adviser_id == adviser_id],
            closures=[one for one in self.closures if one.adviser_id in (None, adviser_id)],
        )

    def for_offering(self, offering_id: UUID) -> "Openings":
        """Return what concerns one offering."""
        return Openings(
            weekly=[line for line in self.weekly if line.offering_id in (None, offering_id)],
            days=[line for line in self.days if line.offering_id in (None, offering_id)],
            closures=[one for one in self.closures if one.offering_id in (None, offering_id)],
        )

    def hours(self, within: TimeSpan) -> list[TimeSpan]:
        """Return one adviser's hours inside a span, whatever is closed, joined and in order."""
        return joined(_pieces(self, within))

    def open_spans(self, within: TimeSpan) -> list[TimeSpan]:
        """Return one adviser's hours inside a span, less what is closed."""
        return without(self.hours(within), (closure.span for closure in self.closures))


def require_forward(start_minute: int, end_minute: int) -> None:
    """Raise ValueError unless a stretch runs forward within one day."""
    if not 0 <= start_minute < end_minute <= MIDNIGHT:
        raise ValueError("hours run forward within one day")


def _pieces(openings: Openings, within: TimeSpan) -> Iterator[TimeSpan]:
    weekly = _of_weekdays(openings.weekly)
    # General days first, so that those of the offering stand over them.
    days = {line.day: line for line in sorted(openings.days, key=lambda line: line.offering_id is not None)}
    day, last = within.start.date() - DAY, within.end.date() + DAY
    while day <= last:
        exception = days.get(day)
        stretches = _of_day(exception) if exception else weekly[day.weekday()]
        for start_minute, end_minute, zone in stretches:
            start, end = _at(day, start_minute, zone), _at(day, end_minute, zone)
            start, end = max(start, within.start), min(end, within.end)
            if start < end:  # the clocks may leave nothing of a stretch
                yield TimeSpan(start, end)
        day += DAY


def _of_weekdays(lines: Sequence[WeeklyHours]) -> list[list[_Stretch]]:
    own = [line for line in lines if line.offering_id is not None]
    result: list[list[_Stretch]] = [[] for _ in range(7)]
    for line in own or lines:
        result[line.weekday].append((line.start_minute, line.end_minute, ZoneInfo(line.zone)))
    return result


def _of_day(line: DayHours) -> list[_Stretch]:
    return [(start, end, ZoneInfo(line.zone)) for start, end in line.stretches]


def _at(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """Return the UTC moment of a local wall time.

    A wall time in the hour that the clocks skip is read as the first one after it, so that hours wholly
    inside are none. In the hour that comes twice the first one counts for a start, and for an end too:
    hours never grow by themselves.
    """
    if minute == MIDNIGHT:
        day, minute = day + DAY, 0
    local = datetime.combine(day, time(minute // 60, minute % 60), tzinfo=zone)
    while not _exists(local):
        local += timedelta(minutes=1)
    return local.astimezone(UTC)


def _exists(local: datetime) -> bool:
    there_and_back = local.astimezone(UTC).astimezone(local.tzinfo)
    return there_and_back.replace(tzinfo=None) == local.replace(tzinfo=None)
