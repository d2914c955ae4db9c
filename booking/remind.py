"""Turn what has fallen due into letters, and say at sending whether a letter still holds."""

from datetime import datetime, timedelta

from booking.appointment import Appointment, Status
from booking.disruption import Disruption
from booking.errors import NotFound
from booking.letter import ABOUT_DISRUPTION, AT_ANY_TIME, REMINDERS, LetterDue, LetterKind
from booking.offer import Offer
from booking.ports import BookingUnit
from booking.reminder import leave_by
from booking.tell import tell


async def remind(unit: BookingUnit, *, now: datetime, limit: int = 100) -> int:
    """Put the reminders that have fallen due into the outbox; return how many."""
    taken = await unit.reminders.take_due(now, limit=limit)
    for reminder in taken:
        try:
            appointment = await unit.appointments.get(reminder.appointment_id)
        except NotFound:
            continue
        if appointment.sequence == reminder.sequence:
            last = leave_by(reminder.kind, reminder.due_at, appointment.span.start)
            await tell(unit, appointment, reminder.kind, at=reminder.due_at, leave_by=last)
    return len(taken)


def still_holds(
    letter: LetterDue,
    appointment: Appointment,
    *,
    now: datetime,
    disruption: Disruption | None = None,
    offer: Offer | None = None,
) -> bool:
    """Tell whether a letter is still true of the live appointment at the moment of sending.

    A letter about a time that was given up since is not; a reminder is not once its last moment has come,
    nor while a disruption stands over it, unless the customer keeps the time; a letter about a disruption
    holds as long as that stands; the news that it was cancelled holds as long as it is, and that
    an address was changed, always. An offer holds as long as it can be claimed, wherever the appointment
    stands.
    """
    if letter.kind is LetterKind.OLD_ADDRESS:
        return True
    if letter.kind is LetterKind.OFFER:
        is_earlier = offer is not None and offer.is_open(now) and offer.span.start < appointment.span.start
        return is_earlier and appointment.is_live
    if letter.kind is LetterKind.CANCELLED:
        return appointment.status is Status.CANCELLED
    if not appointment.is_live:
        return False
    if letter.kind in AT_ANY_TIME:
        return now < appointment.span.end
    if letter.sequence != appointment.sequence:
        return False
    is_kept = appointment.confirmed_at is not None
    is_disrupted = disruption is not None and disruption.stands(now)
    if letter.kind in ABOUT_DISRUPTION:
        return is_disrupted and not is_kept
    if letter.kind is LetterKind.DISRUPTION_OVER:
        return not is_disrupted and now < appointment.span.start
    if letter.kind in REMINDERS:
        return now < (letter.leave_by or appointment.span.start) and (is_kept or not is_disrupted)
    return True


def has_missed(
    letter: LetterDue, appointment: Appointment, *, now: datetime, disruption: Disruption | None = None
) -> bool:
    """Tell whether a reminder no longer holds for no other reason than that its last moment has come."""
    if letter.kind not in REMINDERS or letter.leave_by is None or now < letter.leave_by:
        return False
    in_time = letter.leave_by - timedelta(seconds=1)
    return still_holds(letter, appointment, now=in_time, disruption=disruption)
