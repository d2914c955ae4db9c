"""An appointment as the API tells it, with its personal links."""

from aiohttp import web

from booking.appointment import Appointment
from booking.errors import NotFound
from booking.reserve import Reserved
from web.api.models import AppointmentAnswer
from web.api.once import Reply
from web.keys import SITE
from web.ports import Unit


async def reply_of(request: web.Request, unit: Unit, appointment: Appointment) -> Reply:
    answer = await answer_of(request, unit, appointment)
    return Reply(200, answer.model_dump_json(exclude_none=True))


def booked_reply(request: web.Request, reserved: Reserved) -> Reply:
    """Tell a new appointment, whose token is still at hand."""
    answer = AppointmentAnswer.of(reserved.appointment, reserved.token, request.app[SITE].public_url)
    return Reply(201, answer.model_dump_json(exclude_none=True))


async def answer_of(request: web.Request, unit: Unit, appointment: Appointment) -> AppointmentAnswer:
    try:
        token = await unit.links.token(appointment.id)
    except NotFound:
        token = None
    return AppointmentAnswer.of(appointment, token, request.app[SITE].public_url)
