"""The adviser's seat in a meeting under way has passed to a colleague, and with it the appointment."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from booking.fact import Actor, Fact, FactKind
from booking.ports import BookingUnit
from booking.time_span import cells


async def hand_over(
    unit: BookingUnit, appointment_id: UUID, giver_id: UUID, adviser_id: UUID, *, now: datetime
) -> None:
    """Write down who goes on, and make the appointment theirs.

    It has happened already, and is never refused: where the colleague has somebody else by the calendar,
    or does not meet customers of the offering, the calendar stays as it was, and the history says who
    went on. No letter goes out, since the customer was told in the meeting.
    """
    appointment = await unit.appointments.locked(appointment_id)
    detail = {"from": str(giver_id), "to": str(adviser_id)}
    await unit.facts.append(
        Fact(
            appointment_id=appointment_id,
            at=now,
            kind=FactKind.HANDED_OVER,
            by=Actor.ADVISER,
            detail=detail,
        )
    )
    if not appointment.is_live or adviser_id == appointment.adviser_id:
        return
    await unit.calendar.lock([adviser_id])
    taken = (await unit.calendar.taken([adviser_id], appointment.busy, now=now)).get(adviser_id, frozenset())
    gives = adviser_id in await unit.advisers.ids_of_offering(appointment.offering_id)
    if gives and taken.isdisjoint(cells(appointment.busy)):
        await unit.appointments.change(replace(appointment, adviser_id=adviser_id), now=now)
