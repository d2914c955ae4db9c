"""What booking refuses, as values without prose.

Refusal
├── NotFound              no such offering, adviser, slot or appointment, or not yours to see
├── SlotTaken             somebody else has the time; carries free alternatives
├── SlotNotOffered        the time is not one that the adviser offers
├── OwnOverlap            the customer has another appointment at that time; carries which, and alternatives
├── TooManyHolds          one browser or address keeps as many slots as it may; carries until when
├── TooManyBookings       one customer has as many appointments ahead as they may
├── TooManyChanges        an appointment was given as many new addresses as it may be; carries until when
├── NobodyFree            no adviser is there who takes customers without a time, or none within the hour
├── InQueueAlready        the customer came by the queue already, and is not done yet
├── HoldOver              the slot is no longer kept
├── InvitationOver        the link has been used, revoked, or has run out; carries which
├── ClaimedAlready        a colleague takes the customer who waits; carries who
├── OfferLate             an offered time was not taken by its deadline
├── OfferTaken            somebody was quicker to take an offered time
├── OfferWithdrawn        an offered time is no longer offered to who asks
├── BadAnswers            a question of the offering is not answered as asked; carries what is wrong
├── TooLate               the moment for this has passed
├── TooEarly              the moment for this has not come; carries when it does
├── WrongStatus           the appointment is past the state in which this can be done
├── BadHours              hours overlap, run backwards or are off the calendar's grain; carries which of it
├── LeftOutside           live appointments would lie outside the new hours; carries them
├── BadPeriod             a period is reversed, or longer than a question may ask
├── Contended             the database gave way under contention even after retries
└── CommitUnknown         a kind of it: nobody knows whether it was kept
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from booking.appointment import Appointment, Status
from booking.invitation import Standing
from booking.slot import Slot
from booking.stretches import HoursFault


class Refusal(Exception):
    """An answer that the domain gives instead of a result."""


class NotFound(Refusal):
    """What was asked for does not exist, or is not the asker's to see."""


class SlotTaken(Refusal):
    """Somebody else has the adviser's time."""

    def __init__(self, start: datetime, alternatives: Sequence[Slot] = ()) -> None:
        super().__init__(start)
        self.start = start
        self.alternatives = tuple(alternatives)


class SlotNotOffered(Refusal):
    """The adviser does not offer this time."""

    def __init__(self, start: datetime) -> None:
        super().__init__(start)
        self.start = start


class OwnOverlap(Refusal):
    """The customer has another appointment at that time: moving that one makes room."""

    def __init__(self, start: datetime, appointment_id: UUID, alternatives: Sequence[Slot] = ()) -> None:
        super().__init__(start)
        self.start = start
        self.appointment_id = appointment_id
        self.alternatives = tuple(alternatives)


class TooManyHolds(Refusal):
    """No more slots are kept for one browser or one address."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


class TooManyBookings(Refusal):
    """One customer has as many appointments ahead as anybody may book by themselves.

    It does not say until when: anybody may write somebody else's address, and would learn when they meet us.
    """


class TooManyChanges(Refusal):
    """An appointment was given as many new e-mail addresses as anybody may give it in a day."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


class NobodyFree(Refusal):
    """Nobody can be met without a time now."""


class InQueueAlready(Refusal):
    """One person, one place in the queue."""


class HoldOver(Refusal):
    """The slot is no longer kept for whoever asks."""


class InvitationOver(Refusal):
    """Nothing can be booked by the link any more."""

    def __init__(self, standing: Standing) -> None:
        super().__init__(standing)
        self.standing = standing


class ClaimedAlready(Refusal):
    """A colleague takes the customer who waits; by whom is None where that is not known any more."""

    def __init__(self, by: UUID | None) -> None:
        super().__init__(by)
        self.by = by


class OfferLate(Refusal):
    """The deadline of an offer is over."""

    def __init__(self, start: datetime) -> None:
        super().__init__(start)
        self.start = start


class OfferTaken(Refusal):
    """Somebody was quicker."""

    def __init__(self, start: datetime) -> None:
        super().__init__(start)
        self.start = start


class OfferWithdrawn(Refusal):
    """The slot was closed, the offer was declined, or the own appointment is no longer a later one."""

    def __init__(self, start: datetime) -> None:
        super().__init__(start)
        self.start = start


class BadAnswers(Refusal):
    """Answers are missing or are none; `faults` has one of `question.AnswerFault` by question key."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(tuple(faults))
        self.faults = dict(faults)


class TooLate(Refusal):
    """The moment until which this could be done has passed."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


class TooEarly(Refusal):
    """The moment from which this can be done has not come."""

    def __init__(self, opens_at: datetime) -> None:
        super().__init__(opens_at)
        self.opens_at = opens_at


class WrongStatus(Refusal):
    """The appointment's status does not allow this."""

    def __init__(self, status: Status) -> None:
        super().__init__(status)
        self.status = status


class BadHours(Refusal):
    """A day's stretches cannot be hours."""

    def __init__(self, fault: HoursFault) -> None:
        super().__init__(fault)
        self.fault = fault


class LeftOutside(Refusal):
    """The change leaves live appointments outside the hours, and nobody has said that they stay."""

    def __init__(self, appointments: Sequence[Appointment]) -> None:
        super().__init__(len(appointments))
        self.appointments = tuple(appointments)


class BadPeriod(Refusal):
    """A period runs backwards, or is longer than one question may ask."""


class TooManyWordings(Refusal):
    """There are as many sentences or tags in use as can be picked from."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


class Contended(Refusal):
    """The database gave way under contention even after retries; asking again may help."""


class CommitUnknown(Contended):
    """The answer to the commit was lost: it may have been kept, so nobody may do it anew by themselves."""
