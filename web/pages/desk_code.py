"""The desk makes a code for a customer, to be posted or handed over: a sheet to print, shown once."""

from datetime import datetime

from aiohttp import web
from markupsafe import Markup

from booking.attend import record
from booking.errors import WrongStatus
from booking.fact import FactKind
from identity.deliver import deliver
from identity.delivered_code import LASTS, MOST_TRIES, in_groups
from identity.look import Thing
from web.body import Nothing, read_form
from web.guard import staff
from web.keys import CLOCK, RATES, SECRET, SITE, UNITS
from web.looking import looks_at
from web.own_ways import takes_code
from web.pages.desk_seat import desk_page, hand, seat
from web.pages.visit import Visit, visit_for
from web.path import path_id
from web.ports import Unit
from web.render import render

AN_HOUR = 20
"""Codes that one member makes: a desk needs a few a day."""


@looks_at(Thing.APPOINTMENT)
async def show(request: web.Request) -> web.Response:
    """Tell what a code is for and whether one is about."""
    member, found = await seat(request)
    now = request.app[CLOCK]()
    async with request.app[UNITS].read() as unit:
        known = await unit.delivered_codes.find(found.appointment.id)
    return desk_page(
        request,
        member,
        "desk/code.html",
        visit=found,
        known=known,
        is_good=known is not None and known.is_good(now=now),
        is_far=is_far(found, now),
        can_use=can_use(found),
        most=MOST_TRIES,
    )


@looks_at(Thing.APPOINTMENT)
async def make(request: web.Request) -> web.Response:
    """Make one and show it this once; the one before is void.

    Raises NotFound for another team's appointment, WrongStatus where no code opens it, TooManyRequests.
    """
    await read_form(request, Nothing)
    member = staff(request)
    await request.app[RATES].an_hour(AN_HOUR, "code made by", str(member.id))
    now = request.app[CLOCK]()

    async def work(unit: Unit) -> tuple[Visit, str]:
        found = await visit_for(unit, path_id(request, "appointment_id"), member)
        if not can_use(found) or is_far(found, now):
            raise WrongStatus(found.appointment.status)
        code = await deliver(unit, found.appointment.id, key=request.app[SECRET], by=member.id, now=now)
        await record(unit, found.appointment.id, FactKind.CODE_MADE, by=hand(member), now=now)
        return found, code

    found, code = await request.app[UNITS].do(work)
    answer = desk_page(
        request,
        member,
        "desk/code_sheet.html",
        visit=found,
        sheet=_sheet(request, found, in_groups(code), now),
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _sheet(request: web.Request, found: Visit, code: str, now: datetime) -> Markup:
    """Write what is printed, in the customer's language and by their clock."""
    ends_at = min(now + LASTS, found.door_closes_at)
    text = render(
        "desk/code_letter.html",
        found.appointment.customer.language,
        found.zone,
        site=request.app[SITE],
        visit=found,
        code=code,
        ends_at=ends_at,
    )
    return Markup(text)  # noqa: S704  # our own template, filled with escaped values


def can_use(found: Visit) -> bool:
    return found.appointment.is_live and takes_code(found.offering)


def is_far(found: Visit, now: datetime) -> bool:
    """Tell whether a code made now would be over before the appointment, or come after it."""
    return now >= found.door_closes_at or found.appointment.span.start >= now + LASTS


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/desk/appointments/{appointment_id}/code", show),
    web.post("/desk/appointments/{appointment_id}/code", make),
)
