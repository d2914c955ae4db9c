"""Tell subscribers: claim and commit, post, mark; each subscriber in lanes of its own."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from time import monotonic
from uuid import UUID

import structlog

from booking.notice import Attempt, Notice
from server.clock import Clock
from server.database.units import SqlUnits
from server.webhooks.body import body_of
from server.webhooks.parcel import Parcel, packed
from server.webhooks.post import Poster
from server.webhooks.settle import MOST_TRIES, settle
from server.webhooks.signing import signed_headers
from web.public_site import Site

LANES = 4
"""So many notices of one subscriber are under way at once: a slow one holds up nobody but itself."""

CLAIMED_FOR = timedelta(minutes=2)
"""A claim that is older belongs to a worker that died: telling one notice takes a quarter of it at most."""

REST_SECONDS = 0.5
LEAVING_SECONDS = 5.0

_log = structlog.get_logger()


class Webhooks:
    """One step: claim what is due for whoever has a lane free, and leave it to tasks to tell it."""

    def __init__(self, units: SqlUnits, clock: Clock, poster: Poster, site: Site) -> None:
        self._units = units
        self._clock = clock
        self._poster = poster
        self._site = site
        self._tasks: dict[asyncio.Task[None], UUID] = {}

    async def step(self) -> bool:
        """Raise what a task raised: its notice comes back when its claim has run out."""
        self._clear_away()
        now = self._clock()
        async with self._units.read() as unit:
            due = await unit.notices.due(now)
        busy = Counter(self._tasks.values())
        claimed = [notice for one in due for notice in await self._claim(one, LANES - busy[one], now)]
        for notice in claimed:
            self._tasks[asyncio.create_task(self._tell(notice))] = notice.subscriber_id
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

    async def _claim(self, subscriber_id: UUID, free: int, now: datetime) -> list[Notice]:
        if free <= 0:
            return []
        until = now + CLAIMED_FOR
        return list(await self._units.do(lambda unit: unit.notices.claim(subscriber_id, now, until, free)))

    async def _tell(self, notice: Notice) -> None:
        if notice.tries > MOST_TRIES:  # whoever claimed it has died with it each time
            await self._units.do(lambda unit: unit.notices.mark_failed(notice.id, None))
            return
        async with self._units.read() as unit:
            parcel = await packed(unit, notice, now=self._clock())
        if parcel is not None:
            attempt = await self._attempt(parcel)
            await self._units.do(lambda unit: settle(unit, notice, attempt))

    async def _attempt(self, parcel: Parcel) -> Attempt:
        at, begun = self._clock(), monotonic()
        body = body_of(parcel, self._site)
        headers = signed_headers(parcel.notice.id, body, parcel.secrets, now=at)
        answered = await self._poster.post(parcel.subscriber.address, body, headers)
        if answered.fault is not None:
            told = {"subscriber": str(parcel.subscriber.id), "notice": str(parcel.notice.id)}
            _log.warning("webhook not delivered", fault=answered.fault, status=answered.status, **told)
        return Attempt(
            at=at,
            milliseconds=round((monotonic() - begun) * 1000),
            status=answered.status,
            fault=answered.fault,
            said=answered.said,
        )

    def _clear_away(self) -> None:
        for task in [task for task in self._tasks if task.done()]:
            del self._tasks[task]
            task.result()


@asynccontextmanager
async def telling(units: SqlUnits, clock: Clock, poster: Poster, site: Site) -> AsyncIterator[Webhooks]:
    """Open the step that tells, and let what is under way end afterwards."""
    webhooks = Webhooks(units, clock, poster, site)
    try:
        yield webhooks
    finally:
        await webhooks.leave()
