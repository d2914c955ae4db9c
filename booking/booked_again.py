"""Whether somebody who did not come has booked again since."""

from datetime import datetime

from booking.appointment import Appointment
from booking.ports import BookingUnit


async def has_booked_again(unit: BookingUnit, appointment: Appointment, *, now: datetime) -> bool:
    """Tell whether the same customer has another appointment of the same offering ahead."""
    customer = appointment.customer
    if customer.email:
        ahead = await unit.appointments.ahead_of(customer.email, now=now)
    else:
        ahead = await unit.appointments.all_ahead_of(customer, now=now)
    return any(
        one.customer.key == customer.key and one.offering_id == appointment.offering_id
        for one in ahead
        if one.id != appointment.id
    )
