"""One booking from an appointment that did not take place, however often its button is pressed."""

from uuid import UUID

from aiohttp import web

from booking.attend import record
from booking.errors import NotFound
from booking.fact import FactKind
from booking.reserve import Wish, reserve
from web.keys import CLOCK, UNITS
from web.pages.visit import visit
from web.ports import Unit


async def reserve_once(
    request: web.Request, appointment_id: UUID, wish: Wish, *, most_ahead: int | None = None
) -> str:
    """Return the token of the new appointment's link, or of the one that was booked from here before."""
    now = request.app[CLOCK]()

    async def work(unit: Unit) -> str:
        whose = (await unit.appointments.locked(appointment_id)).id
        token = await booked_token(unit, whose)
        if token:
            return token
        reserved = await reserve(unit, wish, now=now, most_ahead=most_ahead)
        detail = {"appointment": str(reserved.appointment.id)}
        await record(unit, whose, FactKind.BOOKED_AGAIN, by=wish.by, now=now, detail=detail)
        return reserved.token

    return await request.app[UNITS].do(work)


async def booked_token(unit: Unit, appointment_id: UUID) -> str:
    """Return the link's token of a live appointment that was booked from this one, if there is one."""
    for fact in reversed(await unit.facts.of(appointment_id)):
        if fact.kind is FactKind.BOOKED_AGAIN:
            try:
                booked = await visit(unit, UUID(str(fact.detail["appointment"])))
                token = await unit.links.token(booked.appointment.id)
            except NotFound:
                return ""
            return token if booked.appointment.is_live else ""
    return ""
