"""What refilling asks of the house: who waits, what was freed, and what was offered to whom."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from booking.freed_slot import FreedSlot, FreedState
from booking.offer import Offer
from booking.refill_rate import Refillable
from booking.time_span import TimeSpan
from booking.waiting import Waiting


class Waitlist(Protocol):
    async def put(self, waiting: Waiting) -> None:
        """Keep a wish, instead of one that the appointment had before."""
        ...

    async def of(self, appointment_id: UUID) -> Waiting | None: ...

    async def remove(self, appointment_id: UUID) -> None:
        """Forget the wish, if there is one."""
        ...

    async def fitting(
        self, freed: FreedSlot, languages: Collection[str], *, now: datetime, limit: int
    ) -> Sequence[UUID]:
        """Return the appointments to which a freed slot may be offered, the longest waiting first.

        They are of its offering, booked, later than it, and its adviser speaks one of the languages. Left
        out are who does not want it, had it offered before, has an offer open, had as many offers of late as
        anybody gets, or left no e-mail address.
        """
        ...

    async def counts(self, *, now: datetime) -> Mapping[UUID, int]:
        """Return how many wait, by offering; offerings without are left out."""
        ...


class FreedSlots(Protocol):
    async def add(self, freed: FreedSlot) -> None: ...

    async def get(self, freed_id: UUID) -> FreedSlot:
        """Raise NotFound when there is none."""
        ...

    async def locked(self, freed_id: UUID) -> FreedSlot:
        """Return it, and keep everybody else from claiming it until the unit ends. Raises NotFound."""
        ...

    async def end(self, freed_id: UUID, state: FreedState) -> None:
        """Keep how an open one ended."""
        ...

    async def put_off(self, freed_id: UUID, until: datetime) -> None:
        """Keep when to look at an open one next."""
        ...

    async def to_look_at(self, now: datetime, *, limit: int) -> Sequence[FreedSlot]:
        """Return the open ones whose time to look has come, in the order of their starts."""
        ...

    async def wake(self, offering_id: UUID, *, now: datetime) -> None:
        """Have an offering's open ones looked at now: somebody may want them who did not before."""
        ...

    async def refillable(self, within: TimeSpan) -> Sequence[Refillable]:
        """Return a line for each freed slot that starts in a span, in the order in which they were freed."""
        ...


class Offers(Protocol):
    async def add(self, offer: Offer) -> str:
        """Keep an offer, and return its token: 128 random bits, of which only a hash can be looked up."""
        ...

    async def get(self, offer_id: UUID) -> Offer:
        """Raise NotFound when there is none."""
        ...

    async def behind(self, token: str) -> Offer:
        """Return what a token leads to. Raises NotFound for one that is unknown."""
        ...

    async def token(self, offer_id: UUID) -> str:
        """Return the token again, for a letter or a link. Raises NotFound."""
        ...

    async def change(self, offer: Offer) -> None:
        """Keep its state."""
        ...

    async def open_of(self, appointment_id: UUID) -> Offer | None:
        """Return the offer that waits for an answer of an appointment's customer."""
        ...

    async def all_open(self) -> Sequence[Offer]:
        """Return all that wait for an answer, the first to end first."""
        ...

    async def standing(self, freed_id: UUID) -> Sequence[Offer]:
        """Return the offers of a freed slot that are open."""
        ...

    async def to_end(self, now: datetime, *, limit: int) -> Sequence[Offer]:
        """Return open ones that can no longer be claimed, the oldest first.

        Their deadline is over, the slot is somebody's or closed, or the appointment is no longer a later one.
        """
        ...
