"""What booking asks of the house: a unit of work with its stores.

Every store method runs inside the unit's one transaction. Reads see the unit's own writes.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from booking.adviser import Adviser
from booking.appointment import Appointment
from booking.attendance import Attended
from booking.availability import WeeklyHours
from booking.fact import Fact
from booking.letter import LetterDue
from booking.offering import Offering
from booking.reminder import Reminder
from booking.time_span import TimeSpan


class Offerings(Protocol):
    async def get(self, offering_id: UUID) -> Offering:
        """Raise NotFound when there is none."""
        ...

    async def all(self) -> Sequence[Offering]:
        """Return the offerings in the order in which they are shown."""
        ...


class Advisers(Protocol):
    async def get(self, adviser_id: UUID) -> Adviser:
        """Raise NotFound when there is none."""
        ...

    async def of_offering(self, offering_id: UUID) -> Sequence[Adviser]:
        """Return who meets customers of an offering, by name."""
        ...

    async def all(self) -> Sequence[Adviser]: ...

    async def hours(self, offering_id: UUID) -> Sequence[WeeklyHours]:
        """Return the weekly hours of everybody who meets customers of an offering."""
        ...


class Calendar(Protocol):
    async def lock(self, adviser_ids: Collection[UUID]) -> None:
        """Keep everybody else from changing these advisers' time until the unit ends."""
        ...

    async def taken(
        self, adviser_ids: Collection[UUID], within: TimeSpan, *, but_not_of: UUID | None = None
    ) -> Mapping[UUID, frozenset[int]]:
        """Return the five-minute cells taken inside a span, leaving out one appointment's own."""
        ...


class Appointments(Protocol):
    async def add(self, appointment: Appointment) -> None:
        """Keep a new appointment and its cells. Raises SlotTaken when a cell is somebody's."""
        ...

    async def change(self, appointment: Appointment) -> None:
        """Keep all of an appointment anew; cells follow: those of its span when live, else none.

        Raises SlotTaken when a cell is somebody else's.
        """
        ...

    async def get(self, appointment_id: UUID) -> Appointment:
        """Raise NotFound when there is none."""
        ...

    async def locked(self, appointment_id: UUID) -> Appointment:
        """Return it, and keep everybody else from changing it until the unit ends."""
        ...

    async def of_adviser(self, adviser_id: UUID, within: TimeSpan) -> Sequence[Appointment]:
        """Return those that touch a span, cancelled ones too, the earliest first."""
        ...

    async def within(self, within: TimeSpan, *, team_id: UUID | None = None) -> Sequence[Appointment]:
        """Return all that start in a span, the earliest first."""
        ...

    async def to_close(self, now: datetime) -> Sequence[UUID]:
        """Return those still live whose end and grace have passed, or which were ended."""
        ...


class Links(Protocol):
    async def make(self, appointment_id: UUID) -> str:
        """Make the customer's personal link: 128 random bits, of which only a hash can be looked up."""
        ...

    async def token(self, appointment_id: UUID) -> str:
        """Return the link's token again, for a letter. Raises NotFound when it was revoked."""
        ...

    async def appointment(self, token: str) -> Appointment:
        """Raise NotFound for a token that is unknown or revoked."""
        ...


class Facts(Protocol):
    async def append(self, fact: Fact) -> None: ...

    async def of(self, appointment_id: UUID) -> Sequence[Fact]:
        """Return an appointment's history in order."""
        ...

    async def of_many(self, appointment_ids: Collection[UUID]) -> Mapping[UUID, Sequence[Fact]]: ...


class Reminders(Protocol):
    async def add(self, reminders: Collection[Reminder]) -> None: ...

    async def drop(self, appointment_id: UUID) -> None:
        """Forget what is still ahead of an appointment."""
        ...

    async def take_due(self, now: datetime, *, limit: int) -> Sequence[Reminder]:
        """Return and forget what has fallen due, the oldest first; nobody else gets the same."""
        ...


class Outbox(Protocol):
    async def put(self, letter: LetterDue, *, at: datetime) -> None: ...


class AttendanceCounts(Protocol):
    async def attended(self, within: TimeSpan) -> Sequence[Attended]:
        """Return a line for each appointment that starts in a span."""
        ...


class BookingUnit(Protocol):
    """One connection, one transaction: commit on leaving, roll back on any exception."""

    @property
    def offerings(self) -> Offerings: ...
    @property
    def advisers(self) -> Advisers: ...
    @property
    def calendar(self) -> Calendar: ...
    @property
    def appointments(self) -> Appointments: ...
    @property
    def links(self) -> Links: ...
    @property
    def facts(self) -> Facts: ...
    @property
    def reminders(self) -> Reminders: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def attendance(self) -> AttendanceCounts: ...
