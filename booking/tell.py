"""Put a letter to a customer into the outbox, once for each way by which they are written to."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from booking.appointment import Appointment, Customer
from booking.letter import BY_MAIL_ALONE, Channel, LetterDue, LetterKind
from booking.ports import BookingUnit

SOON = timedelta(minutes=10)
"""Within this, news should have left: reminders that are nearer to their last moment go before them."""


async def tell(
    unit: BookingUnit,
    appointment: Appointment,
    kind: LetterKind,
    *,
    at: datetime,
    to: str = "",
    offer_id: UUID | None = None,
    leave_by: datetime | None = None,
) -> None:
    """Have a letter about the appointment as it stands leave at a moment, by `leave_by` at the latest.

    Who left neither address nor phone gets one too: it will not arrive, and the staff see so.
    """
    about = LetterDue(
        appointment_id=appointment.id,
        kind=kind,
        sequence=appointment.sequence,
        to=to,
        offer_id=offer_id,
        leave_by=leave_by or at + SOON,
    )
    for letter in by_each_way(appointment, about, is_stopped=await _is_stopped(unit, appointment.customer)):
        await unit.outbox.put(letter, at=at)


async def _is_stopped(unit: BookingUnit, customer: Customer) -> bool:
    """Tell whether text messages would go to a customer who has stopped them."""
    if Channel.SMS not in customer.channels:
        return False
    return bool(await unit.stopped_numbers.among([customer.phone_key]))


def by_each_way(
    appointment: Appointment, about: LetterDue, *, is_stopped: bool = False
) -> Sequence[LetterDue]:
    """Return a letter once for each channel by which its customer is written to now: a STOP leaves mail."""
    mail_alone = about.to or about.kind in BY_MAIL_ALONE or is_stopped
    channels = (Channel.MAIL,) if mail_alone else appointment.customer.channels or (Channel.MAIL,)
    return [replace(about, channel=channel) for channel in channels]
