"""What an appointment came to, in words for the customer: plain, and without blame."""

from collections.abc import Mapping
from types import MappingProxyType

from booking.appointment import Appointment, Status
from booking.outcome import Outcome
from web.i18n import N_

FOR_CUSTOMER: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.MET: N_("We met."),
        Outcome.MET_BY_PHONE: N_("We spoke by phone."),
        Outcome.CANCELLED_BY_US: N_("We had to cancel. We are sorry."),
        Outcome.CANCELLED_BY_CUSTOMER: N_("You cancelled the appointment."),
        Outcome.LATE_CANCELLATION: N_("You cancelled the appointment shortly before the start."),
        Outcome.TECHNICAL_FAILURE: N_("The connection did not work. It was not your fault."),
        Outcome.IDENTIFICATION_FAILED: N_("The identification did not succeed."),
        Outcome.ADVISER_ABSENT: N_("The adviser did not make it. We are sorry."),
        Outcome.CUSTOMER_NO_SHOW: N_("We waited, but did not meet you."),
    }
)

LEFT_QUEUE = N_("You left before it was your turn.")


def for_customer(appointment: Appointment) -> str:
    """Return what it came to; empty while it has not. Who left the queue has cancelled nothing."""
    has_left = appointment.is_drop_in and appointment.status is Status.CLOSED
    if has_left and appointment.outcome is Outcome.CANCELLED_BY_CUSTOMER:
        return LEFT_QUEUE
    return FOR_CUSTOMER[appointment.outcome] if appointment.outcome else ""
