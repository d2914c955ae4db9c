"""Find out what a customer's OK or CANCEL answers: the last thing that a text message asked them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from booking.appointment import Appointment
from booking.fact import TIMED, Fact, FactKind
from booking.letter import REMINDERS, Channel, LetterKind
from booking.message import QUESTION_LASTS, Message, open_question

ASKING = REMINDERS - {LetterKind.FIFTEEN_MINUTES}
"""The letters that ask whether somebody comes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question about an appointment: whether to cancel it, or else whether they come."""

    at: datetime
    appointment: Appointment
    is_to_cancel: bool


@dataclass(frozen=True, slots=True)
class Talk:
    """What happened about an appointment, and what its customer has written."""

    appointment: Appointment
    facts: Sequence[Fact]
    messages: Sequence[Message]


def asked_last(talks: Sequence[Talk], *, now: datetime) -> Asked | None:
    """Return the last question about any of somebody's appointments, if it can still be answered.

    Of two of the same moment it is the one whose answer cancels nothing.
    """
    asked = [each for one in talks for each in _asked(one, now=now)]
    return max(asked, key=lambda one: (one.at, not one.is_to_cancel), default=None)


def _asked(talk: Talk, *, now: datetime) -> Sequence[Asked]:
    reminder = _last_reminder(talk.facts, now=now)
    question = open_question(talk.messages, talk.appointment, now=now)
    return [
        Asked(at=found.at, appointment=talk.appointment, is_to_cancel=found is question)
        for found in (reminder, question)
        if found
    ]


def _last_reminder(facts: Sequence[Fact], *, now: datetime) -> Fact | None:
    """Return the last that asked by text message about the time as it is, unless it was long ago."""
    for fact in reversed(facts):
        if fact.kind in TIMED or now - fact.at >= QUESTION_LASTS:
            return None
        if (
            fact.kind is FactKind.REMINDED
            and fact.detail.get("channel") == Channel.SMS
            and fact.detail.get("letter") in ASKING
        ):
            return fact
    return None
