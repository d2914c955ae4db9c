"""What the web room asks of the house: units of work over all ground rooms."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import Protocol, TypeVar
from uuid import UUID

from booking.change_log import ChangeLog
from booking.letter import LetterDue
from booking.letter_figures import Letters
from booking.ports import BookingUnit, Outbox
from booking.target import BadTarget
from booking.webhook_ports import Notices, Subscribers
from identity.ports import IdentityUnit
from signalling.documents.ports import DocumentUnit
from signalling.ports import MeetingUnit
from web.api.ports import ApiUnit

T = TypeVar("T")


class DemoLetter(Protocol):
    """A letter as it would have gone out; each link is its label and its address."""

    @property
    def channel(self) -> str: ...
    @property
    def to(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def html(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def links(self) -> Sequence[tuple[str, str]]: ...


class DemoLetters(Protocol):
    async def all(self) -> Sequence[DemoLetter]:
        """Return all, the newest first."""
        ...


class Portraits(Protocol):
    """Makes small pictures of people, away from everything that a hostile file could reach."""

    async def portrait(self, original: bytes) -> bytes:
        """Return a square picture (WebP) of a PNG or JPEG, upright and without what it tells of itself.

        Raises NotADocument and ConversionFailed.
        """
        ...


class Targets(Protocol):
    """Knows to which machines webhooks may go."""

    async def bad(self, address: str) -> BadTarget | None:
        """Look an address up, and say what is wrong with it; each sending looks again by itself."""
        ...


class OutgoingLetter(Protocol):
    """A letter on its way, with what is due."""

    @property
    def id(self) -> UUID: ...
    @property
    def letter(self) -> LetterDue: ...


class CountedOutbox(Outbox, Protocol):
    async def get(self, letter_id: UUID) -> OutgoingLetter:
        """Raise NotFound when there is none."""
        ...

    async def mark_sent(self, letter_id: UUID, *, at: datetime) -> bool:
        """The other side has taken it; return whether that is news."""
        ...

    async def mark_delivered(self, letter_id: UUID, *, at: datetime) -> None:
        """It has reached its reader; what was said first counts."""
        ...

    async def mark_failed(self, letter_id: UUID, reason: str) -> bool:
        """It did not arrive; return whether that is news."""
        ...

    async def counts(self) -> Mapping[str, int]:
        """Return how many letters stand in which state."""
        ...


class Heartbeats(Protocol):
    async def ages(self, *, now: datetime) -> Mapping[str, timedelta]:
        """Return how long each piece of background work has been silent."""
        ...


class Unit(BookingUnit, IdentityUnit, DocumentUnit, MeetingUnit, ApiUnit, Protocol):
    """One connection, one transaction, every store."""

    @property
    def outbox(self) -> CountedOutbox: ...
    @property
    def letters(self) -> Letters: ...
    @property
    def changes(self) -> ChangeLog: ...
    @property
    def subscribers(self) -> Subscribers: ...
    @property
    def notices(self) -> Notices: ...
    @property
    def demo_letters(self) -> DemoLetters: ...
    @property
    def heartbeats(self) -> Heartbeats: ...


class Units(Protocol):
    def write(self) -> AbstractAsyncContextManager[Unit]:
        """Open a transaction: committed on leaving, rolled back on any exception."""
        ...

    def read(self) -> AbstractAsyncContextManager[Unit]:
        """Open a unit that can change nothing."""
        ...

    async def do(self, work: Callable[[Unit], Awaitable[T]]) -> T:
        """Do the work in a unit that writes, and anew when the database gave way to others."""
        ...
