"""What lies between the participants: what was written, and which page both look at."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from msgspec.structs import replace

from signalling.assurance import Level
from signalling.errors import NotOnTheTable
from signalling.message import DocumentLaid, PageTurned, TextSaid, wire
from signalling.participant import Participant
from signalling.request import Say

MOST_TEXTS = 200
MOST_BYTES = 128 * 1024
"""As many of the latest, and as much of them, are kept for those who come back: one frame has them all, and
a line is cut that has a quarter of a megabyte waiting."""


@dataclass(slots=True)
class Table:
    texts: list[TextSaid] = field(default_factory=list)
    shown: DocumentLaid | None = None

    def say(self, who: Participant, said: Say, *, now: datetime, aside: bool = False) -> TextSaid:
        """Number a text; one that is already there (a resent one) comes back as it was."""
        for earlier in self.texts:
            if earlier.sender == who.id and earlier.ref == said.ref:
                return earlier
        seq = self.texts[-1].seq + 1 if self.texts else 1
        text = TextSaid(seq, who.id, who.name, now, said.text, said.ref, aside)
        self.texts = _latest([*self.texts[1 - MOST_TEXTS :], text])
        return text

    def after(self, seen: int) -> tuple[TextSaid, ...]:
        return tuple(text for text in self.texts if text.seq > seen)

    def lay(
        self, who: UUID, document: UUID | None, name: str, pages: int, lock: Level = Level.NONE
    ) -> DocumentLaid:
        """Put a document on the table at its first page; None clears the table."""
        laid = DocumentLaid(who, document, name, pages, 1 if document else 0, lock)
        self.shown = laid if document else None
        return laid

    def turn(self, who: Participant, document: UUID, page: int) -> PageTurned:
        """Raises NotOnTheTable for another document, one locked to them, or a page that it does not have."""
        shown = self.shown
        if shown is None or shown.document != document or page > shown.pages or not shown.is_open_to(who):
            raise NotOnTheTable
        self.shown = replace(shown, page=page)
        return PageTurned(who.id, document, page)


def _latest(texts: list[TextSaid]) -> list[TextSaid]:
    """Return the younger ones, of which all together are not too long."""
    room = MOST_BYTES
    for place in range(len(texts) - 1, -1, -1):
        room -= len(wire(texts[place]))
        if room < 0:
            return texts[place + 1 :]
    return texts
