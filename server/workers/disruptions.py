"""Carry on what was begun when a disruption was declared: faults and letters, a few at a time."""

from uuid import UUID

from booking.disrupt import BATCH, reach, release_some, remind_some
from server.clock import Clock
from web.ports import Unit, Units


class Disruptions:
    """One step: a batch of each disruption that stands, and one of those that were ended."""

    def __init__(self, units: Units, clock: Clock) -> None:
        self._units = units
        self._clock = clock

    async def step(self) -> bool:
        async with self._units.read() as unit:
            standing = [one.id for one in await unit.disruptions.standing(self._clock())]
            is_any_ended = bool(await unit.disruptions.unreleased(limit=1))
        done = [await self._carry_on(disruption_id) for disruption_id in standing]
        if is_any_ended:
            done.append(await self._units.do(lambda unit: release_some(unit, now=self._clock())))
        return max(done, default=0) == BATCH

    async def _carry_on(self, disruption_id: UUID) -> int:
        """Reach and remind a batch; look first, so that a unit that writes is opened only for something."""
        async with self._units.read() as unit:
            disruption = await unit.disruptions.get(disruption_id)
            has_work = await unit.disruptions.unreached(disruption, limit=1) or (
                disruption.reminder_at and await unit.disruptions.unreminded(disruption, limit=1)
            )
        if not has_work:
            return 0
        now = self._clock()

        async def batch(unit: Unit) -> int:
            locked = await unit.disruptions.locked(disruption_id)
            return max(await reach(unit, locked, now=now), await remind_some(unit, locked, now=now))

        return await self._units.do(batch)
