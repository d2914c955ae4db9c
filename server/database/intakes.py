"""What customers answered when booking, and the terms as they were shown."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import Column, Table, Text, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.question import Answer
from server.database.columns import JSON_VALUE, appointment_column
from server.database.metadata import METADATA

intakes = Table(
    "intakes",
    METADATA,
    appointment_column(is_key=True),
    Column("answers", JSON_VALUE, nullable=False),
    Column("terms", Text, nullable=False),
    Column("language", Text, nullable=False),
)


class SqlIntakes:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(
        self, appointment_id: UUID, answers: Sequence[Answer], *, terms: str, language: str
    ) -> None:
        await self._connection.execute(
            insert(intakes).values(
                appointment_id=appointment_id,
                answers=[[one.key, one.label, one.value] for one in answers],
                terms=terms,
                language=language,
            )
        )

    async def answers(self, appointment_id: UUID) -> list[Answer]:
        query = select(intakes.c.answers).where(intakes.c.appointment_id == appointment_id)
        kept = (await self._connection.execute(query)).scalar_one_or_none()
        return [Answer(key, label, value) for key, label, value in kept or ()]

    async def answers_of_many(self, appointment_ids: Collection[UUID]) -> dict[UUID, list[Answer]]:
        query = select(intakes).where(intakes.c.appointment_id.in_(appointment_ids))
        return {
            row.appointment_id: [Answer(key, label, value) for key, label, value in row.answers]
            for row in await self._connection.execute(query)
            if row.answers
        }

    async def terms(self, appointment_id: UUID) -> str:
        query = select(intakes.c.terms).where(intakes.c.appointment_id == appointment_id)
        return (await self._connection.execute(query)).scalar_one_or_none() or ""
