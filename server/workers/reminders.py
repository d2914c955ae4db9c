"""Put reminders that have fallen due into the outbox."""

from booking.remind import remind
from server.clock import Clock
from web.ports import Units

LIMIT = 200


class Reminders:
    """One step: what is due moves to the outbox, in one transaction."""

    def __init__(self, units: Units, clock: Clock) -> None:
        self._units = units
        self._clock = clock

    async def step(self) -> bool:
        async with self._units.write() as unit:
            return await remind(unit, now=self._clock(), limit=LIMIT) == LIMIT
