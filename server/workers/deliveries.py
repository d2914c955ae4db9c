"""Send a channel's letters: claim and commit, look at the live appointment, send, mark."""

import asyncio
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import uuid4

import structlog

from booking.letter import Channel
from booking.still_holds import rests_until
from server.clock import Clock
from server.database.outbox_table import OutgoingLetter
from server.database.units import SqlUnits
from server.notify.channel import SEND_WITHIN, ChannelAway, DeliveryFailed, DeliveryUnsure, Sender
from server.notify.compose import compose
from server.notify.letter import Letter
from server.notify.occasion import Occasion
from server.workers.gather import Unsent, gather
from server.workers.marks import Marks
from server.workers.pace import Pace
from web.public_site import Site

STEP_SECONDS = 5.0
"""So long a step goes on at most: between two of them the loop says that it is alive."""

DEAD_AFTER = timedelta(minutes=2)
"""A claim older than this belongs to a worker that died: sending one letter takes at most half of it."""

NIGHT = "waits for the morning"

_log = structlog.get_logger()


class Deliveries:
    """One step: letters for a few seconds, one after another, so that at most one is ever in doubt."""

    def __init__(
        self,
        units: SqlUnits,
        clock: Clock,
        sender: Sender,
        *,
        site: Site,
        worker: str,
        pace: Pace | None = None,
    ) -> None:
        self._units = units
        self._clock = clock
        self._sender = sender
        self._channel = Channel(sender.name)
        self._site = site
        self._host = urlsplit(site.public_url).hostname or "localhost"
        self._worker = worker
        self._pace = pace
        self._marks = Marks(units, clock, self._channel)

    async def step(self) -> bool:
        await self._marks.settle()
        loop = asyncio.get_running_loop()
        until = loop.time() + STEP_SECONDS
        while loop.time() < until:
            if self._marks.channel_rests() or (self._pace and not await self._pace.turn()):
                return False
            outgoing = await self._claim()
            if outgoing is None:
                return False
            await self._deliver(outgoing)
        return True

    async def leave(self) -> None:
        """Let another process send by this channel at once."""
        await self._units.do(lambda unit: unit.senders.leave(self._channel, self._worker))

    async def _claim(self) -> OutgoingLetter | None:
        """Claim the most urgent letter, if this process is the one that sends."""
        now = self._clock()
        async with self._units.write() as unit:
            if not await unit.senders.hold(self._channel, self._worker, now=now):
                return None
            doubted = await unit.outbox.put_in_doubt(self._channel, now, DEAD_AFTER)
            claimed = await unit.outbox.claim(self._channel, now, self._worker, 1)
        if doubted:
            _log.warning("letters in doubt", channel=self._channel.value, count=doubted)
        return claimed[0] if claimed else None

    async def _deliver(self, outgoing: OutgoingLetter) -> None:
        async with self._units.read() as unit:
            occasion = await gather(unit, outgoing, self._host, now=self._clock())
        if isinstance(occasion, Unsent):
            await self._marks.unsent(outgoing, occasion)
        elif morning := self._morning(occasion):
            await self._marks.waits(outgoing, morning, NIGHT)
        else:
            await self._send_and_mark(outgoing, occasion)

    async def _send_and_mark(self, outgoing: OutgoingLetter, occasion: Occasion) -> None:
        try:
            await self._send(self._compose(occasion))
        except ChannelAway as away:
            await self._marks.away(outgoing, away)
        except DeliveryFailed as failed:
            await self._marks.failed(outgoing, failed)
        except DeliveryUnsure as unsure:
            await self._marks.unsure(outgoing, unsure)
        else:
            await self._marks.sent(outgoing)

    def _compose(self, occasion: Occasion) -> Letter:
        """Compose. Raises DeliveryFailed when it cannot be done, which stops no other letter."""
        try:
            return compose(occasion, self._site)
        except Exception as error:
            _log.exception("letter not composed", kind=occasion.kind.value)
            raise DeliveryFailed(f"not composed: {type(error).__name__}", permanent=False) from error

    async def _send(self, letter: Letter) -> None:
        """Send. Raises what a sender may, and DeliveryUnsure for all else, as nobody knows."""
        try:
            async with asyncio.timeout(SEND_WITHIN):
                await self._sender.deliver(letter)
        except (DeliveryFailed, DeliveryUnsure):
            raise
        except Exception as error:
            _log.exception("sender failed", channel=self._channel.value)
            raise DeliveryUnsure(type(error).__name__) from error

    def _morning(self, occasion: Occasion) -> datetime | None:
        """Return until when a letter waits that is late and would wake somebody."""
        return rests_until(occasion.kind, occasion.appointment.zone, now=self._clock())


def started_at(now: datetime) -> str:
    """Name a worker by when it started, and by chance: two may start in one second."""
    return f"worker {now.isoformat(timespec='seconds')} {uuid4().hex[:8]}"
