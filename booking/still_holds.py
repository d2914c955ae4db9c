"""Say at sending whether a letter still holds, and whether it may leave at this hour."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from booking.appointment import Appointment, Status
from booking.disruption import Disruption
from booking.fact import Fact
from booking.lateness import shown_lateness
from booking.letter import (
    ABOUT_DISRUPTION,
    AT_ANY_TIME,
    CAN_WAIT,
    ON_THE_SPOT,
    REMINDERS,
    LetterDue,
    LetterKind,
)
from booking.missed import is_missed_in_vain
from booking.offer import Offer
from booking.on_the_spot import is_missing
from booking.quiet_hours import quiet_until


def still_holds(
    letter: LetterDue,
    appointment: Appointment,
    *,
    now: datetime,
    disruption: Disruption | None = None,
    offer: Offer | None = None,
    history: Sequence[Fact] = (),
    has_booked_again: bool = False,
) -> bool:
    """Tell whether a letter is still true of the live appointment at the moment of sending.

    A letter about a time that was given up since is not; a reminder is not once its last moment has come,
    nor while a disruption stands over it, unless the customer keeps the time; a letter about a disruption
    holds as long as that stands; the news that it was cancelled holds as long as it is, and that
    an address was changed, always. An offer holds as long as it can be claimed, wherever the appointment
    stands; what is told of these very minutes, as long as the facts say so still; and who did not come is
    offered another time until they have one.
    """
    if letter.kind is LetterKind.OLD_ADDRESS:
        return True
    if letter.kind is LetterKind.OFFER:
        is_earlier = offer is not None and offer.is_open(now) and offer.span.start < appointment.span.start
        return is_earlier and appointment.is_live
    if letter.kind is LetterKind.NO_SHOW:
        is_theirs = is_missed_in_vain(appointment, history) and not has_booked_again
        return is_theirs and _is_in_time(letter, now)
    if letter.kind is LetterKind.CANCELLED:
        return appointment.status is Status.CANCELLED
    if not appointment.is_live:
        return False
    if letter.kind in AT_ANY_TIME:
        return now < appointment.span.end
    if letter.sequence != appointment.sequence:
        return False
    if letter.kind in ON_THE_SPOT:
        return _is_in_time(letter, now) and _is_so(letter.kind, history)
    is_kept = appointment.confirmed_at is not None
    is_disrupted = disruption is not None and disruption.stands(now)
    if letter.kind in ABOUT_DISRUPTION:
        return is_disrupted and not is_kept
    if letter.kind is LetterKind.DISRUPTION_OVER:
        return not is_disrupted and now < appointment.span.start
    if letter.kind is LetterKind.CANCEL_ASKED:
        return now < appointment.span.start
    if letter.kind in REMINDERS:
        return now < (letter.leave_by or appointment.span.start) and (is_kept or not is_disrupted)
    return True


def _is_in_time(letter: LetterDue, now: datetime) -> bool:
    return letter.leave_by is None or now < letter.leave_by


def _is_so(kind: LetterKind, history: Sequence[Fact]) -> bool:
    """Tell whether somebody is still waited for, or still waits."""
    return is_missing(history) if kind is LetterKind.WAITING_FOR_YOU else bool(shown_lateness(history))


def has_missed(
    letter: LetterDue, appointment: Appointment, *, now: datetime, disruption: Disruption | None = None
) -> bool:
    """Tell whether a reminder no longer holds for no other reason than that its last moment has come."""
    if letter.kind not in REMINDERS or letter.leave_by is None or now < letter.leave_by:
        return False
    in_time = letter.leave_by - timedelta(seconds=1)
    return still_holds(letter, appointment, now=in_time, disruption=disruption)


def rests_until(kind: LetterKind, zone: str, *, now: datetime) -> datetime | None:
    """Return until when a letter waits that would wake somebody now; None when it may leave."""
    return quiet_until(now, zone) if kind in CAN_WAIT else None
