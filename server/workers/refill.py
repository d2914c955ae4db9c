"""Offer freed slots to those who wait, and end the offers that nobody took."""

from uuid import UUID

from booking.end_offer import end_offer
from booking.offer import Offer
from booking.offer_freed import offer_next
from server.clock import Clock
from web.ports import Units

LIMIT = 50
MOST_TO_ALL = 200
"""The most offers of one slot in one step; the others come with the next."""


class Refill:
    """One step: what can no longer be claimed ends first, so that the next in line is asked at once.

    Each offer is a transaction of its own, so that it holds one person's appointment at a time.
    """

    def __init__(self, units: Units, clock: Clock) -> None:
        self._units = units
        self._clock = clock

    async def step(self) -> bool:
        ended = await self._end_offers()
        now = self._clock()
        async with self._units.read() as unit:
            freed = await unit.freed_slots.to_look_at(now, limit=LIMIT)
        for one in freed:
            for _ in range(MOST_TO_ALL):
                if await self._offer(one.id) is None:
                    break
        return ended or len(freed) == LIMIT

    async def _end_offers(self) -> bool:
        now = self._clock()
        async with self._units.read() as unit:
            void = await unit.offers.to_end(now, limit=LIMIT)
        for one in void:
            await self._end(one.id)
        return len(void) == LIMIT

    async def _end(self, offer_id: UUID) -> None:
        now = self._clock()
        await self._units.do(lambda unit: end_offer(unit, offer_id, now=now))

    async def _offer(self, freed_id: UUID) -> Offer | None:
        now = self._clock()
        return await self._units.do(lambda unit: offer_next(unit, freed_id, now=now))
