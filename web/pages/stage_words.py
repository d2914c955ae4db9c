"""How an appointment stands now, for the adviser: a few words, and a mood that colours the row."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from booking.appointment import Appointment, Status
from booking.fact import Fact, FactKind
from booking.outcome import Outcome
from booking.progress import Stage
from signalling.precall.verdict import Advice
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

PRACTISED: Mapping[Advice, str] = MappingProxyType(
    {
        Advice.COME_AS_YOU_ARE: N_("Practised: ready"),
        Advice.ALLOW_DEVICES: N_("Practised: camera and microphone not allowed"),
        Advice.CONNECT_MICROPHONE: N_("Practised: no microphone found"),
        Advice.CONNECT_CAMERA: N_("Practised: ready, without a camera"),
        Advice.TRY_ANOTHER_NETWORK: N_("Practised: the network lets nothing through"),
        Advice.CHECK_MICROPHONE: N_("Practised: nothing heard from the microphone"),
        Advice.CHECK_CAMERA: N_("Practised: no picture from the camera"),
        Advice.COME_CLOSER_TO_ROUTER: N_("Practised: picture or sound gets lost"),
        Advice.STOP_DOWNLOADS: N_("Practised: slow connection"),
        Advice.CLOSE_PROGRAMS: N_("Practised: the picture stutters"),
        Advice.TURN_UP_SOUND: N_("Practised: did not hear or see the adviser"),
        Advice.UPDATE_BROWSER: N_("Practised: the page did not show"),
        Advice.LOAD_AGAIN: N_("Practised: the browser stopped in the middle"),
    }
)
"""What a practice came to: ready, or the one thing."""


def standing(appointment: Appointment, stage: Stage) -> tuple[str, str]:
    """Return the words (a message id) and the mood."""
    if appointment.is_live:
        return WORDS[stage]
    if appointment.outcome is not None:
        return OUTCOMES[appointment.outcome], "over"
    return (N_("Cancelled") if appointment.status is Status.CANCELLED else N_("Over")), "over"


def last_verdict(facts: Sequence[Fact]) -> tuple[str, str] | None:
    """Return the words and the mood of the last practice or connection test, if there was one."""
    for fact in reversed(facts):
        if fact.kind is FactKind.CONNECTION_TESTED:
            return _verdict_of(fact)
    return None


def _verdict_of(fact: Fact) -> tuple[str, str] | None:
    known = VERDICTS.get(str(fact.detail.get("verdict", "")))
    if known is None or not fact.detail.get("is_practice"):
        return known
    return PRACTISED[Advice(str(fact.detail["advice"]))], known[1]
