"""Letters on their way: put by verbs, claimed by the worker, and in doubt when a worker died with one."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import case, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.errors import NotFound
from booking.letter import Channel, LetterDue
from server.database.outbox_table import Delivery, OutgoingLetter, outbox, outgoing_of
from server.database.prepared import Prepared

DOUBT_LASTS = timedelta(minutes=5)

_UNSENT = (Delivery.WAITING, Delivery.CLAIMED, Delivery.IN_DOUBT)
_PUT = Prepared(insert(outbox))


class SqlOutbox:
    """Fulfils booking's Outbox; the worker claims and commits, sends, then marks in a unit of its own."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, letter: LetterDue, *, at: datetime) -> None:
        await _PUT.add(
            self._connection,
            {
                "id": uuid4(),
                "appointment_id": letter.appointment_id,
                "kind": letter.kind,
                "sequence": letter.sequence,
                "recipient": letter.to or None,
                "offer_id": letter.offer_id,
                "channel": letter.channel,
                "leave_by": letter.leave_by,
                "put_at": at,
                "state": Delivery.WAITING,
                "next_at": at,
                "tries": 0,
                "doubts": 0,
            },
        )

    async def claim(self, channel: Channel, now: datetime, worker: str, limit: int) -> list[OutgoingLetter]:
        """Take what is due by a channel, the most urgent first, for nobody else. Counts as a try."""
        due = (
            select(outbox.c.id)
            .where(
                outbox.c.channel == channel,
                outbox.c.state.in_((Delivery.WAITING, Delivery.IN_DOUBT)),
                outbox.c.next_at <= now,
            )
            .order_by(func.coalesce(outbox.c.leave_by, outbox.c.put_at), outbox.c.put_at, outbox.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        claimed = await self._connection.execute(
            update(outbox)
            .where(outbox.c.id.in_(due.scalar_subquery()))
            .values(state=Delivery.CLAIMED, claimed_at=now, claimed_by=worker, tries=outbox.c.tries + 1)
            .returning(*outbox.c)
        )
        return sorted((outgoing_of(row) for row in claimed), key=_urgency)

    async def on_their_way(self, until: datetime) -> list[tuple[datetime, LetterDue]]:
        """Return what waits, and what is being sent; a row's next moment stays while it is claimed."""
        query = (
            select(outbox)
            .where(outbox.c.state.in_(_UNSENT), outbox.c.next_at < until)
            .order_by(outbox.c.next_at, outbox.c.id)
        )
        return [(row.next_at, outgoing_of(row).letter) for row in await self._connection.execute(query)]

    async def get(self, letter_id: UUID) -> OutgoingLetter:
        """Return one letter. Raises NotFound."""
        row = (await self._connection.execute(select(outbox).where(outbox.c.id == letter_id))).first()
        if row is None:
            raise NotFound
        return outgoing_of(row)

    async def mark_sent(self, letter_id: UUID, *, at: datetime) -> bool:
        """The other side has taken it; return whether that is news. A letter in doubt is in none any more."""
        marked = await self._connection.execute(
            update(outbox)
            .where(outbox.c.id == letter_id, outbox.c.state.in_((Delivery.CLAIMED, Delivery.IN_DOUBT)))
            .values(state=Delivery.SENT, sent_at=at, next_at=None, reason=None, recipient=None)
        )
        return marked.rowcount == 1

    async def mark_delivered(self, letter_id: UUID, *, at: datetime) -> None:
        """The other side says that it reached its reader; what it said first counts."""
        await self._connection.execute(
            update(outbox)
            .where(outbox.c.id == letter_id, outbox.c.delivered_at.is_(None))
            .values(delivered_at=at)
        )

    async def mark_dropped(self, letter_id: UUID, reason: str) -> None:
        """It no longer holds: its appointment was cancelled or moved meanwhile."""
        await self._mark(letter_id, state=Delivery.DROPPED, next_at=None, reason=reason, recipient=None)

    async def mark_failed(self, letter_id: UUID, reason: str) -> bool:
        """It did not arrive, and trying again is of no use; return whether that is news."""
        marked = await self._connection.execute(
            update(outbox)
            .where(outbox.c.id == letter_id, outbox.c.state != Delivery.FAILED)
            .values(state=Delivery.FAILED, next_at=None, reason=reason, recipient=None)
        )
        return marked.rowcount == 1

    async def retry_at(self, letter_id: UUID, at: datetime, reason: str) -> None:
        """It surely did not go out: try again at a moment."""
        await self._mark(letter_id, state=Delivery.WAITING, next_at=at, reason=reason)

    async def put_back(self, letter_id: UUID, at: datetime, reason: str) -> None:
        """It was not even tried, as the other side was away: that does not count as a try."""
        values = {"state": Delivery.WAITING, "next_at": at, "reason": reason, "tries": outbox.c.tries - 1}
        await self._mark(letter_id, **values)

    async def doubt(self, letter_id: UUID, now: datetime, reason: str) -> None:
        """It was handed over and not answered for: nobody knows whether it went out."""
        await self._mark(letter_id, **_doubted(now), reason=reason)

    async def put_in_doubt(self, channel: Channel, now: datetime, older_than: timedelta) -> int:
        """Doubt what was claimed for a channel longer ago than that; return how many."""
        doubted = await self._connection.execute(
            update(outbox)
            .where(
                outbox.c.channel == channel,
                outbox.c.state == Delivery.CLAIMED,
                outbox.c.claimed_at <= now - older_than,
            )
            .values(**_doubted(now))
        )
        return doubted.rowcount

    async def unserved(self, channel: Channel, now: datetime, *, limit: int) -> list[OutgoingLetter]:
        """Return what waits for a channel and should have left by now, the oldest first."""
        query = (
            select(outbox)
            .where(
                outbox.c.channel == channel,
                outbox.c.state == Delivery.WAITING,
                outbox.c.next_at <= now,
                func.coalesce(outbox.c.leave_by, outbox.c.put_at) <= now,
            )
            .order_by(outbox.c.next_at, outbox.c.id)
            .limit(limit)
        )
        return [outgoing_of(row) for row in await self._connection.execute(query)]

    async def in_doubt(self) -> list[OutgoingLetter]:
        """Return those that wait for a person, and those to be tried once more."""
        query = select(outbox).where(outbox.c.state == Delivery.IN_DOUBT)
        rows = await self._connection.execute(query.order_by(outbox.c.put_at, outbox.c.id))
        return [outgoing_of(row) for row in rows]

    async def counts(self) -> Mapping[str, int]:
        """Return how many stand in which state."""
        query = select(outbox.c.state, func.count().label("letters")).group_by(outbox.c.state)
        return {row.state: row.letters for row in await self._connection.execute(query)}

    async def _mark(self, letter_id: UUID, **values: object) -> None:
        await self._connection.execute(update(outbox).where(outbox.c.id == letter_id).values(**values))


def _doubted(now: datetime) -> dict[str, Any]:
    """Return what becomes of a doubted letter: the first is tried once more, and never a second."""
    again = case((outbox.c.doubts == 0, now + DOUBT_LASTS), else_=None)
    return {"state": Delivery.IN_DOUBT, "doubts": outbox.c.doubts + 1, "next_at": again}


def _urgency(outgoing: OutgoingLetter) -> tuple[datetime, datetime]:
    return outgoing.letter.leave_by or outgoing.put_at, outgoing.put_at
