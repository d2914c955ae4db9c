"""The house's closed days: Finland's holidays as the admin chooses, and days of one's own."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from aiohttp import web
from pydantic import BaseModel, Field

from booking.close_days import change_closed_days
from booking.closure import Closure, ClosureKind
from booking.errors import LeftOutside, NotFound
from booking.explain import local_day
from booking.ports import BookingUnit
from identity.staff import StaffMember
from web.body import read_form, read_query
from web.fields import Day, Name
from web.finnish_holidays import finnish_holidays
from web.format import Reader
from web.forms import Form, submitted
from web.guard import staff
from web.i18n import N_
from web.keys import CLOCK, SITE, UNITS
from web.moments import midnight
from web.noting import set_up
from web.pages.ask_first import Question, ask_first
from web.pages.hours_forms import CHOOSE_DAY, IS_OVER, Accepted, OneClosure
from web.pages.hours_sent import Filled
from web.pages.left_outside import left_rows, warning
from web.refusal import Invalid
from web.render import page, reader_of
from web.subjects import ClosedDays

HOME = "/admin/holidays"
YEARS = 2
IS_CLOSED = N_("This day is closed already.")
NAME_IT = N_("Write a name, a hundred letters at most.")

ModelT = TypeVar("ModelT", bound=BaseModel)


class HolidaysQuestion(BaseModel):
    saved: str = ""


class ChosenForm(BaseModel):
    """The holidays on which nothing can be booked; the others of the list are open."""

    closed: list[Day] = Field(default_factory=list)
    accepted: Accepted = frozenset()


class OwnDayForm(BaseModel):
    day: Day
    name: Name
    accepted: Accepted = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayRow:
    day: date
    text: str
    name: str
    is_closed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDay:
    id: UUID
    text: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """The days closed for all: by day, and those that are no Finnish holiday."""

    by_day: Mapping[date, Sequence[Closure]]
    known: Mapping[date, str]

    @property
    def own(self) -> list[Closure]:
        return [one for day, closures in self.by_day.items() if day not in self.known for one in closures]


async def show(request: web.Request) -> web.Response:
    member = staff(request)
    question = read_query(request, HolidaysQuestion)
    return await _shown(request, member, Filled(), saved=question.saved)


async def choose(request: web.Request) -> web.Response:
    """Close and open so that just the chosen holidays are closed."""
    member = staff(request)
    form = await submitted(request, ChosenForm)
    if form.model is None:
        raise Invalid(dict(form.errors))
    wanted, accepted, zone = frozenset(form.model.closed), form.model.accepted, request.app[SITE].zone

    async def work(unit: BookingUnit, now: datetime) -> None:
        closed = await _closed(unit, zone, now=now)
        await change_closed_days(
            unit,
            closed=[
                _holiday(day, name, zone)
                for day, name in closed.known.items()
                if day in wanted and day not in closed.by_day
            ],
            opened=[
                one.id for day in closed.known if day not in wanted for one in closed.by_day.get(day, ())
            ],
            accepted=accepted,
            now=now,
        )

    return await _changed(request, member, form, work)


async def add(request: web.Request) -> web.Response:
    """Close a day of one's own."""
    member = staff(request)
    form = await submitted(request, OwnDayForm)
    wrong = await _wrong(request, form)
    if wrong or form.model is None:
        return await _shown(request, member, Filled(form.values, wrong))
    closure = _holiday(form.model.day, form.model.name, request.app[SITE].zone)
    accepted = form.model.accepted

    async def work(unit: BookingUnit, now: datetime) -> None:
        await change_closed_days(unit, closed=[closure], opened=(), accepted=accepted, now=now)

    return await _changed(request, member, form, work)


async def remove(request: web.Request) -> web.Response:
    member = staff(request)
    form = await read_form(request, OneClosure)
    now, zone = request.app[CLOCK](), request.app[SITE].zone
    if not form.sure:
        return await _asked(request, member, form.closure_id)

    async def work(unit: BookingUnit) -> None:
        own = {one.id for one in (await _closed(unit, zone, now=now)).own}
        await change_closed_days(unit, closed=(), opened=own & {form.closure_id}, now=now)

    await set_up(request, member, ClosedDays(zone, now), work)
    raise web.HTTPSeeOther(f"{HOME}?saved=1")


async def _asked(request: web.Request, member: StaffMember, closure_id: UUID) -> web.Response:
    """Raises NotFound for what is no closed day of the house's own."""
    reader = reader_of(request)
    async with request.app[UNITS].read() as unit:
        own = (await _closed(unit, reader.zone, now=request.app[CLOCK]())).own
    closure = next((one for one in own if one.id == closure_id), None)
    if closure is None:
        raise NotFound(closure_id)
    question = Question(
        title=N_("Open this day again?"),
        item=f"{reader.date(closure.span.start)} · {closure.name}",
        follows=N_("Customers can book this time again at once, wherever there are hours."),
        yes=N_("Open the day"),
        back=f"{HOME}#own",
        menu="holidays",
    )
    return ask_first(request, member, question, {"closure_id": str(closure_id)})


async def _changed(
    request: web.Request,
    member: StaffMember,
    form: Form[ModelT],
    work: Callable[[BookingUnit, datetime], Awaitable[None]],
) -> web.Response:
    """Do it and lead back, or ask first about the appointments that lie on what is to be closed."""
    now = request.app[CLOCK]()
    try:
        closed_days = ClosedDays(request.app[SITE].zone, now)
        await set_up(request, member, closed_days, lambda unit: work(unit, now))
    except LeftOutside as left:
        async with request.app[UNITS].read() as unit:
            rows = await left_rows(unit, left.appointments, member, reader_of(request).language)
        return warning(request, rows, form, back=HOME, member=member)
    raise web.HTTPSeeOther(f"{HOME}?saved=1")


async def _shown(
    request: web.Request, member: StaffMember, filled: Filled, *, saved: str = ""
) -> web.Response:
    reader = reader_of(request)
    async with request.app[UNITS].read() as unit:
        closed = await _closed(unit, reader.zone, now=request.app[CLOCK]())
    rows = [_row(day, closed, reader) for day in closed.known]
    return page(
        request,
        "holidays/holidays.html",
        status=422 if filled.wrong else 200,
        member=member,
        years=[
            (year, [row for row in rows if row.day.year == year])
            for year in sorted({row.day.year for row in rows})
        ],
        own=[
            OwnDay(id=one.id, text=reader.date(one.span.start.astimezone(reader.zone)), name=one.name)
            for one in closed.own
        ],
        filled=filled,
        saved=saved,
    )


async def _closed(unit: BookingUnit, zone: ZoneInfo, *, now: datetime) -> Closed:
    """Read what is closed for all from today on; `known` are the Finnish holidays of the years ahead."""
    by_day: dict[date, list[Closure]] = defaultdict(list)
    for one in await unit.hours.closed_for_all(since=now):
        if one.kind is ClosureKind.HOLIDAY:
            by_day[one.span.start.astimezone(zone).date()].append(one)
    return Closed(by_day=dict(by_day), known=_ahead(now.astimezone(zone).date()))


def _ahead(today: date) -> dict[date, str]:
    last = (today.year + YEARS, today.month, today.day)
    years = range(today.year, today.year + YEARS + 1)
    found = {day: name for year in years for day, name in finnish_holidays(year, "fi").items()}
    return {
        day: name for day, name in found.items() if today <= day and (day.year, day.month, day.day) <= last
    }


def _row(day: date, closed: Closed, reader: Reader) -> HolidayRow:
    return HolidayRow(
        day=day,
        text=reader.date(midnight(day, reader.zone)),
        name=finnish_holidays(day.year, reader.language)[day],
        is_closed=day in closed.by_day,
    )


async def _wrong(request: web.Request, form: Form[OwnDayForm]) -> dict[str, str]:
    """Return field → what is wrong with a day of one's own."""
    if form.model is None:
        return {name: {"day": CHOOSE_DAY, "name": NAME_IT}.get(name, CHOOSE_DAY) for name in form.errors}
    zone, now = request.app[SITE].zone, request.app[CLOCK]()
    if form.model.day < now.astimezone(zone).date():
        return {"day": IS_OVER}
    async with request.app[UNITS].read() as unit:
        closed = await _closed(unit, zone, now=now)
    return {"day": IS_CLOSED} if form.model.day in closed.by_day else {}


def _holiday(day: date, name: str, zone: ZoneInfo) -> Closure:
    return Closure(id=uuid4(), kind=ClosureKind.HOLIDAY, span=local_day(day, zone), name=name)


ROUTES: tuple[web.RouteDef, ...] = (
    web.get(HOME, show),
    web.post(HOME, choose),
    web.post(f"{HOME}/own", add),
    web.post(f"{HOME}/own/remove", remove),
)
