"""Give up the letters of channels that nobody serves, so that the staff see them."""

from collections.abc import Collection
from datetime import timedelta

from booking.letter import Channel
from booking.not_reminded import NotReminded
from server.clock import Clock
from server.database.unit import SqlUnit
from server.database.units import SqlUnits
from server.workers.give_up import give_up

LIMIT = 50
SERVED_WITHIN = timedelta(hours=1)
"""A channel whose loop was alive in this time is served by another process, though not by this one."""


class Unserved:
    """One step: what should have left by now, by a channel that is not set up."""

    def __init__(self, units: SqlUnits, clock: Clock, served: Collection[str]) -> None:
        self._units = units
        self._clock = clock
        self._channels = [channel for channel in Channel if channel.value not in served]

    async def step(self) -> bool:
        return max([await self._give_up(channel) for channel in self._channels], default=0) == LIMIT

    async def _give_up(self, channel: Channel) -> int:
        now = self._clock()
        async with self._units.read() as unit:
            silent = (await unit.heartbeats.ages(now=now)).get(channel.value)
            waiting = await unit.outbox.unserved(channel, now, limit=1)
        if not waiting or (silent is not None and silent < SERVED_WITHIN):
            return 0

        async def work(unit: SqlUnit) -> int:
            found = await unit.outbox.unserved(channel, now, limit=LIMIT)
            for one in found:
                await give_up(unit, one.id, one.letter, NotReminded.NO_CHANNEL, now=now)
            return len(found)

        return await self._units.do(work)
