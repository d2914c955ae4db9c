"""Why a customer is to be called: read from facts and outcome, kept nowhere, gone once somebody has."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from booking.appointment import Appointment
from booking.call import CALL_DONE, call_asked_at
from booking.disruption import open_disruption
from booking.fact import Actor, Fact, FactKind, is_at_the_door, since_timed
from booking.feedback import HELD, not_handled
from booking.outcome import Outcome
from booking.progress import Stage, stage
from booking.undelivered import last_not_reminded


class Reason(StrEnum):
    """The closed list, the most pressing first."""

    CALL_ASKED = "call_asked"
    STUCK_AT_IDENTIFICATION = "stuck_at_identification"
    CONNECTION_FAILED = "connection_failed"
    IDENTIFICATION_FAILED = "identification_failed"
    NOT_HANDLED = "not_handled"
    DISPUTED = "disputed"
    NOT_REMINDED = "not_reminded"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Why, and since when."""

    reason: Reason
    since: datetime


def follow_up(appointment: Appointment, facts: Sequence[Fact]) -> FollowUp | None:
    """Return the most pressing reason to call the customer that nobody has seen to."""
    history = _of_present_time(facts)
    called_at = max((one.at for one in history if one.kind in CALL_DONE), default=None)
    for reason, since_when in _REASONS.items():
        since = since_when(appointment, history)
        if since is not None and (called_at is None or called_at < since):
            return FollowUp(reason, since)
    return None


def _stuck(appointment: Appointment, facts: Sequence[Fact]) -> datetime | None:
    if appointment.is_live and stage(facts) is Stage.IDENTIFICATION_FAILED:
        return _last_at(facts, FactKind.IDENTIFICATION_FAILED)
    return None


def _connection(appointment: Appointment, facts: Sequence[Fact]) -> datetime | None:
    """A disruption writes to its customers by itself, and who has another time knows how it goes on."""
    is_failed = appointment.outcome is Outcome.TECHNICAL_FAILURE
    if not is_failed or open_disruption(facts) or _has(facts, FactKind.BOOKED_AGAIN):
        return None
    kinds = (FactKind.MEDIA_FAILED, FactKind.MEETING_FAILED, FactKind.FAULT_OPENED, FactKind.ADMITTED)
    return next((one.at for one in facts if one.kind in kinds), appointment.span.start)


def _unidentified(appointment: Appointment, facts: Sequence[Fact]) -> datetime | None:
    if appointment.outcome is not Outcome.IDENTIFICATION_FAILED or _has(facts, FactKind.BOOKED_AGAIN):
        return None
    failed = (one.at for one in facts if one.kind is FactKind.IDENTIFICATION_FAILED and is_at_the_door(one))
    return next(failed, appointment.span.start)


def _not_handled(appointment: Appointment, facts: Sequence[Fact]) -> datetime | None:
    """As either side says last; the next appointment goes on with the matter."""
    if appointment.outcome not in {None, *HELD} or _has(facts, FactKind.BOOKED_AGAIN):
        return None
    return max(not_handled(facts).values(), default=None)


def _disputed(_: Appointment, facts: Sequence[Fact]) -> datetime | None:
    return _last_at([one for one in facts if one.by is Actor.CUSTOMER], FactKind.DISPUTED)


def _not_reminded(appointment: Appointment, facts: Sequence[Fact]) -> datetime | None:
    """Whoever has done anything since knows of their appointment."""
    fact = last_not_reminded(facts)
    if fact is None or not appointment.is_live:
        return None
    has_stirred = any(one.by is Actor.CUSTOMER for one in facts[facts.index(fact) :])
    return None if has_stirred else fact.at


def _last_at(facts: Sequence[Fact], kind: FactKind) -> datetime | None:
    return next((one.at for one in reversed(facts) if one.kind is kind), None)


def _has(facts: Sequence[Fact], kind: FactKind) -> bool:
    return any(one.kind is kind for one in facts)


def _of_present_time(facts: Sequence[Fact]) -> Sequence[Fact]:
    """Leave out what was said of a time that was given up, but for a wish for a call."""
    present = since_timed(facts)
    earlier = facts[: len(facts) - len(present)]
    about_calls = CALL_DONE | {FactKind.CALL_ASKED}
    return [*(one for one in earlier if one.kind in about_calls), *present]


_REASONS: dict[Reason, Callable[[Appointment, Sequence[Fact]], datetime | None]] = {
    Reason.CALL_ASKED: lambda _, facts: call_asked_at(facts),
    Reason.STUCK_AT_IDENTIFICATION: _stuck,
    Reason.CONNECTION_FAILED: _connection,
    Reason.IDENTIFICATION_FAILED: _unidentified,
    Reason.NOT_HANDLED: _not_handled,
    Reason.DISPUTED: _disputed,
    Reason.NOT_REMINDED: _not_reminded,
}
