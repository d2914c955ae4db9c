"""What each side wrote at the end, sealed."""

import json
from uuid import UUID

from sqlalchemy import Column, Integer, LargeBinary, Table, Text, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.afterword import Afterword, SummaryLine
from booking.fact import Actor
from server.database.columns import Utc, appointment_column
from server.database.insert import insert_into
from server.database.metadata import METADATA
from server.sealing import Sealer

afterwords = Table(
    "afterwords",
    METADATA,
    appointment_column(is_key=True),
    Column("side", Text, primary_key=True),
    Column("sealed_text", LargeBinary, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("at", Utc, nullable=False),
)


class SqlAfterwords:
    def __init__(self, connection: AsyncConnection, sealer: Sealer) -> None:
        self._connection = connection
        self._sealer = sealer

    async def of(self, appointment_id: UUID, side: Actor) -> Afterword | None:
        whose = (afterwords.c.appointment_id == appointment_id, afterwords.c.side == side.value)
        row = (await self._connection.execute(select(afterwords).where(*whose))).one_or_none()
        if row is None:
            return None
        said = json.loads(self._sealer.open(row.sealed_text, purpose=_purpose(appointment_id, side)))
        return Afterword(
            appointment_id=appointment_id,
            side=side,
            text=said["text"],
            lines=tuple(SummaryLine(line) for line in said["lines"]),
            revision=row.revision,
            at=row.at,
        )

    async def keep(self, afterword: Afterword) -> bool:
        whose, side = afterword.appointment_id, afterword.side
        said = json.dumps({"text": afterword.text, "lines": list(afterword.lines)}, ensure_ascii=False)
        values = {
            "sealed_text": self._sealer.seal(said.encode(), purpose=_purpose(whose, side)),
            "revision": afterword.revision,
            "at": afterword.at,
        }
        if afterword.revision == 1:
            row = insert_into(self._connection, afterwords).values(appointment_id=whose, side=side, **values)
            kept = await self._connection.execute(row.on_conflict_do_nothing())
        else:
            before = (
                afterwords.c.appointment_id == whose,
                afterwords.c.side == side.value,
                afterwords.c.revision == afterword.revision - 1,
            )
            kept = await self._connection.execute(update(afterwords).where(*before).values(**values))
        return kept.rowcount == 1


def _purpose(appointment_id: UUID, side: Actor) -> str:
    return f"afterword {side.value} {appointment_id}"
