"""What customers write by text message, until somebody of the team has seen to it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from aiohttp import web

from booking.appointment import Appointment
from booking.message import Message
from identity.permission import Right
from identity.staff import StaffMember
from web.body import Nothing, read_form
from web.guard import staff
from web.keys import CLOCK, UNITS
from web.pages.desk_seat import team_of
from web.pages.visit import visit_for
from web.path import path_id
from web.ports import Unit


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message that nobody has seen to, with the appointment that it is about."""

    message: Message
    appointment: Appointment


async def waiting_messages(unit: Unit, member: StaffMember, *, is_team: bool) -> Sequence[Waiting]:
    """Return what waits for a member: from their own customers, or the whole team's; the oldest first."""
    of_all = is_team or not member.may(Right.MEET)
    advisers = await team_of(unit, member) if of_all else frozenset({member.id})
    found = await unit.messages.unread(advisers)
    return [
        Waiting(one, await unit.appointments.get(one.appointment_id)) for one in found if one.appointment_id
    ]


async def stopped_among(unit: Unit, appointments: Collection[Appointment]) -> Collection[str]:
    """Return the numbers, as they are dialled, to which no text message goes any more."""
    return await unit.stopped_numbers.among({one.customer.phone_key for one in appointments} - {""})


async def seen(request: web.Request) -> web.Response:
    """Raises NotFound for a message of another team's, as for none."""
    member = staff(request)
    await read_form(request, Nothing)
    now = request.app[CLOCK]()

    async def work(unit: Unit) -> None:
        message = await unit.messages.get(path_id(request, "message_id"))
        await visit_for(unit, message.appointment_id or message.id, member)
        await unit.messages.mark_read(message.id, at=now)

    await request.app[UNITS].do(work)
    raise web.HTTPSeeOther("/desk?done=seen")


ROUTES: tuple[web.RouteDef, ...] = (web.post("/desk/messages/{message_id}/seen", seen),)
