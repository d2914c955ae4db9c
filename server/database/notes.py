"""The team's private notes, sealed."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, Table, Uuid, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.note import Note
from server.database.columns import Utc, appointment_column
from server.database.insert import insert_into
from server.database.metadata import METADATA
from server.sealing import Sealer

notes = Table(
    "notes",
    METADATA,
    appointment_column(is_key=True),
    Column("sealed_text", LargeBinary),
    Column("revision", Integer, nullable=False),
    Column("at", Utc, nullable=False),
    Column("by", Uuid, ForeignKey("staff.id"), nullable=False),
)


class SqlNotes:
    """An empty text is kept as none, so that which appointments have a note needs no key."""

    def __init__(self, connection: AsyncConnection, sealer: Sealer) -> None:
        self._connection = connection
        self._sealer = sealer

    async def of(self, appointment_id: UUID) -> Note | None:
        query = select(notes).where(notes.c.appointment_id == appointment_id)
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            return None
        sealed, purpose = row.sealed_text, _purpose(appointment_id)
        text = self._sealer.open(sealed, purpose=purpose).decode() if sealed else ""
        return Note(appointment_id=appointment_id, text=text, revision=row.revision, at=row.at, by=row.by)

    async def among(self, appointment_ids: Collection[UUID]) -> set[UUID]:
        has_words = notes.c.sealed_text.is_not(None)
        query = select(notes.c.appointment_id).where(notes.c.appointment_id.in_(appointment_ids), has_words)
        return set((await self._connection.execute(query)).scalars())

    async def keep(self, note: Note) -> bool:
        purpose = _purpose(note.appointment_id)
        sealed = self._sealer.seal(note.text.encode(), purpose=purpose) if note.text else None
        values = {"sealed_text": sealed, "revision": note.revision, "at": note.at, "by": note.by}
        if note.revision == 1:
            row = insert_into(self._connection, notes).values(appointment_id=note.appointment_id, **values)
            kept = await self._connection.execute(row.on_conflict_do_nothing())
        else:
            before = (notes.c.appointment_id == note.appointment_id, notes.c.revision == note.revision - 1)
            kept = await self._connection.execute(update(notes).where(*before).values(**values))
        return kept.rowcount == 1


def _purpose(appointment_id: UUID) -> str:
    return f"note {appointment_id}"
