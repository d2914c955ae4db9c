"""What is typed into the forms of hours, and what it means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from typing import Annotated
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from booking.availability import DayHours
from booking.closure import Closure, ClosureKind
from booking.set_hours import Week
from booking.stretches import GRAIN, MIDNIGHT, HoursFault, Stretch, fault_of
from booking.time_span import TimeSpan
from web.clock_times import minutes_of
from web.fields import Day, MaybeDay, MaybeId
from web.i18n import N_
from web.pages.ask_first import Sure
from web.reader_zone import KNOWN

LONGEST_OFF = timedelta(days=400)
NOT_A_TIME = N_("Write both times, for example 9:00 and 16:00.")
FAULTS: Mapping[HoursFault, str] = MappingProxyType(
    {
        HoursFault.OFF_GRID: N_("Times are on five minutes: 9:00, 9:05, 9:10."),
        HoursFault.BACKWARD: N_("The end comes after the start. Hours past midnight go on the next day."),
        HoursFault.OVERLAP: N_("These hours overlap each other."),
        HoursFault.TOO_MANY: N_("A day has eight stretches at most."),
    }
)
CHOOSE_DAY = N_("Choose a day.")
SAY_HOURS = N_("Write the hours of the day, or choose that nobody is there.")
IS_OVER = N_("This day has passed. Choose one that is ahead.")
WRONG_ORDER = N_("The end comes after the start, and within a year.")


def _ids(value: object) -> object:
    return value.split() if isinstance(value, str) else value


Accepted = Annotated[frozenset[UUID], BeforeValidator(_ids)]
Clock = Annotated[str, Field(max_length=10)]


class Change(BaseModel):
    """What every change says besides: which appointments may be left outside."""

    accepted: Accepted = frozenset()


class WeekForm(Change):
    """Seven days; the three lists run in step, a row for each stretch."""

    offering: MaybeId = None
    weekday: list[Annotated[int, Field(ge=0, le=6)]] = Field(default_factory=list)
    start: list[Clock] = Field(default_factory=list)
    end: list[Clock] = Field(default_factory=list)


class DayForm(Change):
    """One day's own hours; `away` says that nobody is there."""

    day: Day
    offering: MaybeId = None
    away: str = ""
    start: list[Clock] = Field(default_factory=list)
    end: list[Clock] = Field(default_factory=list)


class DayAgain(Change, Sure):
    """A day that is to have its weekday's hours again."""

    day: Day
    offering: MaybeId = None


class TimeOffForm(Change):
    """Days, or with times a part of them; the last day is one of them."""

    first: Day
    last: MaybeDay = None
    start: Clock = ""
    end: Clock = ""
    note: str = Field(default="", max_length=100)


def _known(name: str) -> str:
    if name not in KNOWN:
        raise PydanticCustomError("enum", "not a time zone")
    return name


class ZoneForm(Change):
    """The wall clock by which hours are written."""

    zone: Annotated[str, Field(max_length=64), AfterValidator(_known)]


class OneClosure(Sure):
    closure_id: UUID


@dataclass(frozen=True, slots=True)
class Typed:
    """A day as it was typed, and what is wrong with it."""

    rows: tuple[tuple[str, str], ...] = ()
    error: str = ""


@dataclass(slots=True)
class TypedWeek:
    days: list[Typed] = field(default_factory=lambda: [Typed()] * 7)

    @property
    def is_right(self) -> bool:
        return not any(day.error for day in self.days)


def typed_week(form: WeekForm) -> TypedWeek:
    """Sort what was typed by weekday, with what is wrong beside it."""
    week = TypedWeek()
    for weekday in range(7):
        rows = tuple(
            (start, end)
            for on, start, end in zip(form.weekday, form.start, form.end, strict=False)
            if on == weekday and (start or end)
        )
        week.days[weekday] = Typed(rows, error_of(rows))
    return week


def error_of(rows: Sequence[tuple[str, str]]) -> str:
    """Return the message id of what is wrong with a day's rows."""
    stretches = [stretch_of(*row) for row in rows]
    if None in stretches:
        return NOT_A_TIME
    fault = fault_of([stretch for stretch in stretches if stretch])
    return FAULTS[fault] if fault else ""


def stretch_of(start: str, end: str) -> Stretch | None:
    """Read a stretch; an end at midnight is the day's end."""
    first, last = minutes_of(start), minutes_of(end)
    if first is None or last is None:
        return None
    return first, last or MIDNIGHT


def week_of(typed: TypedWeek, adviser_id: UUID, offering_id: UUID | None, zone: str) -> Week:
    days = [[stretch for row in day.rows if (stretch := stretch_of(*row))] for day in typed.days]
    return Week(adviser_id=adviser_id, offering_id=offering_id, days=days, zone=zone)


def day_of(form: DayForm, adviser_id: UUID, zone: ZoneInfo, *, now: datetime) -> DayHours | Mapping[str, str]:
    """Return the day's hours, or field → what is wrong."""
    rows = [row for row in zip(form.start, form.end, strict=False) if any(row)]
    if form.day < now.astimezone(zone).date():
        return {"day": IS_OVER}
    wrong = SAY_HOURS if not rows else error_of(rows)
    if wrong and not form.away:
        return {"hours": wrong}
    stretches = () if form.away else tuple(stretch for row in rows if (stretch := stretch_of(*row)))
    return DayHours(
        adviser_id=adviser_id,
        offering_id=form.offering,
        day=form.day,
        stretches=tuple(sorted(stretches)),
        zone=zone.key,
    )


def time_off_of(
    form: TimeOffForm, adviser_id: UUID, zone: ZoneInfo, *, now: datetime
) -> Closure | Mapping[str, str]:
    """Return the closed time, or field → what is wrong."""
    start, end = minutes_of(form.start or "0"), minutes_of(form.end or "24")
    for name, minutes in (("start", start), ("end", end)):
        if minutes is None:
            return {name: NOT_A_TIME}
        if minutes % GRAIN:
            return {name: FAULTS[HoursFault.OFF_GRID]}
    last = form.last or form.first
    begin, until = _at(form.first, start or 0, zone), _at(last, end or MIDNIGHT, zone)
    if not timedelta(0) < until - begin <= LONGEST_OFF:
        return {"last": WRONG_ORDER}
    if until <= now:
        return {"first": IS_OVER}
    return Closure(
        id=uuid4(),
        kind=ClosureKind.TIME_OFF,
        span=TimeSpan(begin, until),
        adviser_id=adviser_id,
        name=form.note,
    )


def _at(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    day += timedelta(days=minutes // MIDNIGHT)
    at = time(minutes % MIDNIGHT // 60, minutes % 60)
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)
