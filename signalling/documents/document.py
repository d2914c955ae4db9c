"""A document of an appointment, and who may see it."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from signalling.assurance import Level
from signalling.documents.errors import NotADocument, TooLarge, TooManyPages
from signalling.participant import Role

MOST_BYTES = 20 * 1024 * 1024
MOST_PAGES = 50
MOST_DOCUMENTS = 20
LONGEST_NAME = 80

ORIGINAL = "original"
"""The blob that a document came as; it is gone as soon as all pages are drawn."""

_SIGNATURES = (b"%PDF-", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


class State(StrEnum):
    CONVERTING = "converting"
    READY = "ready"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


SEEN = frozenset({State.CONVERTING, State.READY})
"""The states in which pages can be looked at; while converting, the first page always stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What was handed in; its pages are pictures kept beside the database under its id."""

    id: UUID
    appointment_id: UUID
    by: Role
    name: str
    pages: int
    size_bytes: int
    handed_in_at: datetime
    state: State
    shown_at: datetime | None = None
    lock: Level = Level.NONE

    def is_seen_by(self, role: Role, *, has_come_in: bool, level: Level = Level.NONE) -> bool:
        """Tell whether one side may look at it.

        The adviser sees all. The customer sees what they handed in; of the
        adviser's only what was shown, since preparations are the adviser's own,
        and that only after coming in by the door, since a link can be forwarded;
        what is locked, only as surely identified as its lock asks for. A guest
        sees what was shown, of either; whether it lies there now, the meeting knows.
        """
        if self.state not in SEEN:
            return False
        if role is Role.ADVISER or role is self.by is Role.CUSTOMER:
            return True
        return has_come_in and self.shown_at is not None and level.reaches(self.lock)

    def has_page(self, number: int) -> bool:
        return 1 <= number <= self.pages


def page_blob(number: int) -> str:
    """Return the name of the blob that holds a page's picture."""
    return f"page-{number}"


def require_document(content: bytes) -> None:
    """Raise TooLarge, or NotADocument when the first bytes are of no kind that we open.

    Neither the name nor the browser's media type is asked: both are the sender's to choose.
    """
    if len(content) > MOST_BYTES:
        raise TooLarge(MOST_BYTES)
    if not content.startswith(_SIGNATURES):
        raise NotADocument


def require_pages(pages: int) -> None:
    if pages > MOST_PAGES:
        raise TooManyPages(MOST_PAGES)
    if pages < 1:
        raise NotADocument


def clean_name(name: str) -> str:
    """Return a name that is safe to show: no folders, no invisible or reordering characters, not long.

    The end is kept when it is shortened, since that is where ".pdf" stands.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    visible = "".join(c if unicodedata.category(c)[0] not in "CZ" else " " for c in last if _is_shown(c))
    plain = " ".join(visible.split()) or "document"
    if len(plain) <= LONGEST_NAME:
        return plain
    return f"{plain[: LONGEST_NAME - 9]}…{plain[-8:]}"


def _is_shown(character: str) -> bool:
    return unicodedata.category(character) not in {"Cf", "Cs", "Co", "Cn"}
