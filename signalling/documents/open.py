"""Look at what lies on the table."""

from collections.abc import Sequence
from uuid import UUID

from signalling.assurance import Level
from signalling.documents.document import Document
from signalling.documents.errors import DocumentNotFound
from signalling.documents.ports import DocumentUnit
from signalling.participant import Role


async def on_the_table(
    unit: DocumentUnit,
    appointment_id: UUID,
    role: Role,
    *,
    has_come_in: bool,
    level: Level = Level.NONE,
) -> Sequence[Document]:
    """Return what a side may see of an appointment's documents, the earliest first."""
    documents = await unit.documents.of_appointment(appointment_id)
    return tuple(
        document for document in documents if document.is_seen_by(role, has_come_in=has_come_in, level=level)
    )


async def open_page(
    unit: DocumentUnit,
    document_id: UUID,
    number: int,
    role: Role,
    *,
    appointment_id: UUID,
    has_come_in: bool,
    level: Level = Level.NONE,
) -> Document:
    """Return the document of a page that a side may look at.

    Raises DocumentNotFound for another appointment's document, one that the
    side may not see, and a page that it does not have: all look the same.
    """
    document = await unit.documents.get(document_id)
    is_theirs = document.appointment_id == appointment_id
    may_see = is_theirs and document.is_seen_by(role, has_come_in=has_come_in, level=level)
    if not may_see or not document.has_page(number):
        raise DocumentNotFound
    return document
