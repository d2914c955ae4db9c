"""When an adviser is there: the page and its forms, of one's own hours and for admins of anybody's."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from aiohttp import web
from pydantic import BaseModel

from booking.errors import LeftOutside
from booking.ports import BookingUnit
from booking.set_hours import drop_day, end_time_off, set_day, set_week, set_zone, take_time_off, time_off
from web.body import read_form, read_query
from web.day_bars import WEEK_TICKS
from web.fields import MaybeId
from web.format import Reader
from web.forms import Form, submitted
from web.i18n import N_, language_of
from web.keys import CLOCK, SITE, UNITS
from web.moments import midnight
from web.noting import set_up
from web.pages.ask_first import Question, ask_first
from web.pages.closure_words import closure_time
from web.pages.hours_forms import (
    CHOOSE_DAY,
    DayAgain,
    DayForm,
    OneClosure,
    TimeOffForm,
    WeekForm,
    ZoneForm,
    day_of,
    time_off_of,
    typed_week,
    week_of,
)
from web.pages.hours_sent import Filled, Sent
from web.pages.hours_view import hours_view, zone_of
from web.pages.left_outside import left_rows, warning
from web.pages.seat import Seat, seat_of
from web.refusal import Invalid
from web.render import page
from web.subjects import HoursOf

ModelT = TypeVar("ModelT", bound=BaseModel)

CHECK = N_("Check this field.")


class HoursQuestion(BaseModel):
    """Hours of which offering, or in general; `saved` comes after a change."""

    offering: MaybeId = None
    saved: str = ""


async def hours(request: web.Request) -> web.Response:
    seat = await seat_of(request)
    question = read_query(request, HoursQuestion)
    return await _shown(request, seat, question, Sent())


async def save_week(request: web.Request) -> web.Response:
    seat = await seat_of(request)
    form = await submitted(request, WeekForm)
    model = _right(form)
    typed = typed_week(model)
    if not typed.is_right:
        return await _shown(request, seat, HoursQuestion(offering=model.offering), Sent(week=typed))

    async def work(unit: BookingUnit, zone: ZoneInfo, now: datetime) -> None:
        week = week_of(typed, seat.adviser.id, model.offering, zone.key)
        await set_week(unit, week, now=now, accepted=model.accepted)

    return await _changed(request, seat, form, work, offering=str(model.offering or ""))


async def save_day(request: web.Request) -> web.Response:
    seat = await seat_of(request)
    form = await submitted(request, DayForm)
    if form.model is None:
        wrong = dict.fromkeys(form.errors, CHECK) | ({"day": CHOOSE_DAY} if "day" in form.errors else {})
        return await _shown(request, seat, HoursQuestion(), Sent(day=Filled(form.values, wrong)))
    model, zone = form.model, await _zone(request, seat)
    found = day_of(model, seat.adviser.id, zone, now=request.app[CLOCK]())
    if isinstance(found, Mapping):
        return await _shown(request, seat, HoursQuestion(), Sent(day=Filled(form.values, found)))

    async def work(unit: BookingUnit, _: ZoneInfo, now: datetime) -> None:
        await set_day(unit, found, now=now, accepted=model.accepted)

    return await _changed(request, seat, form, work)


async def remove_day(request: web.Request) -> web.Response:
    seat = await seat_of(request)
    form = await submitted(request, DayAgain)
    model = _right(form)
    if not model.sure:
        return await _day_asked(request, seat, model)

    async def work(unit: BookingUnit, _: ZoneInfo, now: datetime) -> None:
        await drop_day(unit, seat.adviser.id, model.day, model.offering, now=now, accepted=model.accepted)

    return await _changed(request, seat, form, work)


async def save_time_off(request: web.Request) -> web.Response:
    seat = await seat_of(request)
    form = await submitted(request, TimeOffForm)
    if form.model is None:
        wrong = {name: CHOOSE_DAY if name in ("first", "last") else CHECK for name in form.errors}
        return await _shown(request, seat, HoursQuestion(), Sent(off=Filled(form.values, wrong)))
    model, zone = form.model, await _zone(request, seat)
    found = time_off_of(model, seat.adviser.id, zone, now=request.app[CLOCK]())
    if isinstance(found, Mapping):
        return await _shown(request, seat, HoursQuestion(), Sent(off=Filled(form.values, found)))

    async def work(unit: BookingUnit, _: ZoneInfo, now: datetime) -> None:
        await take_time_off(unit, found, now=now, accepted=model.accepted)

    return await _changed(request, seat, form, work)


async def save_zone(request: web.Request) -> web.Response:
    """Read the hours on another clock, and show them there."""
    seat = await seat_of(request)
    form = await submitted(request, ZoneForm)
    model = _right(form)

    async def work(unit: BookingUnit, _: ZoneInfo, now: datetime) -> None:
        await set_zone(unit, seat.adviser.id, model.zone, now=now, accepted=model.accepted)

    return await _changed(request, seat, form, work)


async def remove_time_off(request: web.Request) -> web.Response:
    seat = await seat_of(request)
    form = await read_form(request, OneClosure)
    if not form.sure:
        return await _time_off_asked(request, seat, form.closure_id)
    await set_up(
        request,
        seat.member,
        HoursOf(seat.adviser.id, request.app[CLOCK]()),
        lambda unit: end_time_off(unit, seat.adviser.id, form.closure_id),
    )
    raise web.HTTPSeeOther(f"{seat.home}?saved=1")


async def _day_asked(request: web.Request, seat: Seat, form: DayAgain) -> web.Response:
    reader = Reader(language_of(request), await _zone(request, seat))
    question = Question(
        title=N_("Remove the hours of this day?"),
        item=reader.date(midnight(form.day, reader.zone)),
        follows=N_("The day has the hours of its weekday again."),
        yes=N_("Remove"),
        back=f"{seat.home}#days",
        menu="hours" if seat.is_own else "people",
    )
    fields = {"day": str(form.day), "offering": str(form.offering or "")}
    return ask_first(request, seat.member, question, fields)


async def _time_off_asked(request: web.Request, seat: Seat, closure_id: UUID) -> web.Response:
    """Raises NotFound for what is no time off of theirs."""
    reader = Reader(language_of(request), await _zone(request, seat))
    async with request.app[UNITS].read() as unit:
        closure = await time_off(unit, seat.adviser.id, closure_id)
    question = Question(
        title=N_("Remove this time off?"),
        item=" · ".join(filter(None, (closure_time(closure, reader), closure.name))),
        follows=N_("Customers can book this time again at once, wherever there are hours."),
        yes=N_("Remove"),
        back=f"{seat.home}#time-off",
        menu="hours" if seat.is_own else "people",
    )
    return ask_first(request, seat.member, question, {"closure_id": str(closure_id)})


async def _changed(
    request: web.Request,
    seat: Seat,
    form: Form[ModelT],
    work: Callable[[BookingUnit, ZoneInfo, datetime], Awaitable[None]],
    *,
    offering: str = "",
) -> web.Response:
    """Do it and lead back, or ask first about the appointments that it leaves outside."""
    zone, now = await _zone(request, seat), request.app[CLOCK]()
    try:
        await set_up(request, seat.member, HoursOf(seat.adviser.id, now), lambda unit: work(unit, zone, now))
    except LeftOutside as left:
        async with request.app[UNITS].read() as unit:
            rows = await left_rows(unit, left.appointments, seat.member, language_of(request))
        return warning(request, rows, form, back=seat.home, member=seat.member)
    raise web.HTTPSeeOther(f"{seat.home}?saved=1" + (f"&offering={offering}" if offering else ""))


async def _shown(request: web.Request, seat: Seat, question: HoursQuestion, sent: Sent) -> web.Response:
    language = language_of(request)
    async with request.app[UNITS].read() as unit:
        view = await hours_view(
            unit,
            seat,
            question.offering,
            sent.week,
            zone=request.app[SITE].zone,
            language=language,
            now=request.app[CLOCK](),
        )
    return page(
        request,
        "hours/hours.html",
        status=200 if sent == Sent() else 422,
        seat=seat,
        member=seat.member,
        view=view,
        sent=sent,
        saved=question.saved,
        ticks=WEEK_TICKS,
    )


async def _zone(request: web.Request, seat: Seat) -> ZoneInfo:
    async with request.app[UNITS].read() as unit:
        openings = await unit.hours.openings(seat.adviser.id, since=request.app[CLOCK]())
    return zone_of(seat.adviser, openings, request.app[SITE].zone)


def _right(form: Form[ModelT]) -> ModelT:
    """Return the model of a form whose fields a page has filled in. Raises Invalid."""
    if form.model is None:
        raise Invalid(dict(form.errors))
    return form.model


def _routes(home: str) -> tuple[web.RouteDef, ...]:
    return (
        web.get(home, hours),
        web.post(home, save_week),
        web.post(f"{home}/zone", save_zone),
        web.post(f"{home}/days", save_day),
        web.post(f"{home}/days/remove", remove_day),
        web.post(f"{home}/time-off", save_time_off),
        web.post(f"{home}/time-off/remove", remove_time_off),
    )


ROUTES: tuple[web.RouteDef, ...] = (
    *_routes("/desk/hours"),
    *_routes("/admin/people/{staff_id}/hours"),
)
