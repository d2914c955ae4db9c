"""What booking asks of the house about advisers' time: their hours, what is taken of it, and holds."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from booking.availability import DayHours, Openings, WeeklyHours
from booking.closure import Closure
from booking.hold import Hold
from booking.time_span import TimeSpan


class Hours(Protocol):
    async def openings(self, adviser_id: UUID, *, since: datetime) -> Openings:
        """Return an adviser's hours for whatever they offer, and what closes their time, from a day on."""
        ...

    async def offered_by(self, adviser_id: UUID) -> Collection[UUID]:
        """Return the offerings whose customers an adviser meets."""
        ...

    async def replace_week(
        self, adviser_id: UUID, offering_id: UUID | None, lines: Collection[WeeklyHours]
    ) -> None:
        """Keep an adviser's week, of an offering or in general, instead of what it was."""
        ...

    async def put_day(self, hours: DayHours) -> None:
        """Keep a day's hours, of an offering or in general, instead of what they were."""
        ...

    async def drop_day(self, adviser_id: UUID, day: date, offering_id: UUID | None) -> None:
        """Let a day have the hours of its weekday again."""
        ...

    async def set_zone(self, adviser_id: UUID, zone: str) -> None:
        """Let all hours of an adviser, and those to come, be of another wall clock."""
        ...

    async def close(self, closure: Closure) -> None: ...

    async def closure(self, closure_id: UUID) -> Closure:
        """Raise NotFound when there is none."""
        ...

    async def reopen(self, closure_id: UUID) -> None: ...

    async def closed_for_all(self, *, since: datetime) -> Sequence[Closure]:
        """Return what is closed for everybody and everything and has not ended, the earliest first.

        Disruptions are left out: whoever declared one says when it is over.
        """
        ...


class Calendar(Protocol):
    async def lock(self, adviser_ids: Collection[UUID]) -> None:
        """Keep everybody else from changing these advisers' time until the unit ends."""
        ...

    async def taken(
        self,
        adviser_ids: Collection[UUID],
        within: TimeSpan,
        *,
        now: datetime,
        but_not_of: Collection[UUID] = (),
    ) -> Mapping[UUID, frozenset[int]]:
        """Return the five-minute cells taken inside a span by live appointments and unexpired holds.

        Left out are those of the appointments and holds named.
        """
        ...

    async def starts(
        self, offering_id: UUID, adviser_ids: Collection[UUID], within: TimeSpan, *, now: datetime
    ) -> Mapping[UUID, Mapping[UUID, datetime]]:
        """Return, by adviser, when an offering's live appointments and unexpired holds start, by their id."""
        ...


class Holds(Protocol):
    async def add(self, hold: Hold, *, now: datetime) -> None:
        """Keep a hold and its cells. Raises SlotTaken when a cell is somebody's."""
        ...

    async def get(self, hold_id: UUID) -> Hold:
        """Return a hold, expired or not. Raises NotFound when it was given back, booked, or swept."""
        ...

    async def set_until(self, hold_id: UUID, until: datetime) -> None:
        """Keep a hold's cells until another moment."""
        ...

    async def remove(self, hold_id: UUID) -> None:
        """Free what a hold keeps, if it is still there."""
        ...

    async def all_open(self, now: datetime) -> Sequence[Hold]:
        """Return all that have not run out, the first to end first."""
        ...

    async def open_of(self, holder: bytes, address: bytes, *, now: datetime) -> Sequence[Hold]:
        """Return the unexpired holds of a browser or of an address.

        Others of that address wait for this unit, so that what is counted stays true until it ends.
        """
        ...
