"""Write to whom somebody waits for or nobody comes in time; give back what the queue has left."""

from datetime import datetime, timedelta
from uuid import UUID

from booking.call_in import call_in
from booking.errors import TooLate, WrongStatus
from booking.fact import Actor
from booking.leave_queue import has_gone, leave_queue
from booking.on_the_spot import around, delayed, to_call_in
from booking.say_late import say_late
from server.clock import Clock
from web.ports import Units

EVERY = timedelta(seconds=5)


class OnTheSpot:
    """One step: look at what begins about now, and write only where there is something to write."""

    def __init__(self, units: Units, clock: Clock) -> None:
        self._units = units
        self._clock = clock
        self._last: datetime | None = None

    async def step(self) -> bool:
        now = self._clock()
        if self._last is not None and abs(now - self._last) < EVERY:
            return False
        self._last = now
        async with self._units.read() as unit:
            live = await unit.appointments.live_within(around(now))
            histories = await unit.facts.of_many([one.id for one in live])
            waiting = await unit.waiting.of([one.id for one in live if one.is_drop_in])
        missing = [one.id for one in live if to_call_in(one, histories.get(one.id, ()), now=now)]
        for appointment_id in missing:
            await self._call_in(appointment_id)
        for appointment_id, minutes in delayed(live, histories, now=now):
            await self._say_late(appointment_id, minutes)
        for one in live:
            if has_gone(one, histories.get(one.id, ()), waiting.get(one.id), now=now):
                await self._leave_queue(one.id)
        return False

    async def _leave_queue(self, appointment_id: UUID) -> None:
        await self._units.do(lambda unit: leave_queue(unit, appointment_id, now=self._clock()))

    async def _call_in(self, appointment_id: UUID) -> None:
        await self._units.do(lambda unit: call_in(unit, appointment_id, now=self._clock()))

    async def _say_late(self, appointment_id: UUID, minutes: int) -> None:
        """It may have been moved or cancelled since: then nobody needs to be told."""
        now = self._clock()
        try:
            await self._units.do(
                lambda unit: say_late(unit, appointment_id, minutes, by=Actor.SYSTEM, now=now)
            )
        except (WrongStatus, TooLate):
            return
