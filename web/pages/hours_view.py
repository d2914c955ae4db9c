"""What the page of hours shows: the week as drawn and as written, days of their own, time off."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from booking.adviser import Adviser
from booking.availability import DayHours, Openings, WeeklyHours
from booking.closure import Closure, ClosureKind
from booking.offering import Offering
from booking.ports import BookingUnit
from booking.set_hours import now_outside
from booking.stretches import Stretch
from web.clock_times import clock_text
from web.day_bars import Bar, week_bars
from web.format import Reader
from web.moments import midnight
from web.pages.closure_words import closure_name, closure_time
from web.pages.hours_forms import Typed, TypedWeek, stretch_of
from web.pages.hours_sent import week_field
from web.pages.left_outside import LeftRow, left_rows
from web.pages.seat import Seat
from web.weekdays import weekday_name


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekRow:
    """A weekday: its name, what is drawn, what stands in its fields."""

    weekday: int
    name: str
    bars: Sequence[Bar]
    text: str
    typed: Typed


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLine:
    """A single day's hours in words."""

    day: date
    offering_id: UUID | None
    date_text: str
    hours: str
    offering: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedLine:
    """Closed time in words; time off can be removed here."""

    id: UUID
    text: str
    name: str
    is_time_off: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursView:
    """Everything on the page; `offering` is the one whose own hours are shown, None the general ones."""

    rows: Sequence[WeekRow]
    offering: Offering | None
    offerings: Sequence[Offering]
    own: frozenset[UUID]
    days: Sequence[DayLine]
    off: Sequence[ClosedLine]
    closed: Sequence[ClosedLine]
    left: Sequence[LeftRow]
    zone: str

    @property
    def day_labels(self) -> dict[str, str]:
        """Name the weekdays as a summary of what is wrong asks for them."""
        return {week_field(row.weekday): row.name for row in self.rows}

    @property
    def is_general_shown(self) -> bool:
        """Tell whether the offering has no hours of its own, so that the general ones are drawn."""
        return self.offering is not None and self.offering.id not in self.own


async def hours_view(
    unit: BookingUnit,
    seat: Seat,
    offering_id: UUID | None,
    typed: TypedWeek | None,
    *,
    zone: ZoneInfo,
    language: str,
    now: datetime,
) -> HoursView:
    openings = await unit.hours.openings(seat.adviser.id, since=now)
    zone = zone_of(seat.adviser, openings, zone)
    own = frozenset(line.offering_id for line in openings.weekly if line.offering_id)
    met = await unit.hours.offered_by(seat.adviser.id)
    offerings = [one for one in await unit.offerings.all() if one.id in {*met, *own}]
    chosen = next((one for one in offerings if one.id == offering_id), None)
    shown = chosen.id if chosen and chosen.id in own else None
    reader, names = Reader(language, zone), {one.id: one.name(language) for one in offerings}
    today = now.astimezone(zone).date()
    return HoursView(
        rows=_rows(openings.weekly, shown, typed, language, is_empty=chosen is not None and shown is None),
        offering=chosen,
        offerings=offerings,
        own=own,
        days=[_day_line(line, reader, names) for line in openings.days if line.day >= today],
        off=[_closed_line(one, reader) for one in openings.closures if one.adviser_id],
        closed=[_closed_line(one, reader) for one in openings.closures if not one.adviser_id],
        left=await left_rows(unit, await now_outside(unit, seat.adviser.id, now=now), seat.member, language),
        zone=zone.key,
    )


def zone_of(adviser: Adviser, openings: Openings, zone: ZoneInfo) -> ZoneInfo:
    """Return an adviser's clock: their own, else the one that their hours were set by, else the house's."""
    name = adviser.zone or next((line.zone for line in openings.weekly), zone.key)
    return ZoneInfo(name)


def _day_line(line: DayHours, reader: Reader, names: Mapping[UUID, str]) -> DayLine:
    return DayLine(
        day=line.day,
        offering_id=line.offering_id,
        date_text=reader.date(midnight(line.day, reader.zone)),
        hours=stretches_text(line.stretches),
        offering=names.get(line.offering_id, "") if line.offering_id else "",
    )


def _closed_line(closure: Closure, reader: Reader) -> ClosedLine:
    return ClosedLine(
        id=closure.id,
        text=closure_time(closure, reader),
        name=closure_name(closure, reader),
        is_time_off=closure.kind is ClosureKind.TIME_OFF,
    )


def stretches_text(stretches: Iterable[Stretch]) -> str:
    """Write stretches as `9:00–12:00, 13:00–16:00`; the day's end as 24."""
    return ", ".join(f"{_short(start)}–{_short(end)}" for start, end in stretches)


def _short(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def _rows(
    lines: Sequence[WeeklyHours],
    offering_id: UUID | None,
    typed: TypedWeek | None,
    language: str,
    *,
    is_empty: bool,
) -> list[WeekRow]:
    days: Mapping[int, list[Stretch]] = {weekday: [] for weekday in range(7)}
    for line in lines:
        if line.offering_id == offering_id:
            days[line.weekday].append((line.start_minute, line.end_minute))
    return [
        _row(weekday, stretches, typed.days[weekday] if typed else None, language, is_empty=is_empty)
        for weekday, stretches in days.items()
    ]


def _row(weekday: int, kept: list[Stretch], typed: Typed | None, language: str, *, is_empty: bool) -> WeekRow:
    if typed is not None:
        kept = [stretch for row in typed.rows if (stretch := stretch_of(*row)) and stretch[0] < stretch[1]]
    written = tuple((clock_text(start), clock_text(end)) for start, end in kept)
    return WeekRow(
        weekday=weekday,
        name=weekday_name(weekday, language),
        bars=week_bars("general" if is_empty else "hours", kept),
        text=stretches_text(kept),
        typed=typed or Typed(() if is_empty else written),
    )
