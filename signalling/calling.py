"""Call somebody to the table: the adviser calls and takes back, who was called comes or cannot."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from signalling.errors import NotForRole, ParticipantUnknown, TableFull
from signalling.guest import MOST_GUESTS, Guest, GuestState
from signalling.happening import Happening
from signalling.meeting import Meeting, happened, told_guest
from signalling.message import Envelope, GoneReason, Refused, RefusedReason
from signalling.participant import Role
from signalling.request import CallOff, Consent
from signalling.seat import Seat
from signalling.step import Step, joined


def call_in(meeting: Meeting, adviser: Seat, guest: Guest, *, now: datetime) -> Step:
    """Call a guest, and tell everybody at the table who is to come and why; the caller has looked who it is.

    Raises NotForRole, ParticipantUnknown while no customer sits there, and TableFull when the guest does
    already, when all seats are taken or promised, or when somebody else is to take over.
    """
    if not adviser.is_admitted or not adviser.who.is_adviser:
        raise NotForRole
    if not meeting.admitted(Role.CUSTOMER):
        raise ParticipantUnknown
    called = [each for each in meeting.called() if each.id != guest.id]
    seated = [seat for seat in meeting.admitted() if seat.who.role.is_guest]
    if guest.id in meeting.seats or len(called) + len(seated) >= MOST_GUESTS:
        raise TableFull
    if guest.takes_over and any(each.takes_over for each in called):
        raise TableFull
    meeting.guests[guest.id] = guest
    detail = {"role": guest.role.value, "guest": str(guest.id), "takes_over": guest.takes_over}
    asked = happened(adviser, Happening.CALLED_IN, at=now, detail=detail)
    told = meeting.tell(meeting.admitted(), told_guest(guest, GuestState.ASKED))
    return Step(told, (asked,), is_changed=True)


def call_off(meeting: Meeting, adviser: Seat, said: CallOff, *, now: datetime) -> Step:
    """Take a call back. A colleague who has come stays, an invited guest has to go. Raises NotForRole."""
    if not adviser.who.is_adviser:
        raise NotForRole
    return _over(meeting, said.guest, GuestState.WITHDRAWN, now=now)


def consent(meeting: Meeting, customer: Seat, said: Consent, *, now: datetime) -> Step:
    """Hear whether the customer agrees to a guest; a no sends away who has come. Raises NotForRole."""
    if customer.who.role is not Role.CUSTOMER:
        raise NotForRole
    guest = meeting.guests.get(said.guest)
    if guest is None or not guest.role.is_invited or (said.yes and guest.has_consent):
        return Step()
    what = Happening.CONSENTED if said.yes else Happening.NOT_CONSENTED
    fact = Step(happened=(happened(customer, what, at=now, detail={"guest": str(guest.id)}),))
    if not said.yes:
        return joined((fact, _over(meeting, guest.id, GuestState.REFUSED, now=now)))
    agreed = meeting.guests[guest.id] = replace(guest, has_consent=True)
    told = meeting.tell(meeting.admitted(), told_guest(agreed, GuestState.AGREED))
    seat = meeting.seats.get(guest.id)
    knocks = meeting.knocks(seat) if seat else ()
    return joined((fact, Step((*told, *knocks), is_changed=True, is_binding=True)))


def invited_guest(meeting: Meeting, adviser: Seat, guest_id: UUID) -> Guest:
    """Return who may come by a link of their own, for a new one. Raises NotForRole and ParticipantUnknown."""
    if not adviser.is_admitted or not adviser.who.is_adviser:
        raise NotForRole
    guest = meeting.guests.get(guest_id)
    if guest is None or not guest.role.is_invited:
        raise ParticipantUnknown
    return guest


def cannot_come(meeting: Meeting, guest_id: UUID, *, now: datetime) -> Step:
    """Hear from who was called that they cannot."""
    return _over(meeting, guest_id, GuestState.DECLINED, now=now)


def has_connected(meeting: Meeting, seat: Seat, *, now: datetime) -> Step:
    """Give the adviser's seat to a guest who was called to take over, now that the customer hears them."""
    guest = meeting.guests.get(seat.who.id)
    advisers = meeting.admitted(Role.ADVISER)
    if guest is None or not guest.takes_over or not advisers:
        return Step()
    return meeting.hand_over(advisers[0], seat, now=now)


def _over(meeting: Meeting, guest_id: UUID, state: GuestState, *, now: datetime) -> Step:
    guest = meeting.guests.get(guest_id)
    if guest is None or (guest.has_come and not guest.role.is_invited):
        return Step()
    seat = meeting.seats.get(guest_id)
    if seat is None:
        return meeting.call_over(guest, state)
    sent = Step((Envelope(guest_id, Refused(RefusedReason.NOT_NOW)),), is_binding=True)
    return joined((sent, meeting.vacate(seat, GoneReason.REFUSED, at=now), meeting.call_over(guest, state)))
