"""Send the letters of the outbox: claim and commit, look at the live appointment, send, mark."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

import structlog

from booking.attend import record
from booking.disruption import Disruption, open_disruption
from booking.errors import NotFound
from booking.fact import Actor, FactKind
from booking.letter import ABOUT_DISRUPTION, REMINDERS, LetterDue
from booking.remind import still_holds
from booking.revision import revision_of
from server.clock import Clock
from server.database.outbox import OutgoingLetter
from server.database.unit import SqlUnit
from server.database.units import SqlUnits
from server.notify.channel import Channel, DeliveryFailed
from server.notify.compose import Offered, compose
from server.notify.letter import Letter
from web.public_site import Site

BATCH = 20
DEAD_AFTER = timedelta(minutes=2)
"""A claim older than this belongs to a worker that died: sending one letter takes at most half of it."""

NO_ADDRESS = "no address"
"""The customer left none: who booked for them gave them their link."""

BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 30, 60, 120))

_log = structlog.get_logger()


class Deliveries:
    """One step: a few letters, one after another, so that at most one is ever in doubt."""

    def __init__(
        self, units: SqlUnits, clock: Clock, channels: Sequence[Channel], *, site: Site, worker: str
    ) -> None:
        self._units = units
        self._clock = clock
        self._channels = channels
        self._site = site
        self._worker = worker

    async def step(self) -> bool:
        if not self._channels:
            return False
        for sent in range(BATCH):
            outgoing = await self._claim()
            if outgoing is None:
                return sent > 0
            await self._deliver(outgoing)
        return True

    async def _claim(self) -> OutgoingLetter | None:
        now = self._clock()
        async with self._units.write() as unit:
            doubted = await unit.outbox.put_in_doubt(now, DEAD_AFTER)
            claimed = await unit.outbox.claim(now, self._worker, 1)
        if doubted:
            _log.warning("letters in doubt", count=doubted)
        return claimed[0] if claimed else None

    async def _deliver(self, outgoing: OutgoingLetter) -> None:
        letter = await self._composed(outgoing)
        if letter is None or not letter.to:
            why = "no longer holds" if letter is None else NO_ADDRESS
            await self._units.do(lambda unit: unit.outbox.mark_dropped(outgoing.id, why))
            return
        try:
            for channel in self._channels:
                await channel.deliver(letter)
        except DeliveryFailed as failed:
            await self._put_off(outgoing, failed)
        else:
            await self._done(outgoing)

    async def _composed(self, outgoing: OutgoingLetter) -> Letter | None:
        """Compose from the live appointment, or return None when the letter is no longer true."""
        due = outgoing.letter
        async with self._units.read() as unit:
            try:
                appointment = await unit.appointments.get(due.appointment_id)
                token = await unit.links.token(due.appointment_id)
            except NotFound:
                return None
            disruption = await _disruption(unit, due.appointment_id)
            offered = await _offered(unit, due)
            offer = offered.offer if offered else None
            if not still_holds(due, appointment, now=self._clock(), disruption=disruption, offer=offer):
                return None
            adviser = await unit.advisers.get(appointment.adviser_id)
            history = await unit.facts.of(appointment.id)
        return compose(
            due,
            appointment,
            adviser,
            revision=revision_of(appointment, history),
            site=self._site,
            token=token,
            message_id=f"<{outgoing.id}@{urlsplit(self._site.public_url).hostname}>",
            said=disruption.text(appointment.customer.language)
            if disruption and due.kind in ABOUT_DISRUPTION
            else "",
            offered=offered,
        )

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
        detail = {"letter": due.kind.value, "channel": self._channels[-1].name}

        async def mark(unit: SqlUnit) -> None:
            await unit.outbox.mark_sent(outgoing.id, at=now)
            if due.kind in REMINDERS:
                kind = FactKind.REMINDED
                await record(unit, due.appointment_id, kind, by=Actor.SYSTEM, now=now, detail=detail)

        await self._units.do(mark)


async def _disruption(unit: SqlUnit, appointment_id: UUID) -> Disruption | None:
    """Return the disruption that stands over an appointment's time, if one does."""
    disruption_id = open_disruption(await unit.facts.of(appointment_id))
    return await unit.disruptions.get(disruption_id) if disruption_id else None


async def _offered(unit: SqlUnit, due: LetterDue) -> Offered | None:
    """Return what a letter offers, if it is an offer's. Raises NotFound when it is gone."""
    if due.offer_id is None:
        return None
    offer = await unit.offers.get(due.offer_id)
    adviser = await unit.advisers.get(offer.adviser_id)
    return Offered(offer, adviser, await unit.offers.token(offer.id))


def started_at(now: datetime) -> str:
    """Name a worker by when it started: enough to tell one from the one that died before it."""
    return f"worker {now.isoformat(timespec='seconds')}"
