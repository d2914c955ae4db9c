"""From which side of which table somebody asks for documents."""

from dataclasses import dataclass

from aiohttp import web

from booking.appointment import Appointment
from identity.door import identified_as
from identity.door_session import DoorSession
from signalling.assurance import Level
from signalling.participant import Role
from web.guard import came_in, customer_appointment, staff
from web.keys import SWITCHBOARD, UNITS
from web.pages.visit import visit_for
from web.path import path_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Somebody whom the guard let pass; `home` is the address of the documents as they see them."""

    appointment: Appointment
    role: Role
    has_come_in: bool
    level: Level = Level.NONE
    home: str


async def seat_of(request: web.Request) -> Seat:
    """Return whose side the address names, and let nobody else sit there.

    Raises booking's NotFound, SignInNeeded and NotAllowed.
    """
    return await (_customers_seat(request) if "token" in request.match_info else _advisers_seat(request))


async def _customers_seat(request: web.Request) -> Seat:
    appointment = await customer_appointment(request)
    session, has_come_in = await _came_in(request, appointment)
    return Seat(
        appointment=appointment,
        role=Role.CUSTOMER,
        has_come_in=has_come_in,
        level=await _level(request, session) if session and has_come_in else Level.NONE,
        home=f"/a/{request.match_info['token']}/documents",
    )


async def _came_in(request: web.Request, appointment: Appointment) -> tuple[DoorSession | None, bool]:
    """Tell whether this browser came in by the door, and identified where the offering asks for it."""
    async with request.app[UNITS].read() as unit:
        session = await came_in(request, unit, appointment.id)
        offering = await unit.offerings.get(appointment.offering_id)
    if session is None:
        return None, False
    return session, not offering.asks_identity or session.identification_id is not None


async def _level(request: web.Request, session: DoorSession) -> Level:
    """Return how surely we know both this browser and whoever speaks for it in the meeting now.

    Outside of the meeting, and once the connection was found to be another's, that is not at all.
    """
    async with request.app[UNITS].read() as unit:
        proof = await identified_as(unit, session)
    if proof is None:
        return Level.NONE
    speaks = request.app[SWITCHBOARD].level_of(session.appointment_id, session.participant_id)
    browser = Level(proof.level.word)
    return speaks if browser.reaches(speaks) else browser


async def _advisers_seat(request: web.Request) -> Seat:
    """Seat their adviser, or one of the team who stands in; others find nothing here."""
    member = staff(request)
    async with request.app[UNITS].read() as unit:
        found = await visit_for(unit, path_id(request, "appointment_id"), member)
    home = f"/desk/appointments/{found.appointment.id}/documents"
    return Seat(appointment=found.appointment, role=Role.ADVISER, has_come_in=True, home=home)
