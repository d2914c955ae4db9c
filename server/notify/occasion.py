"""What a letter is composed from: the event that is due, and all that it may speak of as it stands now."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from booking.adviser import Adviser
from booking.appointment import Appointment
from booking.letter import LetterDue, LetterKind
from booking.letter_text import Words
from booking.offer import Offer
from booking.revision import Revision


@dataclass(frozen=True, slots=True)
class Offered:
    """An earlier time that a letter offers, with whom, and the token of the offer's link."""

    offer: Offer
    adviser: Adviser
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """A letter that is due about a live appointment, with the token of its customer's link.

    `now` is when it is composed, `door_opens` how long before the start one can come in, and `late` how late
    the adviser will be.
    `message_id` is the same at every try. `said` is what an admin has written to those whom a disruption
    concerns. `own_words` go before the house's, unless strangers would read in them one of `matters`, which
    are the offering's names. A letter that offers a time is about that one, and its links lead to the offer.
    """

    due: LetterDue
    appointment: Appointment
    adviser: Adviser
    revision: Revision
    token: str
    message_id: str
    now: datetime
    door_opens: timedelta = timedelta(minutes=15)
    late: timedelta = timedelta(0)
    said: str = ""
    own_words: Words | None = None
    matters: Collection[str] = ()
    offered: Offered | None = None

    @property
    def kind(self) -> LetterKind:
        return self.due.kind

    @property
    def language(self) -> str:
        return self.appointment.customer.language

    @property
    def to(self) -> str:
        """Return the address or number that it goes to; empty when there is none."""
        return self.due.to or self.appointment.customer.address(self.due.channel)
