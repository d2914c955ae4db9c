"""The team's notes, in memory."""

from collections.abc import Collection
from uuid import UUID

from booking.note import Note


class MemoryNotes:
    def __init__(self, notes: dict[UUID, Note]) -> None:
        self._notes = notes

    async def of(self, appointment_id: UUID) -> Note | None:
        return self._notes.get(appointment_id)

    async def among(self, appointment_ids: Collection[UUID]) -> set[UUID]:
        return {one for one in appointment_ids if one in self._notes and self._notes[one].text}

    async def keep(self, note: Note) -> bool:
        before = self._notes.get(note.appointment_id)
        if (before.revision if before else 0) != note.revision - 1:
            return False
        self._notes[note.appointment_id] = note
        return True
