"""What a customer's text message leads to, in one unit: kept, and cancelled or confirmed as it says."""

from datetime import datetime

from booking.cancel import Reason, cancel
from booking.confirm import confirm
from booking.fact import Actor
from booking.message import Meaning
from booking.take_message import Taken, take_message
from web.ports import Unit


async def taken_in(unit: Unit, *, key: str, sender: str, text: str, now: datetime) -> Taken:
    """Take a message; raises what cancelling and confirming raise, and then nothing is kept of it."""
    taken = await take_message(unit, key=key, sender=sender, text=text, now=now)
    if taken.appointment_id and taken.meaning is Meaning.CANCELLED:
        reason = Reason.CANNOT_COME
        await cancel(unit, taken.appointment_id, by=Actor.CUSTOMER, now=now, reason=reason)
    if taken.appointment_id and taken.meaning is Meaning.CONFIRMED:
        await confirm(unit, taken.appointment_id, by=Actor.CUSTOMER, now=now)
    return taken
