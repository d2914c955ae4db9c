"""Documents of appointments; their files lie beside the database."""

from typing import Any
from uuid import UUID

from sqlalchemy import Column, Integer, Row, Select, Table, Text, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from server.database.columns import Utc, appointment_column, id_column
from server.database.metadata import METADATA
from signalling.assurance import Level
from signalling.documents.document import Document, State
from signalling.documents.errors import DocumentNotFound
from signalling.participant import Role

documents = Table(
    "documents",
    METADATA,
    id_column(),
    appointment_column(is_indexed=True),
    Column("by", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("handed_in_at", Utc, nullable=False),
    Column("state", Text, nullable=False),
    Column("shown_at", Utc),
    Column("lock", Text, nullable=False),
)


class SqlDocuments:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, document: Document) -> None:
        await self._connection.execute(
            insert(documents).values(
                id=document.id,
                appointment_id=document.appointment_id,
                by=document.by,
                name=document.name,
                pages=document.pages,
                size_bytes=document.size_bytes,
                handed_in_at=document.handed_in_at,
                state=document.state,
                shown_at=document.shown_at,
                lock=document.lock,
            )
        )

    async def get(self, document_id: UUID) -> Document:
        return await self._one(select(documents).where(documents.c.id == document_id))

    async def locked(self, document_id: UUID) -> Document:
        query = select(documents).where(documents.c.id == document_id)
        return await self._one(query.with_for_update(key_share=True))

    async def change(self, document: Document) -> None:
        await self._connection.execute(
            update(documents)
            .where(documents.c.id == document.id)
            .values(state=document.state, shown_at=document.shown_at, lock=document.lock)
        )

    async def of_appointment(self, appointment_id: UUID) -> list[Document]:
        query = select(documents).where(documents.c.appointment_id == appointment_id)
        rows = await self._connection.execute(query.order_by(documents.c.handed_in_at, documents.c.id))
        return [_document(row) for row in rows]

    async def _one(self, query: Select[Any]) -> Document:
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            raise DocumentNotFound
        return _document(row)


def _document(row: Row[Any]) -> Document:
    values = dict(row._mapping)
    return Document(**values | {"by": Role(row.by), "state": State(row.state), "lock": Level(row.lock)})
