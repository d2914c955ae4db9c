"""How an appointment stands now, for the adviser: a few words, and a mood that colours the row."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from booking.appointment import Appointment, Status
from booking.fact import Fact, FactKind
from booking.outcome import Outcome
from booking.progress import Stage
from web.i18n import N_

WORDS: Mapping[Stage, tuple[str, str]] = MappingProxyType(
    {
        Stage.NOT_HERE: (N_("Not here yet"), "away"),
        Stage.AT_DOOR: (N_("At the door"), "here"),
        Stage.IDENTIFYING: (N_("Identifying"), "here"),
        Stage.IDENTIFICATION_FAILED: (N_("Stuck: identification failed"), "stuck"),
        Stage.WAITING: (N_("Waiting for you"), "here"),
        Stage.IN_MEETING: (N_("In the meeting"), "meeting"),
        Stage.LOST_CONNECTION: (N_("Stuck: lost the connection"), "stuck"),
        Stage.LEFT: (N_("Has left"), "away"),
    }
)

OUTCOMES: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.MET: N_("Met"),
        Outcome.MET_BY_PHONE: N_("Met by phone"),
        Outcome.CANCELLED_BY_US: N_("Cancelled by us"),
        Outcome.CANCELLED_BY_CUSTOMER: N_("Cancelled by the customer"),
        Outcome.LATE_CANCELLATION: N_("Cancelled late by the customer"),
        Outcome.TECHNICAL_FAILURE: N_("Technical failure"),
        Outcome.IDENTIFICATION_FAILED: N_("Identification failed"),
        Outcome.ADVISER_ABSENT: N_("Adviser absent"),
        Outcome.CUSTOMER_NO_SHOW: N_("Customer did not come"),
    }
)

VERDICTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "good": (N_("Connection good"), "good"),
        "usable": (N_("Connection usable"), "warn"),
        "poor": (N_("Connection poor"), "danger"),
    }
)


def standing(appointment: Appointment, stage: Stage) -> tuple[str, str]:
    """Return the words (a message id) and the mood."""
    if appointment.is_live:
        return WORDS[stage]
    if appointment.outcome is not None:
        return OUTCOMES[appointment.outcome], "over"
    return (N_("Cancelled") if appointment.status is Status.CANCELLED else N_("Over")), "over"


def last_verdict(facts: Sequence[Fact]) -> tuple[str, str] | None:
    """Return the words and the mood of the last connection test, if there was one."""
    for fact in reversed(facts):
        if fact.kind is FactKind.CONNECTION_TESTED:
            return VERDICTS.get(str(fact.detail.get("verdict", "")))
    return None
