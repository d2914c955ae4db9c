"""Text messages that came in, and the numbers that want none."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Integer, Row, Table, Text, Uuid, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.errors import NotFound
from booking.message import Meaning, Message
from server.database.appointments_table import appointments
from server.database.columns import Utc, id_column
from server.database.insert import insert_into
from server.database.metadata import METADATA

messages = Table(
    "messages",
    METADATA,
    id_column(),
    Column("key", Text, nullable=False, unique=True),
    Column("at", Utc, nullable=False, index=True),
    Column("meaning", Text, nullable=False),
    Column("appointment_id", Uuid, ForeignKey("appointments.id", ondelete="CASCADE"), index=True),
    Column("sequence", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("read_at", Utc),
)

stopped_numbers = Table(
    "stopped_numbers",
    METADATA,
    Column("phone_key", Text, primary_key=True),
    Column("since", Utc, nullable=False),
)


class SqlMessages:
    """Fulfils booking's Messages."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, message: Message) -> bool:
        once = insert_into(self._connection, messages).values(_values(message))
        added = await self._connection.execute(once.on_conflict_do_nothing(index_elements=["key"]))
        return added.rowcount == 1

    async def set_meaning(self, message: Message) -> None:
        values = _values(message)
        await self._connection.execute(update(messages).where(messages.c.id == message.id).values(values))

    async def of(self, appointment_id: UUID) -> list[Message]:
        query = select(messages).where(messages.c.appointment_id == appointment_id)
        rows = await self._connection.execute(query.order_by(messages.c.at, messages.c.id))
        return [_message(row) for row in rows]

    async def unread(self, adviser_ids: Collection[UUID]) -> list[Message]:
        query = (
            select(messages)
            .join(appointments, appointments.c.id == messages.c.appointment_id)
            .where(
                messages.c.meaning == Meaning.FOR_STAFF,
                messages.c.read_at.is_(None),
                appointments.c.adviser_id.in_(list(adviser_ids)),
            )
        )
        rows = await self._connection.execute(query.order_by(messages.c.at, messages.c.id))
        return [_message(row) for row in rows]

    async def count_of_nobody(self, since: datetime) -> int:
        is_nobodys = (messages.c.meaning == Meaning.NOBODYS, messages.c.at >= since)
        query = select(func.count()).select_from(messages).where(*is_nobodys)
        return (await self._connection.execute(query)).scalar_one()

    async def get(self, message_id: UUID) -> Message:
        row = (await self._connection.execute(select(messages).where(messages.c.id == message_id))).first()
        if row is None:
            raise NotFound(message_id)
        return _message(row)

    async def mark_read(self, message_id: UUID, *, at: datetime) -> None:
        unread = (messages.c.id == message_id, messages.c.read_at.is_(None))
        await self._connection.execute(update(messages).where(*unread).values(read_at=at))


class SqlStoppedNumbers:
    """Fulfils booking's StoppedNumbers."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, phone_key: str, *, since: datetime) -> None:
        once = insert_into(self._connection, stopped_numbers).values(phone_key=phone_key, since=since)
        await self._connection.execute(once.on_conflict_do_nothing(index_elements=["phone_key"]))

    async def remove(self, phone_key: str) -> None:
        is_it = stopped_numbers.c.phone_key == phone_key
        await self._connection.execute(delete(stopped_numbers).where(is_it))

    async def among(self, phone_keys: Collection[str]) -> frozenset[str]:
        query = select(stopped_numbers.c.phone_key).where(stopped_numbers.c.phone_key.in_(list(phone_keys)))
        return frozenset((await self._connection.execute(query)).scalars())

    async def all(self) -> frozenset[str]:
        query = select(stopped_numbers.c.phone_key)
        return frozenset((await self._connection.execute(query)).scalars())


def _values(message: Message) -> dict[str, Any]:
    return {
        "id": message.id,
        "key": message.key,
        "at": message.at,
        "meaning": message.meaning,
        "appointment_id": message.appointment_id,
        "sequence": message.sequence,
        "text": message.text,
        "read_at": message.read_at,
    }


def _message(row: Row[Any]) -> Message:
    return Message(
        id=row.id,
        key=row.key,
        at=row.at,
        meaning=Meaning(row.meaning),
        appointment_id=row.appointment_id,
        sequence=row.sequence,
        text=row.text,
        read_at=row.read_at,
    )
