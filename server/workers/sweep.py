"""Remove sessions, attempts, tickets, invitations, meetings and persons that are over."""

from datetime import datetime, timedelta

from server.clock import Clock
from server.database.units import SqlUnits

EVERY = timedelta(minutes=10)


class Sweep:
    """One step: every ten minutes, what is over goes; invitations and persons as much later as was set."""

    def __init__(
        self, units: SqlUnits, clock: Clock, *, invitations_kept: timedelta, persons_kept: timedelta
    ) -> None:
        self._units = units
        self._clock = clock
        self._invitations_kept = invitations_kept
        self._persons_kept = persons_kept
        self._next: datetime | None = None

    async def step(self) -> bool:
        now = self._clock()
        if self._next is None or now >= self._next:
            await self._units.do(
                lambda unit: unit.leftovers.sweep(
                    now=now, invitations_kept=self._invitations_kept, persons_kept=self._persons_kept
                )
            )
            self._next = now + EVERY
        return False
