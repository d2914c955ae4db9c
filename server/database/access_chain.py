"""The chain of the access log: each look gets a place and a hash over the one before.

Looks are written unchained, so that pages never wait for each other. Seconds later one unit at a time,
which holds the head, chains them in the order of their numbers.
"""

from collections.abc import AsyncIterator

from sqlalchemy import bindparam, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from identity.look import START, Kept, link
from identity.look_chain import NONE_YET, Head
from server.database.access_log import kept_of
from server.database.access_log_table import HEAD_ID, access_log, access_log_head
from server.database.insert import insert_into
from server.sealing import Sealer

AT_ONCE = 1000


class SqlAccessChain:
    def __init__(self, connection: AsyncConnection, sealer: Sealer) -> None:
        self._connection = connection
        self._sealer = sealer

    async def is_behind(self) -> bool:
        """Tell whether looks wait for their places."""
        waits = select(exists().where(access_log.c.place.is_(None)))
        return bool((await self._connection.execute(waits)).scalar_one())

    async def waiting(self) -> int:
        query = select(func.count()).select_from(access_log).where(access_log.c.place.is_(None))
        return int((await self._connection.execute(query)).scalar_one())

    async def go_on(self, most: int = AT_ONCE) -> Head:
        """Chain so many looks at most, and return the head that they have come to."""
        head = await self._held()
        query = select(access_log).where(access_log.c.place.is_(None))
        rows = await self._connection.execute(query.order_by(access_log.c.number).limit(most))
        place, last, links = head.place, head.hash, []
        for kept in [kept_of(row) for row in rows]:
            place += 1
            last = link(last, place, kept.look)
            links.append({"its_number": kept.number, "its_place": place, "its_hash": last})
        if links:
            await self._connection.execute(_CHAINED, links)
            await self._keep(Head(place, last))
        return Head(place, last)

    async def head(self) -> Head:
        row = (await self._connection.execute(select(access_log_head))).one_or_none()
        if row is None:
            return NONE_YET
        head = Head(row.place, row.hash)
        return Head(row.place, row.hash, is_ours=self._sealer.vouches(str(head).encode(), row.seal))

    async def links(self) -> AsyncIterator[Kept]:
        """Yield every chained look by its place."""
        after = 0
        while True:
            query = select(access_log).where(access_log.c.place > after).order_by(access_log.c.place)
            rows = [kept_of(row) for row in await self._connection.execute(query.limit(AT_ONCE))]
            for kept in rows:
                yield kept
            if not rows or rows[-1].place is None:
                return
            after = rows[-1].place

    async def _held(self) -> Head:
        """Hold the head, so that nobody else chains until this unit ends."""
        first = insert_into(self._connection, access_log_head).values(
            id=HEAD_ID, place=0, hash=START, seal=self._seal(NONE_YET)
        )
        await self._connection.execute(first.on_conflict_do_nothing(index_elements=["id"]))
        row = (await self._connection.execute(select(access_log_head).with_for_update())).one()
        return Head(row.place, row.hash)

    async def _keep(self, head: Head) -> None:
        anew = {"place": head.place, "hash": head.hash, "seal": self._seal(head)}
        await self._connection.execute(update(access_log_head).values(anew))

    def _seal(self, head: Head) -> bytes:
        return self._sealer.vouch(str(head).encode())


_CHAINED = (
    update(access_log)
    .where(access_log.c.number == bindparam("its_number"))
    .values(place=bindparam("its_place"), hash=bindparam("its_hash"))
)
