"""An appointment with what its pages tell of it: the offering, the adviser, the door."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from aiohttp import web

from booking.adviser import Adviser
from booking.appointment import Appointment
from booking.disruption import Disruption, open_disruption
from booking.errors import NotFound
from booking.fact import FactKind, since_timed
from booking.lateness import shown_lateness
from booking.offering import Offering
from booking.ports import BookingUnit
from identity.staff import StaffMember
from web.guard import customer_appointment
from web.keys import UNITS
from web.pages.banner import put_up_for


@dataclass(frozen=True, slots=True)
class Visit:
    """`disruption` is the one that lies over it and has not been ended; its fault may outlast that.

    `late` is how late its customer was told that the adviser will be. `is_past` says that the meeting was
    ended, or failed, maybe before its time.
    """

    appointment: Appointment
    offering: Offering
    adviser: Adviser
    disruption: Disruption | None = None
    is_excused: bool = False
    late: timedelta = timedelta(0)
    is_past: bool = False

    @property
    def zone(self) -> ZoneInfo:
        """The clock on the customer's wall, by which the appointment was promised."""
        return ZoneInfo(self.appointment.zone)

    @property
    def door_opens_at(self) -> datetime:
        return self.appointment.door_opens_at(self.offering.rules.door_opens)

    @property
    def door_closes_at(self) -> datetime:
        return self.appointment.span.end + self.offering.rules.grace

    def is_door_open(self, now: datetime) -> bool:
        return self.appointment.is_live and self.door_opens_at <= now < self.door_closes_at

    def can_change(self, now: datetime) -> bool:
        """Tell whether the customer may still move or cancel: until the start, and longer in a disruption."""
        return self.appointment.is_live and (now < self.appointment.span.start or self.is_excused)


_PAST = frozenset({FactKind.ENDED, FactKind.MEETING_FAILED})


async def visit(unit: BookingUnit, appointment_id: UUID) -> Visit:
    """Read an appointment anew, in the unit that is to use it. Raises NotFound."""
    appointment = await unit.appointments.get(appointment_id)
    facts = await unit.facts.of(appointment_id)
    disruption_id = open_disruption(facts)
    disruption = await unit.disruptions.get(disruption_id) if disruption_id else None
    return Visit(
        appointment,
        await unit.offerings.get(appointment.offering_id),
        await unit.advisers.get(appointment.adviser_id),
        disruption if disruption and disruption.ended_at is None else None,
        disruption is not None,
        shown_lateness(facts) if appointment.is_live else timedelta(0),
        any(fact.kind in _PAST for fact in since_timed(facts)),
    )


async def visit_for(unit: BookingUnit, appointment_id: UUID, member: StaffMember) -> Visit:
    """Read an appointment of the member's team. Raises NotFound for another team's, as for none."""
    found = await visit(unit, appointment_id)
    if found.adviser.team_id != member.team_id:
        raise NotFound(appointment_id)
    return found


async def visit_of(request: web.Request) -> Visit:
    """Return what stands behind the personal link in the address. Raises booking's NotFound."""
    appointment = await customer_appointment(request)
    async with request.app[UNITS].read() as unit:
        found = await visit(unit, appointment.id)
        await put_up_for(request, unit, found.appointment, found.adviser, but_not=found.disruption)
    return found


def home_of(request: web.Request) -> str:
    return f"/a/{request.match_info['token']}"
