"""Documents in memory, for tests of the verbs."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from signalling.documents.document import Document
from signalling.documents.errors import DocumentNotFound


@dataclass
class MemoryDocuments:
    kept: dict[UUID, Document] = field(default_factory=dict)

    async def add(self, document: Document) -> None:
        self.kept[document.id] = document

    async def get(self, document_id: UUID) -> Document:
        if document_id not in self.kept:
            raise DocumentNotFound
        return self.kept[document_id]

    async def locked(self, document_id: UUID) -> Document:
        return await self.get(document_id)

    async def change(self, document: Document) -> None:
        self.kept[document.id] = document

    async def of_appointment(self, appointment_id: UUID) -> Sequence[Document]:
        return [document for document in self.kept.values() if document.appointment_id == appointment_id]


@dataclass
class MemoryUnit:
    documents: MemoryDocuments = field(default_factory=MemoryDocuments)
