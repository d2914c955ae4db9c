"""An adviser says that they are late: to one customer, or to all who still come to them today."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Literal
from uuid import UUID

from aiohttp import web
from pydantic import BaseModel

from booking.errors import TooLate, WrongStatus
from booking.fact import Actor
from booking.lateness import CHOICES
from booking.say_late import say_late
from booking.time_span import TimeSpan
from identity.look import Thing
from web.body import read_form
from web.guard import staff
from web.keys import CLOCK, SITE, UNITS
from web.looking import looks_at
from web.moments import midnight
from web.pages.desk_list import SAID_BEFORE
from web.pages.desk_seat import desk_page, hand, seat
from web.pages.visit import Visit, visit_for
from web.path import path_id
from web.ports import Unit


class LateForm(BaseModel):
    minutes: Literal["5", "10", "15"]
    everybody: Literal["", "1"] = ""


@looks_at(Thing.APPOINTMENT)
async def ask(request: web.Request) -> web.Response:
    member, found = await seat(request)
    now = request.app[CLOCK]()
    if not can_be_late(found, now):
        raise web.HTTPSeeOther("/desk")
    async with request.app[UNITS].read() as unit:
        later = await _later_today(request, unit, found)
    return desk_page(request, member, "desk/late.html", visit=found, choices=CHOICES, later=len(later))


async def say_it(request: web.Request) -> web.Response:
    """Raises NotFound for another team's appointment, WrongStatus and TooLate when it is over."""
    form = await read_form(request, LateForm)
    member = staff(request)
    now, minutes, by = request.app[CLOCK](), int(form.minutes), hand(member)

    async def one(unit: Unit) -> Sequence[UUID]:
        found = await visit_for(unit, path_id(request, "appointment_id"), member)
        if now < found.appointment.span.start - SAID_BEFORE:
            raise WrongStatus(found.appointment.status)
        await say_late(unit, found.appointment.id, minutes, by=by, now=now)
        return await _later_today(request, unit, found) if form.everybody else ()

    for appointment_id in await request.app[UNITS].do(one):
        await _say(request, appointment_id, minutes, by=by, now=now)
    raise web.HTTPSeeOther("/desk?done=late")


def can_be_late(found: Visit, now: datetime) -> bool:
    span = found.appointment.span
    return found.appointment.is_live and span.start - SAID_BEFORE <= now < span.end


async def _say(request: web.Request, appointment_id: UUID, minutes: int, *, by: Actor, now: datetime) -> None:
    """Each in a unit of its own; who cancelled meanwhile need not be told."""
    with suppress(WrongStatus, TooLate):
        await request.app[UNITS].do(lambda unit: say_late(unit, appointment_id, minutes, by=by, now=now))


async def _later_today(request: web.Request, unit: Unit, found: Visit) -> Sequence[UUID]:
    """Name those who come to the same adviser later on the same local day."""
    zone, own = request.app[SITE].zone, found.appointment
    tomorrow = own.span.start.astimezone(zone).date() + timedelta(days=1)
    rest = TimeSpan(own.span.start, midnight(tomorrow, zone).astimezone(UTC))
    coming = await unit.appointments.of_adviser(own.adviser_id, rest)
    return [one.id for one in coming if one.is_live and one.span.start > own.span.start]


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/desk/appointments/{appointment_id}/late", ask),
    web.post("/desk/appointments/{appointment_id}/late", say_it),
)
