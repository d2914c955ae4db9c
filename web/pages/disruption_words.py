"""How disruptions are called on the pages of the staff."""

from collections.abc import Mapping
from types import MappingProxyType

from booking.disruption import Choice
from booking.outcome import Outcome
from web.i18n import N_

CHOICES: Mapping[Choice, str] = MappingProxyType(
    {
        Choice.UNANSWERED: N_("Has not answered"),
        Choice.MOVED: N_("Moved to another time"),
        Choice.KEPT: N_("Keeps the time"),
        Choice.CANCELLED: N_("Cancelled"),
        Choice.OVER: N_("Passed"),
    }
)

OUTCOMES: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.MET: N_("Met anyway"),
        Outcome.MET_BY_PHONE: N_("Met by phone"),
        Outcome.CANCELLED_BY_US: N_("Cancelled, counted as ours"),
        Outcome.CANCELLED_BY_CUSTOMER: N_("Cancelled by the customer"),
        Outcome.LATE_CANCELLATION: N_("Cancelled late by the customer"),
        Outcome.TECHNICAL_FAILURE: N_("Did not meet, counted as ours"),
        Outcome.IDENTIFICATION_FAILED: N_("Could not be identified"),
        Outcome.ADVISER_ABSENT: N_("Adviser was not there"),
        Outcome.CUSTOMER_NO_SHOW: N_("Customer did not come"),
    }
)
