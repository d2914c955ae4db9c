"""Answer those who lost their link, away from the page where they asked."""

from booking.lost_link import send_links
from server.clock import Clock
from web.ports import Units

LIMIT = 50


class LostLinks:
    """One step: what was asked for becomes letters, in one transaction."""

    def __init__(self, units: Units, clock: Clock) -> None:
        self._units = units
        self._clock = clock

    async def step(self) -> bool:
        now = self._clock()
        return await self._units.do(lambda unit: send_links(unit, now=now, limit=LIMIT)) == LIMIT
