"""Remove sessions, attempts, tickets, invitations and meetings that are over."""

from datetime import datetime, timedelta

from server.clock import Clock
from server.database.units import SqlUnits

EVERY = timedelta(minutes=10)


class Sweep:
    """One step: every ten minutes, what is over goes, invitations as long afterwards as it was set."""

    def __init__(self, units: SqlUnits, clock: Clock, *, invitations_kept: timedelta) -> None:
        self._units = units
        self._clock = clock
        self._invitations_kept = invitations_kept
        self._next: datetime | None = None

    async def step(self) -> bool:
        now = self._clock()
        if self._next is None or now >= self._next:
            async with self._units.write() as unit:
                await unit.leftovers.sweep(now=now, invitations_kept=self._invitations_kept)
            self._next = now + EVERY
        return False
