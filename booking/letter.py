"""The letters that an appointment's life calls for."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class LetterKind(StrEnum):
    """What a letter is about; its words are composed when it is sent."""

    BOOKED = "booked"
    MOVED = "moved"
    CANCELLED = "cancelled"
    RESTORED = "restored"
    REASSIGNED = "reassigned"
    NEW_ADDRESS = "new_address"
    OLD_ADDRESS = "old_address"
    LOST_LINK = "lost_link"
    OVERLAP = "overlap"
    THREE_DAYS = "three_days"
    ONE_DAY = "one_day"
    FIFTEEN_MINUTES = "fifteen_minutes"
    DISRUPTION = "disruption"
    DISRUPTION_REMINDER = "disruption_reminder"
    DISRUPTION_OVER = "disruption_over"
    OFFER = "offer"
    NO_SHOW = "no_show"
    WAITING_FOR_YOU = "waiting_for_you"
    RUNNING_LATE = "running_late"
    CANCEL_ASKED = "cancel_asked"


class Channel(StrEnum):
    """How a letter travels."""

    MAIL = "mail"
    SMS = "sms"


AT_ANY_TIME = frozenset({LetterKind.NEW_ADDRESS, LetterKind.LOST_LINK})
"""Letters that bring the link, and hold for whatever time the appointment has by then."""

BY_MAIL_ALONE = AT_ANY_TIME | {LetterKind.OLD_ADDRESS}
"""Letters about an e-mail address, which go there however the customer is written to otherwise."""

BY_SMS_ALONE = frozenset({LetterKind.CANCEL_ASKED})
"""The question that YES or NO answers: it leads nowhere, and is asked only of who wrote a text message."""

REMINDERS = frozenset({LetterKind.THREE_DAYS, LetterKind.ONE_DAY, LetterKind.FIFTEEN_MINUTES})

CAN_WAIT = frozenset(
    {LetterKind.THREE_DAYS, LetterKind.ONE_DAY, LetterKind.DISRUPTION_REMINDER, LetterKind.NO_SHOW}
)
"""Letters that wake nobody: at night on the customer's clock they wait for the morning."""

ABOUT_DISRUPTION = frozenset({LetterKind.DISRUPTION, LetterKind.DISRUPTION_REMINDER})
"""The letters that hold as long as a disruption stands over the appointment's time."""


ON_THE_SPOT = frozenset({LetterKind.WAITING_FOR_YOU, LetterKind.RUNNING_LATE})
"""Letters about these very minutes: what they tell is asked of the facts once more at sending."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterDue:
    """The event that a letter should go out, about the time that `sequence` numbers, or about an offer.

    `to` is an address that it goes to instead of the customer's present one. It should have left by
    `leave_by`: of two that wait, the one that is nearer to it goes first, and a reminder that has missed
    it is not sent any more.
    """

    appointment_id: UUID
    kind: LetterKind
    sequence: int
    channel: Channel = Channel.MAIL
    to: str = ""
    offer_id: UUID | None = None
    leave_by: datetime | None = None
