"""Documents and meetings under way, in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from signalling.documents.document import Document
from signalling.documents.errors import DocumentNotFound
from tests.memory.state import State


class MemoryDocuments:
    def __init__(self, state: State) -> None:
        self._state = state

    async def add(self, document: Document) -> None:
        self._state.documents[document.id] = document

    async def get(self, document_id: UUID) -> Document:
        if document_id not in self._state.documents:
            raise DocumentNotFound
        return self._state.documents[document_id]

    async def locked(self, document_id: UUID) -> Document:
        return await self.get(document_id)

    async def change(self, document: Document) -> None:
        kept = self._state.documents[document.id]
        changed = replace(kept, state=document.state, shown_at=document.shown_at, lock=document.lock)
        self._state.documents[document.id] = changed

    async def of_appointment(self, appointment_id: UUID) -> Sequence[Document]:
        found = (one for one in self._state.documents.values() if one.appointment_id == appointment_id)
        return sorted(found, key=lambda one: (one.handed_in_at, str(one.id)))


class MemoryMeetingStates:
    def __init__(self, state: State) -> None:
        self._state = state

    async def load(self, appointment_id: UUID) -> Mapping[str, object] | None:
        return self._state.meetings.get(appointment_id)

    async def save(self, appointment_id: UUID, state: Mapping[str, object]) -> None:
        self._state.meetings[appointment_id] = dict(state)

    async def remove(self, appointment_id: UUID) -> None:
        if appointment_id in self._state.meetings:
            del self._state.meetings[appointment_id]
