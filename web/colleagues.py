"""Who of the team could meet a customer in the place of an adviser, and who of them is at their desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.adviser import Adviser
from booking.appointment import Appointment
from booking.time_span import cells
from signalling.errors import ParticipantUnknown
from signalling.guest import Guest
from signalling.participant import Role
from signalling.request import CallIn
from web.ports import Unit


@dataclass(frozen=True, slots=True)
class Colleague:
    """`is_there` says whether the time lies in their hours; they may step in outside of them."""

    adviser: Adviser
    is_free: bool
    is_there: bool


async def colleagues(
    unit: Unit, appointment: Appointment, team: frozenset[UUID], *, now: datetime, but: UUID
) -> Sequence[Colleague]:
    """Return those of a team who meet customers of the offering, without one of them.

    Whose appointment it is, is free for it.
    """
    others = [
        one
        for one in await unit.advisers.of_offering(appointment.offering_id)
        if one.id in team and one.id != but
    ]
    taken = await unit.calendar.taken([one.id for one in others], appointment.busy, now=now)
    openings = await unit.advisers.openings(appointment.offering_id, appointment.span)
    wanted = set(cells(appointment.busy))
    return [
        Colleague(
            one,
            is_free=one.id == appointment.adviser_id or wanted.isdisjoint(taken.get(one.id, ())),
            is_there=appointment.span in openings.of(one.id).open_spans(appointment.span),
        )
        for one in others
    ]


async def guest_of(unit: Unit, appointment_id: UUID, by: UUID, asked: CallIn, *, now: datetime) -> Guest:
    """Return the colleague whom an adviser asks to go on. Raises ParticipantUnknown for who could not."""
    appointment = await unit.appointments.get(appointment_id)
    team_id = (await unit.advisers.get(by)).team_id
    team = frozenset(one.id for one in await unit.advisers.all() if one.team_id == team_id)
    for one in await colleagues(unit, appointment, team, now=now, but=by):
        if one.adviser.id == asked.colleague and one.is_free:
            return Guest(
                id=one.adviser.id,
                role=Role.COLLEAGUE,
                name=one.adviser.name,
                reason=asked.reason,
                takes_over=True,
                asked_by=by,
                asked_at=now,
            )
    raise ParticipantUnknown
