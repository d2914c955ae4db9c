"""How things stand when the days to come are foretold."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from booking.appointment import Appointment
from booking.disruption import Disruption
from booking.fact import Fact
from booking.hold import Hold
from booking.letter import LetterDue
from booking.offer import Offer
from booking.offering import Offering


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """How things stand: what is due with its moment, and all that decides what becomes of it.

    `disrupted` holds the disruption that stands over an appointment's time, `booked_again` those whose
    customer has another one ahead, and `stopped` the numbers that want no text messages. Histories are told
    of those alone that may have been ended already, or are written of.
    """

    now: datetime
    offerings: Mapping[UUID, Offering]
    appointments: Mapping[UUID, Appointment]
    due: Sequence[tuple[datetime, LetterDue]] = ()
    histories: Mapping[UUID, Sequence[Fact]] = field(default_factory=dict)
    disrupted: Mapping[UUID, Disruption] = field(default_factory=dict)
    booked_again: Collection[UUID] = ()
    stopped: Collection[str] = ()
    holds: Sequence[Hold] = ()
    offers: Mapping[UUID, Offer] = field(default_factory=dict)
