"""Let somebody in from the waiting room, speak to them there, send them back or away."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from signalling.errors import NotForRole, ParticipantUnknown, TableFull
from signalling.failure import Failure
from signalling.guest import MOST_GUESTS
from signalling.happening import Happening
from signalling.meeting import Meeting, happened
from signalling.message import Envelope, Gone, GoneReason, Refused, RefusedReason
from signalling.participant import Role
from signalling.request import Admit, Refuse, SendBack, Tell
from signalling.seat import Seat
from signalling.sentence import Said
from signalling.stating import state
from signalling.step import Step, joined


def admit(meeting: Meeting, adviser: Seat, asked: Admit, *, now: datetime) -> Step:
    """Bring a customer from the waiting room to the table; admitting again changes nothing.

    A customer's seat whose browser is away gives way: the same person often
    comes in again from another device. What the adviser states of their room
    stands in how they are introduced. Raises NotForRole, ParticipantUnknown,
    and TableFull when another customer's browser is there.
    """
    customer = _knocking(meeting, adviser, asked.participant)
    if customer.is_admitted:
        return Step()
    if customer.who.role.is_guest:
        return joined(
            (state(meeting, adviser, asked.statement, now=now), _bring_in(meeting, customer, now=now))
        )
    seated = meeting.admitted(Role.CUSTOMER)
    if any(seat.is_present for seat in seated):
        raise TableFull
    cleared = joined(meeting.vacate(seat, GoneReason.LOST, at=seat.away_since or now) for seat in seated)
    stated = state(meeting, adviser, asked.statement, now=now)
    customer.is_admitted, customer.said, customer.help = True, None, None
    welcome = meeting.welcome(customer, now=now) if customer.is_present else ()
    admitted = happened(adviser, Happening.ADMITTED, at=now, detail={"participant": str(customer.who.id)})
    step = Step((*welcome, *meeting.places()), (admitted,), is_changed=True, is_binding=True)
    return joined((cleared, stated, step))


def _bring_in(meeting: Meeting, guest: Seat, *, now: datetime) -> Step:
    """Let a guest to the table, who makes nobody present. Raises TableFull when both places are taken."""
    if sum(seat.who.role.is_guest for seat in meeting.admitted()) >= MOST_GUESTS:
        raise TableFull
    guest.is_admitted = True
    meeting.guests[guest.who.id] = replace(meeting.guests[guest.who.id], has_come=True)
    welcome = meeting.welcome(guest, now=now) if guest.is_present else ()
    came = happened(guest, Happening.JOINED, at=now, detail={"role": guest.who.role.value})
    return Step(welcome, (came,), is_changed=True, is_binding=True)


def refuse(meeting: Meeting, adviser: Seat, asked: Refuse, *, now: datetime) -> Step:
    """Send a waiting customer away; they may knock again, and have their place as before.

    Raises NotForRole and ParticipantUnknown.
    """
    customer = _knocking(meeting, adviser, asked.participant)
    if customer.is_admitted:
        raise ParticipantUnknown
    if asked.reason is RefusedReason.NOT_NOW:
        meeting.turned_away[customer.who.id] = customer.arrived_at
    vacated = meeting.vacate(customer, GoneReason.REFUSED, at=now)
    return joined((Step((Envelope(customer.who.id, Refused(asked.reason)),)), vacated))


def send_back(meeting: Meeting, adviser: Seat, asked: SendBack, *, now: datetime) -> Step:
    """Bring a customer from the table to the waiting room, where they have the place by when they came.

    Who waits there already, stays. Raises NotForRole and ParticipantUnknown.
    """
    customer = _customer(meeting, adviser, asked.participant)
    if not customer.is_admitted:
        return Step()
    customer.goes_back()
    gone = meeting.tell(meeting.admitted(), Gone(customer.who.id, GoneReason.SENT_BACK))
    back = happened(adviser, Happening.SENT_BACK, at=now, detail={"participant": str(customer.who.id)})
    envelopes = (*gone, *meeting.places(), *meeting.knocks(customer))
    over = meeting.camera_over()
    return joined((over, Step(envelopes, (back,), is_changed=True, is_binding=True)))


def tell(meeting: Meeting, adviser: Seat, asked: Tell, *, now: datetime) -> Step:
    """Say a ready sentence to one who waits, or show them help. Raises NotForRole and ParticipantUnknown."""
    customer = _customer(meeting, adviser, asked.participant)
    if customer.is_admitted:
        raise ParticipantUnknown
    help_ = asked.help if asked.says_help else customer.help
    return _told(meeting, customer, asked.sentence, help_, now=now)


def tell_all(
    meeting: Meeting,
    sentence: str | None,
    *,
    help_: Failure | None = None,
    says_help: bool = False,
    now: datetime,
) -> Step:
    """Say a ready sentence or show help to everybody who waits: who says it need not sit at the table."""
    return joined(
        _told(meeting, each, sentence, help_ if says_help else each.help, now=now)
        for each in meeting.waiting()
    )


def _told(
    meeting: Meeting, seat: Seat, sentence: str | None, help_: Failure | None, *, now: datetime
) -> Step:
    seat.said = Said(sentence, now) if sentence else seat.said
    seat.help = help_
    return Step(tuple(each for each in meeting.places() if each.to == seat.who.id), is_changed=True)


def _knocking(meeting: Meeting, adviser: Seat, participant_id: UUID) -> Seat:
    if not adviser.who.is_adviser:
        raise NotForRole
    seat = meeting.seats.get(participant_id)
    if seat is None or seat.who.is_staff or not meeting.may_knock(seat):
        raise ParticipantUnknown
    return seat


def _customer(meeting: Meeting, adviser: Seat, participant_id: UUID) -> Seat:
    seat = _knocking(meeting, adviser, participant_id)
    if seat.who.role is not Role.CUSTOMER:
        raise ParticipantUnknown
    return seat
