"""Close appointments that are over."""

from booking.close import close
from server.clock import Clock
from web.ports import Units


class Outcomes:
    """One step: each appointment that is over is closed in a transaction of its own."""

    def __init__(self, units: Units, clock: Clock) -> None:
        self._units = units
        self._clock = clock

    async def step(self) -> bool:
        now = self._clock()
        async with self._units.read() as unit:
            over = await unit.appointments.to_close(now)
        for appointment_id in over:
            async with self._units.write() as unit:
                await close(unit, appointment_id, now=now)
        return False
