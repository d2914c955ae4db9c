"""A meeting that failed: what somebody says of it, and why it did, read from the facts."""

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum

from booking.appointment import Appointment, Status
from booking.fact import Actor, Fact, FactKind, since_timed
from booking.outcome import Outcome

SAID_WITHIN = timedelta(days=1)
"""So long after its end somebody may still say that a meeting failed."""

OURS = frozenset({Outcome.TECHNICAL_FAILURE, Outcome.ADVISER_ABSENT, Outcome.IDENTIFICATION_FAILED})
"""Outcomes for which we apologise: nobody counts them as the customer's, or as a meeting."""


class WhatFailed(StrEnum):
    """What people name who say that a meeting failed: the closed list."""

    NOT_HEARD = "not_heard"
    NOT_SEEN = "not_seen"
    BROKE_OFF = "broke_off"
    PAPERS_FAILED = "papers_failed"
    FAILED_OTHERWISE = "failed_otherwise"


def can_be_said(appointment: Appointment, facts: Sequence[Fact]) -> bool:
    """Tell whether there is a meeting to say it of: the customer came in, and it was not cancelled."""
    came = any(fact.kind is FactKind.DOOR_OPENED for fact in since_timed(facts))
    return came and appointment.status is not Status.CANCELLED


def is_said(facts: Sequence[Fact], by: Actor) -> bool:
    """Tell whether this side has said it, and nothing of media has come since."""
    for fact in reversed(since_timed(facts)):
        if fact.kind is FactKind.MEDIA_CONNECTED:
            return False
        if fact.kind is FactKind.MEETING_FAILED and fact.by is by:
            return True
    return False


def why_failed(facts: Sequence[Fact]) -> str:
    """Return by which name the last failure goes, of people or of devices and media; empty for none."""
    kinds = (FactKind.MEETING_FAILED, FactKind.MEDIA_FAILED, FactKind.HINDERED)
    named = [str(fact.detail.get("failure") or "") for fact in since_timed(facts) if fact.kind in kinds]
    telling = [name for name in named if name and name != WhatFailed.FAILED_OTHERWISE]
    return telling[-1] if telling else ""
