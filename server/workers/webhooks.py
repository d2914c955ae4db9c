"""Tell subscribers: claim and commit, post, mark; each subscriber in lanes of its own."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from uuid import UUID

from booking.errors import NotFound
from booking.notice import Notice
from server.clock import Clock
from server.database.unit import SqlUnit
from server.database.units import SqlUnits
from server.webhooks.post import Poster
from server.webhooks.tell import Teller
from web.public_site import Site

LANES = 4
"""So many notices of one subscriber are under way at once, in all processes together: a slow one holds up
nobody but itself."""

CLAIMED_FOR = timedelta(minutes=2)
"""A claim that is older belongs to a worker that died: telling one notice takes a quarter of it at most."""

REST_SECONDS = 0.5
LEAVING_SECONDS = 5.0


class Webhooks:
    """One step: claim what is due for whoever has a lane free, and leave it to tasks to tell it."""

    def __init__(self, units: SqlUnits, clock: Clock, teller: Teller) -> None:
        self._units = units
        self._clock = clock
        self._teller = teller
        self._tasks: dict[asyncio.Task[None], UUID] = {}

    async def step(self) -> bool:
        """Raise what a task raised: its notice comes back when its claim has run out."""
        self._clear_away()
        now = self._clock()
        async with self._units.read() as unit:
            due = await unit.notices.due(now)
        claimed = [notice for one in due for notice in await self._claim(one, now)]
        for notice in claimed:
            self._tasks[asyncio.create_task(self._teller.tell(notice))] = notice.subscriber_id
        if due and not claimed and self._tasks:
            await asyncio.wait(self._tasks, timeout=REST_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            return True
        return bool(claimed)

    async def leave(self) -> None:
        """Let what is under way end, for a little while; what does not is told anew after its claim."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=LEAVING_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _claim(self, subscriber_id: UUID, now: datetime) -> Sequence[Notice]:
        """Take as many as lanes are free; its row is held, so that no two processes count at once."""
        if Counter(self._tasks.values())[subscriber_id] >= LANES:
            return ()

        async def work(unit: SqlUnit) -> Sequence[Notice]:
            await unit.subscribers.locked(subscriber_id)
            free = LANES - await unit.notices.under_way(subscriber_id, now)
            return await unit.notices.claim(subscriber_id, now, now + CLAIMED_FOR, free) if free > 0 else ()

        try:
            return await self._units.do(work)
        except NotFound:  # it was removed a moment ago
            return ()

    def _clear_away(self) -> None:
        for task in [task for task in self._tasks if task.done()]:
            del self._tasks[task]
            task.result()


@asynccontextmanager
async def telling(units: SqlUnits, clock: Clock, poster: Poster, site: Site) -> AsyncIterator[Webhooks]:
    """Open the step that tells, and let what is under way end afterwards."""
    webhooks = Webhooks(units, clock, Teller(units, clock, poster, site))
    try:
        yield webhooks
    finally:
        await webhooks.leave()
