"""Meetings that take place in a house of tests, as far as a history tells."""

from datetime import datetime, timedelta
from uuid import UUID

from booking.appointment import Appointment
from booking.attend import record
from booking.fact import Actor, FactKind
from tests.web.face_house import SOON, FaceHouse

MINUTE = timedelta(minutes=1)
CAME = (
    (FactKind.DOOR_OPENED, Actor.CUSTOMER, -1),
    (FactKind.READY, Actor.CUSTOMER, 0),
    (FactKind.ADVISER_READY, Actor.ADVISER, 0),
    (FactKind.ADMITTED, Actor.ADVISER, 1),
)
SPOKE = (
    (FactKind.MEDIA_CONNECTED, Actor.CUSTOMER, 2),
    (FactKind.MEDIA_CONNECTED, Actor.ADVISER, 2),
)
ENDED = ((FactKind.ENDED, Actor.ADVISER, 20),)


async def happened(
    house: FaceHouse, appointment_id: UUID, *what: tuple[FactKind, Actor, int], start: datetime = SOON
) -> None:
    """Write down what happened, each so many minutes after the start."""
    async with house.units.write() as unit:
        for kind, by, minutes in what:
            await record(unit, appointment_id, kind, by=by, now=start + minutes * MINUTE)


async def met(
    house: FaceHouse, name: str = "Aino Virtanen", *, start: datetime = SOON
) -> tuple[Appointment, str]:
    """Let a meeting take place and end, twenty minutes after its start; return it and its link's token."""
    appointment, token = await house.books(name, start=start)
    await happened(house, appointment.id, *CAME, *SPOKE, *ENDED, start=start)
    house.now = start + 20 * MINUTE
    return appointment, token
