"""Which process sends by a channel: a lease that one holds, and another takes over when it falls silent."""

from datetime import datetime, timedelta

from sqlalchemy import Column, Table, Text, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.letter import Channel
from server.database.columns import Utc
from server.database.insert import insert_into
from server.database.metadata import METADATA

LEASE = timedelta(seconds=60)
"""So long a sender may be silent; sending one letter takes less (`server/notify/channel.py`)."""

FRESH = timedelta(seconds=40)
"""With so much of it left it need not be renewed: looking costs no write."""

senders = Table(
    "senders",
    METADATA,
    Column("channel", Text, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("until", Utc, nullable=False),
)


class SqlSenders:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def hold(self, channel: Channel, holder: str, *, now: datetime) -> bool:
        """Take or renew the lease; return whether it is the holder's.

        It is free when nobody holds it, when it has run out, and when it ends further ahead than a lease
        can: then somebody's clock was turned back.
        """
        found = await self._connection.execute(select(senders).where(senders.c.channel == channel))
        row = found.first()
        left = row.until - now if row else timedelta(0)
        if row and timedelta(0) < left <= LEASE and (row.holder != holder or left > FRESH):
            return bool(row.holder == holder)
        return await self._take(channel, holder, now)

    async def _take(self, channel: Channel, holder: str, now: datetime) -> bool:
        """Write it down, unless somebody was quicker."""
        row = insert_into(self._connection, senders).values(channel=channel, holder=holder, until=now + LEASE)
        ours_or_free = or_(senders.c.holder == holder, senders.c.until <= now, senders.c.until > now + LEASE)
        held = await self._connection.execute(
            row.on_conflict_do_update(
                index_elements=["channel"],
                set_={"holder": row.excluded.holder, "until": row.excluded.until},
                where=ours_or_free,
            ).returning(senders.c.holder)
        )
        return held.first() is not None

    async def leave(self, channel: Channel, holder: str) -> None:
        """Give the lease back, so that the next need not wait for it to run out."""
        await self._connection.execute(
            delete(senders).where(senders.c.channel == channel, senders.c.holder == holder)
        )
