"""Chain the looks of the access log, and tell the log of this process how far the chain has come."""

from datetime import datetime, timedelta

import structlog

from identity.look_chain import Head
from server.clock import Clock
from server.database.units import SqlUnits

TOLD_EVERY = timedelta(hours=1)

_log = structlog.get_logger()


class ChainLooks:
    """One step: what was looked at since the last one gets its place.

    The head goes to the log of the process once an hour: a log that is kept elsewhere witnesses it.
    """

    def __init__(self, units: SqlUnits, clock: Clock) -> None:
        self._units = units
        self._clock = clock
        self._tell_at: datetime | None = None

    async def step(self) -> bool:
        async with self._units.read() as unit:
            if not await unit.access_chain.is_behind():
                return False
        self._tell(await self._units.do(lambda unit: unit.access_chain.go_on()))
        return True

    def _tell(self, head: Head) -> None:
        now = self._clock()
        if self._tell_at is None or now >= self._tell_at:
            self._tell_at = now + TOLD_EVERY
            _log.info("access log", head=str(head))
