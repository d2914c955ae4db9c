"""Letters on their way: put by verbs, claimed by the worker, and in doubt when a worker died with one.

waiting ──claim──► claimed ──► sent | dropped | failed
   ▲                  │ ├──► waiting (retry_at: it surely did not go out)
   │                  │ └──► in_doubt, when the worker died: nobody knows whether it went out
   └──────────────────┘      in_doubt is claimed once more after five minutes, then waits for a person
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Column, Index, Integer, Row, Table, Text, Uuid, case, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.letter import Channel, LetterDue, LetterKind
from server.database.columns import Utc, appointment_column, id_column
from server.database.metadata import METADATA
from server.database.prepared import Prepared

DOUBT_LASTS = timedelta(minutes=5)


class Delivery(StrEnum):
    """Where a letter stands."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    SENT = "sent"
    DROPPED = "dropped"
    FAILED = "failed"
    IN_DOUBT = "in_doubt"


outbox = Table(
    "outbox",
    METADATA,
    id_column(),
    appointment_column(is_indexed=True),
    Column("kind", Text, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("put_at", Utc, nullable=False),
    Column("state", Text, nullable=False),
    Column("next_at", Utc),
    Column("tries", Integer, nullable=False),
    Column("doubts", Integer, nullable=False),
    Column("claimed_at", Utc),
    Column("claimed_by", Text),
    Column("sent_at", Utc),
    Column("reason", Text),
    Column("recipient", Text),
    Column("offer_id", Uuid),
    Column("channel", Text, nullable=False),
    Column("leave_by", Utc),
    Index("ix_outbox_channel_state_next_at", "channel", "state", "next_at"),
)

_PUT = Prepared(insert(outbox))


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingLetter:
    """One letter in the outbox; `id` is the same at every try, for the Message-ID and the gateway's key."""

    id: UUID
    letter: LetterDue
    put_at: datetime
    state: Delivery
    tries: int
    doubts: int
    reason: str | None = None


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
        return sorted((_outgoing(row) for row in claimed), key=_urgency)

    async def mark_sent(self, letter_id: UUID, *, at: datetime) -> None:
        await self._mark(
            letter_id, state=Delivery.SENT, sent_at=at, next_at=None, reason=None, recipient=None
        )

    async def mark_dropped(self, letter_id: UUID, reason: str) -> None:
        """It no longer holds: its appointment was cancelled or moved meanwhile."""
        await self._mark(letter_id, state=Delivery.DROPPED, next_at=None, reason=reason, recipient=None)

    async def mark_failed(self, letter_id: UUID, reason: str) -> None:
        """It did not go out, and trying again is of no use."""
        await self._mark(letter_id, state=Delivery.FAILED, next_at=None, reason=reason, recipient=None)

    async def retry_at(self, letter_id: UUID, at: datetime, reason: str) -> None:
        """It surely did not go out: try again at a moment."""
        await self._mark(letter_id, state=Delivery.WAITING, next_at=at, reason=reason)

    async def put_in_doubt(self, channel: Channel, now: datetime, older_than: timedelta) -> int:
        """Doubt what was claimed for a channel longer ago than that; return how many.

        The first doubt is tried once more, so that nobody gets more than two copies.
        """
        again = case((outbox.c.doubts == 0, now + DOUBT_LASTS), else_=None)
        doubted = await self._connection.execute(
            update(outbox)
            .where(
                outbox.c.channel == channel,
                outbox.c.state == Delivery.CLAIMED,
                outbox.c.claimed_at <= now - older_than,
            )
            .values(state=Delivery.IN_DOUBT, doubts=outbox.c.doubts + 1, next_at=again)
        )
        return doubted.rowcount

    async def in_doubt(self) -> list[OutgoingLetter]:
        """Return those that wait for a person, and those to be tried once more."""
        query = select(outbox).where(outbox.c.state == Delivery.IN_DOUBT)
        rows = await self._connection.execute(query.order_by(outbox.c.put_at, outbox.c.id))
        return [_outgoing(row) for row in rows]

    async def counts(self) -> Mapping[str, int]:
        """Return how many stand in which state."""
        query = select(outbox.c.state, func.count().label("letters")).group_by(outbox.c.state)
        return {row.state: row.letters for row in await self._connection.execute(query)}

    async def _mark(self, letter_id: UUID, **values: object) -> None:
        await self._connection.execute(update(outbox).where(outbox.c.id == letter_id).values(**values))


def _urgency(outgoing: OutgoingLetter) -> tuple[datetime, datetime]:
    return outgoing.letter.leave_by or outgoing.put_at, outgoing.put_at


def _outgoing(row: Row[Any]) -> OutgoingLetter:
    return OutgoingLetter(
        id=row.id,
        letter=LetterDue(
            appointment_id=row.appointment_id,
            kind=LetterKind(row.kind),
            sequence=row.sequence,
            to=row.recipient or "",
            offer_id=row.offer_id,
            channel=Channel(row.channel),
            leave_by=row.leave_by,
        ),
        put_at=row.put_at,
        state=Delivery(row.state),
        tries=row.tries,
        doubts=row.doubts,
        reason=row.reason,
    )
