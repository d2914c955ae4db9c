"""The meeting failed, says an adviser: what did, in one tap; then it is looked back at, with a new time."""

from aiohttp import web

from booking.failed import can_be_said
from booking.say_failed import say_failed
from booking.wrap_up import wrap_up
from booking.wrapping_up import computed, is_to_wrap_up
from identity.look import Thing
from web.body import read_form
from web.guard import staff
from web.keys import CLOCK, UNITS
from web.looking import looks_at
from web.pages.desk_seat import desk_page, hand, seat
from web.pages.failing import Failed
from web.pages.visit import visit_for
from web.path import path_id
from web.ports import Unit
from web.what_failed import WHAT_FAILED


@looks_at(Thing.APPOINTMENT)
async def ask(request: web.Request) -> web.Response:
    """Raises NotFound for another team's appointment."""
    member, found = await seat(request)
    async with request.app[UNITS].read() as unit:
        facts = await unit.facts.of(found.appointment.id)
    if not can_be_said(found.appointment, facts):
        raise web.HTTPSeeOther("/desk")
    return desk_page(request, member, "desk/failed.html", visit=found, choices=WHAT_FAILED)


@looks_at(Thing.APPOINTMENT)
async def say(request: web.Request) -> web.Response:
    """Raises NotFound for another team's, WrongStatus where nobody came in, TooLate a day after the end."""
    form, member = await read_form(request, Failed), staff(request)
    now, appointment_id = request.app[CLOCK](), path_id(request, "appointment_id")

    async def work(unit: Unit) -> None:
        await visit_for(unit, appointment_id, member)
        await say_failed(unit, appointment_id, what=form.what, by=hand(member), now=now)
        found = await visit_for(unit, appointment_id, member)
        facts = await unit.facts.of(appointment_id)
        if is_to_wrap_up(found.appointment, facts):
            outcome = computed(found.appointment, facts, found.offering.rules, now=now)
            await wrap_up(unit, appointment_id, said=outcome, by=hand(member), now=now)

    await request.app[UNITS].do(work)
    raise web.HTTPSeeOther(f"/desk/appointments/{appointment_id}/again")


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/desk/appointments/{appointment_id}/failed", ask),
    web.post("/desk/appointments/{appointment_id}/failed", say),
)
