"""What the meeting needs from above: a line to each browser, and somebody who writes things down."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from signalling.happening import Happened
from signalling.ice import IceServer

State = Mapping[str, object]
"""A meeting as JSON values: `memory.written` makes it, `memory.remembered` reads it."""


class Line(Protocol):
    """The way to one browser. Neither call waits: a queue stands behind, and who reads too slowly is cut."""

    def send(self, text: str) -> None: ...

    def close(self, code: int) -> None:
        """Close after what was sent; `code` is a WebSocket close code."""
        ...


class MeetingLog(Protocol):
    """Writes down what happened, and remembers a meeting over a restart of the server."""

    async def record(
        self, appointment_id: UUID, happened: Sequence[Happened], state: State | None, *, now: datetime
    ) -> None:
        """Append the facts and keep the state (None: it has not changed), all or nothing.

        Who waits by that state can be claimed, and has a place among those of other appointments.
        """
        ...

    async def load(self, appointment_id: UUID) -> State | None: ...

    async def relays(self, appointment_id: UUID) -> bool | None:
        """Tell whether its media may go through TURN alone; None: as the operator set it for all."""
        ...

    async def claim(self, appointment_id: UUID, adviser_id: UUID, *, now: datetime) -> bool:
        """Take the customer who waits there, by one adviser at a time; False: a colleague has."""
        ...

    async def beat(
        self, appointment_ids: Collection[UUID], advisers: Mapping[UUID, UUID], *, now: datetime
    ) -> None:
        """Note whose customers are still waiting with a line, and at which appointments an adviser is."""
        ...

    async def ahead(self, came: Mapping[UUID, datetime], *, now: datetime) -> Mapping[UUID, int]:
        """Count for each who came to an appointment, how many wait at others before them."""
        ...


class RelayAccess(Protocol):
    """Whom the TURN servers serve. It never fails: a meeting goes on, and ends, without them."""

    async def grant(self, servers: Sequence[IceServer]) -> None:
        """Let these credentials be used; called before a browser is told of them."""
        ...

    def revoke(self, owner: str) -> None:
        """End all credentials that an owner (`IcePolicy.owner`) was given till now, and what they opened.

        Returns at once.
        """
        ...


class MeetingStates(Protocol):
    """The store behind a log's memory: one row of JSON per meeting under way."""

    async def load(self, appointment_id: UUID) -> State | None: ...

    async def save(self, appointment_id: UUID, state: State) -> None:
        """Keep it in the place of what was kept before."""
        ...


class MeetingUnit(Protocol):
    """The part of a unit of work that the meeting uses."""

    @property
    def meetings(self) -> MeetingStates: ...
