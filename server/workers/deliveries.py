"""Send a channel's letters: claim and commit, look at the live appointment, send, mark."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

import structlog

from booking.attend import record
from booking.fact import Actor, FactKind
from booking.letter import CAN_WAIT, REMINDERS, Channel
from booking.quiet_hours import quiet_until
from server.clock import Clock
from server.database.outbox import OutgoingLetter
from server.database.unit import SqlUnit
from server.database.units import SqlUnits
from server.notify.channel import DeliveryFailed, Sender
from server.notify.compose import compose
from server.notify.occasion import Occasion
from server.workers.gather import gather
from web.public_site import Site

BATCH = 20
DEAD_AFTER = timedelta(minutes=2)
"""A claim older than this belongs to a worker that died: sending one letter takes at most half of it."""

NO_LONGER = "no longer holds"
NO_ADDRESS = "no address"
"""The customer left none: who booked for them gave them their link."""

NIGHT = "waits for the morning"

BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 30, 60, 120))

_log = structlog.get_logger()


class Deliveries:
    """One step: a few letters, one after another, so that at most one of a channel is ever in doubt."""

    def __init__(self, units: SqlUnits, clock: Clock, sender: Sender, *, site: Site, worker: str) -> None:
        self._units = units
        self._clock = clock
        self._sender = sender
        self._channel = Channel(sender.name)
        self._site = site
        self._host = urlsplit(site.public_url).hostname or "localhost"
        self._worker = worker

    async def step(self) -> bool:
        for sent in range(BATCH):
            outgoing = await self._claim()
            if outgoing is None:
                return sent > 0
            await self._deliver(outgoing)
        return True

    async def _claim(self) -> OutgoingLetter | None:
        now = self._clock()
        async with self._units.write() as unit:
            doubted = await unit.outbox.put_in_doubt(self._channel, now, DEAD_AFTER)
            claimed = await unit.outbox.claim(self._channel, now, self._worker, 1)
        if doubted:
            _log.warning("letters in doubt", channel=self._channel.value, count=doubted)
        return claimed[0] if claimed else None

    async def _deliver(self, outgoing: OutgoingLetter) -> None:
        async with self._units.read() as unit:
            occasion = await gather(unit, outgoing, self._host, now=self._clock())
        if occasion is None or not occasion.to:
            why = NO_ADDRESS if occasion else NO_LONGER
            await self._units.do(lambda unit: unit.outbox.mark_dropped(outgoing.id, why))
            return
        morning = self._morning(occasion)
        if morning:
            await self._units.do(lambda unit: unit.outbox.retry_at(outgoing.id, morning, NIGHT))
            return
        try:
            await self._sender.deliver(compose(occasion, self._site))
        except DeliveryFailed as failed:
            await self._put_off(outgoing, failed)
        else:
            await self._done(outgoing)

    def _morning(self, occasion: Occasion) -> datetime | None:
        """Return until when a letter waits that is late and would wake somebody."""
        if occasion.kind not in CAN_WAIT:
            return None
        return quiet_until(self._clock(), occasion.appointment.zone)

    async def _put_off(self, outgoing: OutgoingLetter, failed: DeliveryFailed) -> None:
        gave_up = failed.permanent or outgoing.tries > len(BACK_OFF)
        _log.warning("letter not delivered", letter=str(outgoing.id), why=failed.why, gave_up=gave_up)
        if gave_up:
            await self._units.do(lambda unit: unit.outbox.mark_failed(outgoing.id, failed.why))
        else:
            again_at = self._clock() + BACK_OFF[outgoing.tries - 1]
            await self._units.do(lambda unit: unit.outbox.retry_at(outgoing.id, again_at, failed.why))

    async def _done(self, outgoing: OutgoingLetter) -> None:
        now, due = self._clock(), outgoing.letter
        detail = {"letter": due.kind.value, "channel": self._channel.value}

        async def mark(unit: SqlUnit) -> None:
            await unit.outbox.mark_sent(outgoing.id, at=now)
            if due.kind in REMINDERS:
                kind = FactKind.REMINDED
                await record(unit, due.appointment_id, kind, by=Actor.SYSTEM, now=now, detail=detail)

        await self._units.do(mark)


def started_at(now: datetime) -> str:
    """Name a worker by when it started: enough to tell one from the one that died before it."""
    return f"worker {now.isoformat(timespec='seconds')}"
