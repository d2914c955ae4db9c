"""Who is told of which kinds of facts; addresses and secrets are sealed, since both let somebody in."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    ForeignKey,
    LargeBinary,
    Row,
    Select,
    Table,
    Text,
    Uuid,
    delete,
    insert,
    or_,
    select,
)
from sqlalchemy import update as change
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.errors import NotFound
from booking.fact import FactKind
from booking.subscriber import BOTH_SIGN_FOR, Format, State, Stopped, Subscriber
from server.database.columns import Utc, id_column
from server.database.metadata import METADATA
from server.sealing import Sealer

subscribers = Table(
    "subscribers",
    METADATA,
    id_column(),
    Column("name", Text, nullable=False),
    Column("sealed_address", LargeBinary, nullable=False),
    Column("format", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("stopped", Text),
    Column("failing_since", Utc),
    Column("made_at", Utc, nullable=False),
    Column("sealed_secret", LargeBinary, nullable=False),
    Column("secret_made_at", Utc, nullable=False),
    Column("sealed_old_secret", LargeBinary),
    Column("waits_until", Utc),
)
subscriptions = Table(
    "subscriptions",
    METADATA,
    Column("kind", Text, primary_key=True),
    Column("subscriber_id", Uuid, ForeignKey("subscribers.id", ondelete="CASCADE"), primary_key=True),
)


class SqlSubscribers:
    """Fulfils booking's Subscribers."""

    def __init__(self, connection: AsyncConnection, sealer: Sealer) -> None:
        self._connection = connection
        self._sealer = sealer

    async def all(self) -> Sequence[Subscriber]:
        return await self._read(select(subscribers).order_by(subscribers.c.name, subscribers.c.id))

    async def get(self, subscriber_id: UUID) -> Subscriber:
        return await self._one(select(subscribers).where(subscribers.c.id == subscriber_id))

    async def locked(self, subscriber_id: UUID) -> Subscriber:
        query = select(subscribers).where(subscribers.c.id == subscriber_id)
        return await self._one(query.with_for_update(key_share=True))

    async def add(self, subscriber: Subscriber, secret: str) -> None:
        await self._connection.execute(
            insert(subscribers).values(
                id=subscriber.id,
                state=subscriber.state,
                made_at=subscriber.made_at,
                secret_made_at=subscriber.secret_made_at,
                sealed_secret=self._seal(subscriber.id, "secret", secret),
                **self._values(subscriber),
            )
        )
        await self._subscribe(subscriber)

    async def change(self, subscriber: Subscriber) -> None:
        await self._update(subscriber.id, **self._values(subscriber))
        await self._connection.execute(
            delete(subscriptions).where(subscriptions.c.subscriber_id == subscriber.id)
        )
        await self._subscribe(subscriber)

    async def put_in_state(self, subscriber_id: UUID, state: State, why: Stopped | None = None) -> None:
        await self._update(subscriber_id, state=state, stopped=why, failing_since=None, waits_until=None)

    async def replace_secret(self, subscriber_id: UUID, secret: str, *, at: datetime) -> None:
        await self._update(
            subscriber_id,
            sealed_old_secret=subscribers.c.sealed_secret,
            sealed_secret=self._seal(subscriber_id, "secret", secret),
            secret_made_at=at,
        )

    async def secrets(self, subscriber_id: UUID, *, now: datetime) -> Sequence[str]:
        columns = (
            subscribers.c.sealed_secret,
            subscribers.c.sealed_old_secret,
            subscribers.c.secret_made_at,
        )
        query = select(*columns).where(subscribers.c.id == subscriber_id)
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            raise NotFound(subscriber_id)
        sealed = [row.sealed_secret]
        if row.sealed_old_secret and now < row.secret_made_at + BOTH_SIGN_FOR:
            sealed.append(row.sealed_old_secret)
        return [self._open(subscriber_id, "secret", one) for one in sealed]

    async def remove(self, subscriber_id: UUID) -> None:
        await self._connection.execute(delete(subscribers).where(subscribers.c.id == subscriber_id))

    async def failed(self, subscriber_id: UUID, *, at: datetime) -> None:
        await self._connection.execute(
            change(subscribers)
            .where(subscribers.c.id == subscriber_id, subscribers.c.failing_since.is_(None))
            .values(failing_since=at)
        )

    async def answered(self, subscriber_id: UUID) -> None:
        await self._connection.execute(
            change(subscribers)
            .where(subscribers.c.id == subscriber_id, subscribers.c.failing_since.is_not(None))
            .values(failing_since=None)
        )

    async def wait(self, subscriber_id: UUID, *, until: datetime) -> None:
        is_sooner = or_(subscribers.c.waits_until.is_(None), subscribers.c.waits_until < until)
        await self._connection.execute(
            change(subscribers).where(subscribers.c.id == subscriber_id, is_sooner).values(waits_until=until)
        )

    async def _subscribe(self, subscriber: Subscriber) -> None:
        rows = [{"kind": kind, "subscriber_id": subscriber.id} for kind in sorted(subscriber.kinds)]
        if rows:
            await self._connection.execute(insert(subscriptions), rows)

    async def _one(self, query: Select[Any]) -> Subscriber:
        found = await self._read(query)
        if not found:
            raise NotFound
        return found[0]

    async def _read(self, query: Select[Any]) -> list[Subscriber]:
        rows = list(await self._connection.execute(query))
        asked = select(subscriptions).where(subscriptions.c.subscriber_id.in_([row.id for row in rows]))
        kinds: dict[UUID, set[FactKind]] = defaultdict(set)
        for row in await self._connection.execute(asked):
            kinds[row.subscriber_id].add(FactKind(row.kind))
        return [self._subscriber(row, frozenset(kinds[row.id])) for row in rows]

    async def _update(self, subscriber_id: UUID, **values: object) -> None:
        await self._connection.execute(
            change(subscribers).where(subscribers.c.id == subscriber_id).values(**values)
        )

    def _values(self, subscriber: Subscriber) -> dict[str, object]:
        return {
            "name": subscriber.name,
            "sealed_address": self._seal(subscriber.id, "address", subscriber.address),
            "format": subscriber.format,
            "language": subscriber.language,
        }

    def _subscriber(self, row: Row[Any], kinds: frozenset[FactKind]) -> Subscriber:
        return Subscriber(
            id=row.id,
            name=row.name,
            address=self._open(row.id, "address", row.sealed_address),
            kinds=kinds,
            made_at=row.made_at,
            secret_made_at=row.secret_made_at,
            format=Format(row.format),
            language=row.language,
            state=State(row.state),
            stopped=Stopped(row.stopped) if row.stopped else None,
            failing_since=row.failing_since,
            waits_until=row.waits_until,
        )

    def _seal(self, subscriber_id: UUID, what: str, text: str) -> bytes:
        return self._sealer.seal(text.encode(), purpose=f"subscriber {subscriber_id} {what}")

    def _open(self, subscriber_id: UUID, what: str, sealed: bytes) -> str:
        return self._sealer.open(sealed, purpose=f"subscriber {subscriber_id} {what}").decode()
