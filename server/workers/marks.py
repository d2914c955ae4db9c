"""What became of each letter of a channel, written down before the next is claimed."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog

from booking.attend import record
from booking.fact import Actor, FactKind
from booking.letter import REMINDERS, Channel
from booking.not_reminded import NotReminded
from server.clock import Clock
from server.database.outbox_table import OutgoingLetter
from server.database.unit import SqlUnit
from server.database.units import SqlUnits
from server.notify.channel import ChannelAway, DeliveryFailed, DeliveryUnsure
from server.workers.gather import Unsent
from server.workers.give_up import give_up
from server.workers.rest import Rest

BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 30, 60, 120))
NOTHING = timedelta(0)
UNSENT = {
    Unsent.TOO_LATE: NotReminded.TOO_LATE,
    Unsent.NO_ADDRESS: NotReminded.NO_ADDRESS,
    Unsent.STOPPED: NotReminded.STOPPED,
}

_log = structlog.get_logger()


class Marks:
    """Marks letters; a mark that the database could not take is owed, and made before anything else."""

    def __init__(self, units: SqlUnits, clock: Clock, channel: Channel) -> None:
        self._units = units
        self._clock = clock
        self._channel = channel
        self._rest = Rest()
        self._owed: Callable[[SqlUnit], Awaitable[object]] | None = None

    def channel_rests(self) -> bool:
        """Tell whether the other side was away a moment ago."""
        return self._rest.lasts(self._clock())

    async def settle(self) -> None:
        """Make the mark that is owed, if one is."""
        if self._owed:
            await self._units.do(self._owed)
            self._owed = None

    async def sent(self, outgoing: OutgoingLetter) -> None:
        now, due = self._clock(), outgoing.letter
        detail = {"letter": due.kind.value, "channel": self._channel.value}

        async def work(unit: SqlUnit) -> None:
            is_news = await unit.outbox.mark_sent(outgoing.id, at=now)
            if is_news and due.kind in REMINDERS:
                kind = FactKind.REMINDED
                await record(unit, due.appointment_id, kind, by=Actor.SYSTEM, now=now, detail=detail)

        self._rest.end()
        await self._mark(work)

    async def unsent(self, outgoing: OutgoingLetter, why: Unsent) -> None:
        if why in UNSENT:
            await self._give_up(outgoing, UNSENT[why])
        else:
            await self._mark(lambda unit: unit.outbox.mark_dropped(outgoing.id, why.value))

    async def waits(self, outgoing: OutgoingLetter, until: datetime, why: str) -> None:
        """It was not tried."""
        await self._mark(lambda unit: unit.outbox.put_back(outgoing.id, until, why))

    async def away(self, outgoing: OutgoingLetter, away: ChannelAway) -> None:
        """Let the whole channel rest, and the letter wait as if it had not been tried."""
        again_at = self._rest.begin(self._clock())
        _log.warning("channel away", channel=self._channel.value, why=away.why, until=again_at.isoformat())
        await self.waits(outgoing, again_at, away.why)

    async def failed(self, outgoing: OutgoingLetter, failed: DeliveryFailed) -> None:
        """Try again later, while that is of use: staff who hear that it is not can still call."""
        again_at = None if failed.permanent else self._again_at(outgoing, failed.wait or NOTHING)
        gave_up = again_at is None
        _log.warning("letter not delivered", letter=str(outgoing.id), why=failed.why, gave_up=gave_up)
        if again_at is None:
            why = NotReminded.REFUSED if failed.permanent else NotReminded.GAVE_UP
            await self._give_up(outgoing, why, failed.why)
        else:
            await self._mark(lambda unit: unit.outbox.retry_at(outgoing.id, again_at, failed.why))

    def _again_at(self, outgoing: OutgoingLetter, wait: timedelta) -> datetime | None:
        """Return when to try again, None when that would be too often or too late."""
        if outgoing.tries > len(BACK_OFF):
            return None
        again_at, due = self._clock() + max(BACK_OFF[outgoing.tries - 1], wait), outgoing.letter
        is_too_late = due.kind in REMINDERS and due.leave_by is not None and again_at >= due.leave_by
        return None if is_too_late else again_at

    async def unsure(self, outgoing: OutgoingLetter, unsure: DeliveryUnsure) -> None:
        now = self._clock()
        _log.warning("letter in doubt", letter=str(outgoing.id), why=unsure.why)
        await self._mark(lambda unit: unit.outbox.doubt(outgoing.id, now, unsure.why))

    async def _give_up(self, outgoing: OutgoingLetter, why: NotReminded, reason: str = "") -> None:
        now, due = self._clock(), outgoing.letter
        await self._mark(lambda unit: give_up(unit, outgoing.id, due, why, now=now, reason=reason))

    async def _mark(self, work: Callable[[SqlUnit], Awaitable[object]]) -> None:
        self._owed = work
        await self.settle()
