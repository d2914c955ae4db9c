"""Hand in a document, show it to the other side, or take it back."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from signalling.assurance import Level
from signalling.documents.document import (
    MOST_DOCUMENTS,
    SEEN,
    Document,
    State,
    clean_name,
    require_pages,
)
from signalling.documents.errors import DocumentNotFound, TooManyDocuments
from signalling.documents.ports import DocumentUnit
from signalling.participant import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What somebody lays on the table: opened by the converter, its first page drawn and kept under `id`."""

    id: UUID
    appointment_id: UUID
    by: Role
    name: str
    pages: int
    size_bytes: int


async def require_room(unit: DocumentUnit, appointment_id: UUID) -> None:
    """Raise TooManyDocuments when the appointment has as many as it may; asked before any work is done."""
    documents = await unit.documents.of_appointment(appointment_id)
    if sum(document.state in SEEN for document in documents) >= MOST_DOCUMENTS:
        raise TooManyDocuments(MOST_DOCUMENTS)


async def hand_in(unit: DocumentUnit, paper: Paper, *, now: datetime) -> Document:
    """Lay a document on one's own side of the table. Raises TooManyPages and TooManyDocuments."""
    require_pages(paper.pages)
    await require_room(unit, paper.appointment_id)
    document = Document(
        id=paper.id,
        appointment_id=paper.appointment_id,
        by=paper.by,
        name=clean_name(paper.name),
        pages=paper.pages,
        size_bytes=paper.size_bytes,
        handed_in_at=now,
        state=State.READY if paper.pages == 1 else State.CONVERTING,
    )
    await unit.documents.add(document)
    return document


async def show(
    unit: DocumentUnit,
    document_id: UUID,
    role: Role,
    *,
    appointment_id: UUID,
    lock: Level | None = None,
    now: datetime,
) -> Document:
    """Let both sides see it from now on; showing again keeps the first moment.

    An adviser may lock it to a level, or open it again, each time; the customer's own is never locked.

    To be called when it is laid on the table in the meeting, which only those do who were admitted.
    Raises DocumentNotFound unless the asker may see it themselves.
    """
    document = await unit.documents.locked(document_id)
    if document.appointment_id != appointment_id or not document.is_seen_by(role, has_come_in=True):
        raise DocumentNotFound
    if lock is None or not role is document.by is Role.ADVISER:
        lock = document.lock
    shown = replace(document, shown_at=document.shown_at or now, lock=lock)
    if shown == document:
        return document
    await unit.documents.change(shown)
    return shown


async def withdraw(unit: DocumentUnit, document_id: UUID, role: Role, *, appointment_id: UUID) -> Document:
    """Take back what one handed in; withdrawing again changes nothing.

    Raises DocumentNotFound for a document of the other side: only who gave it takes it back.
    """
    document = await unit.documents.locked(document_id)
    if document.appointment_id != appointment_id or document.by is not role:
        raise DocumentNotFound
    withdrawn = replace(document, state=State.WITHDRAWN)
    await unit.documents.change(withdrawn)
    return withdrawn


async def finish(unit: DocumentUnit, document_id: UUID, state: State) -> None:
    """Say how drawing the pages ended; a document withdrawn meanwhile stays withdrawn."""
    document = await unit.documents.locked(document_id)
    if document.state is State.CONVERTING:
        await unit.documents.change(replace(document, state=state))
