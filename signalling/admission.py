"""Let somebody in from the waiting room, or send them away."""

from datetime import datetime
from uuid import UUID

from signalling.errors import NotForRole, ParticipantUnknown, TableFull
from signalling.happening import Happening
from signalling.meeting import Meeting, happened
from signalling.message import Envelope, GoneReason, Refused
from signalling.participant import Role
from signalling.request import Admit, Refuse
from signalling.seat import Seat
from signalling.step import Step, joined


def admit(meeting: Meeting, adviser: Seat, asked: Admit, *, now: datetime) -> Step:
    """Bring a customer from the waiting room to the table; admitting again changes nothing.

    A customer's seat whose browser is away gives way: the same person often
    comes in again from another device. Raises NotForRole, ParticipantUnknown,
    and TableFull when another customer's browser is there.
    """
    customer = _knocking(meeting, adviser, asked.participant)
    if customer.is_admitted:
        return Step()
    seated = meeting.admitted(Role.CUSTOMER)
    if any(seat.is_present for seat in seated):
        raise TableFull
    cleared = joined(meeting.vacate(seat, GoneReason.LOST, at=seat.away_since or now) for seat in seated)
    customer.is_admitted = True
    welcome = meeting.welcome(customer, now=now) if customer.is_present else ()
    admitted = happened(adviser, Happening.ADMITTED, at=now, detail={"participant": str(customer.who.id)})
    step = Step((*welcome, *meeting.places()), (admitted,), is_changed=True, is_binding=True)
    return joined((cleared, step))


def refuse(meeting: Meeting, adviser: Seat, asked: Refuse, *, now: datetime) -> Step:
    """Send a waiting customer away; they may knock again. Raises NotForRole and ParticipantUnknown."""
    customer = _knocking(meeting, adviser, asked.participant)
    if customer.is_admitted:
        raise ParticipantUnknown
    vacated = meeting.vacate(customer, GoneReason.REFUSED, at=now)
    return joined((Step((Envelope(customer.who.id, Refused(asked.reason)),)), vacated))


def _knocking(meeting: Meeting, adviser: Seat, participant_id: UUID) -> Seat:
    if not adviser.who.is_adviser:
        raise NotForRole
    customer = meeting.seats.get(participant_id)
    if customer is None or customer.who.is_adviser:
        raise ParticipantUnknown
    return customer
