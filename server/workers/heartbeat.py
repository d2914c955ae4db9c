"""Say that the background work is alive."""

from datetime import datetime, timedelta

from server.clock import Clock
from server.database.units import SqlUnits

WORKER = "work"
WEBHOOKS = "webhooks"
BOUNCES = "bounces"
EVERY = timedelta(seconds=10)
SILENT_AFTER = timedelta(seconds=60)


class Heartbeat:
    """One step: write the time down, every ten seconds."""

    def __init__(self, units: SqlUnits, clock: Clock, worker: str) -> None:
        self._units = units
        self._clock = clock
        self._worker = worker
        self._last: datetime | None = None

    async def step(self) -> bool:
        now = self._clock()
        if self._last is None or abs(now - self._last) >= EVERY:
            async with self._units.write() as unit:
                await unit.heartbeats.beat(self._worker, at=now)
            self._last = now
        return False
