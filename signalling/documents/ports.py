"""What documents need from above: a store, a place for files, and a converter."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from signalling.documents.document import Document


class Documents(Protocol):
    async def add(self, document: Document) -> None: ...

    async def get(self, document_id: UUID) -> Document:
        """Raise DocumentNotFound when there is none."""
        ...

    async def locked(self, document_id: UUID) -> Document:
        """Return it, and keep everybody else from changing it until the unit ends.

        Raises DocumentNotFound.
        """
        ...

    async def change(self, document: Document) -> None:
        """Keep `state`, `shown_at` and `lock` anew; nothing else of a document ever changes."""
        ...

    async def of_appointment(self, appointment_id: UUID) -> Sequence[Document]:
        """Return all of an appointment's, withdrawn ones too, the earliest handed in first."""
        ...


class DocumentUnit(Protocol):
    """The part of a unit of work that documents use."""

    @property
    def documents(self) -> Documents: ...


class Blobs(Protocol):
    """Files that belong to a document, kept by its id and a short name."""

    async def put(self, document_id: UUID, name: str, content: bytes) -> None:
        """Keep it on disk before returning; nobody ever reads half of it."""
        ...

    async def get(self, document_id: UUID, name: str) -> bytes | None: ...

    async def remove(self, document_id: UUID, name: str) -> None:
        """Remove one file, if it is there."""
        ...

    async def remove_all(self, document_id: UUID) -> None: ...


@dataclass(frozen=True, slots=True)
class Opened:
    """A document as the converter found it."""

    pages: int
    first_page: bytes


class Converter(Protocol):
    """Makes pictures (WebP) of pages, away from everything that a hostile file could reach."""

    async def open(self, original: bytes) -> Opened:
        """Count the pages and draw the first.

        Raises NotADocument, Encrypted, TooManyPages or ConversionFailed.
        """
        ...

    def draw(self, original: bytes, first: int, last: int) -> AsyncGenerator[tuple[int, bytes], None]:
        """Draw pages from `first` to `last` in order, each as soon as it is made. Raises ConversionFailed."""
        ...
