"""What the meeting needs from above, such as a line to each browser, and what those above need of it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from signalling.assurance import Level
from signalling.failure import Failure
from signalling.guest import Guest
from signalling.happening import Happened
from signalling.ice import IceServer
from signalling.message import CallAsked, ProvingState
from signalling.participant import Participant
from signalling.request import Request
from signalling.second_camera import SecondCamera

State = Mapping[str, object]
"""A meeting as JSON values: `memory.written` makes it, `memory.remembered` reads it."""


class Line(Protocol):
    """The way to one browser. Neither call waits: a queue stands behind, and who reads too slowly is cut."""

    def send(self, frame: bytes) -> None: ...

    def close(self, code: int) -> None:
        """Close after what was sent; `code` is a WebSocket close code."""
        ...


class Meetings(Protocol):
    """All meetings, wherever each has its one home; every call is about one appointment's.

    Who holds a browser's line speaks to this alone: today the switchboard of the same node fulfils it.
    """

    async def arrive(
        self, appointment_id: UUID, who: Participant, visit: str, line: Line, *, now: datetime, seen: int = 0
    ) -> None:
        """Connect a line in place of an older one of the same person. Raises MeetingOver and TableFull."""
        ...

    async def receive(
        self, appointment_id: UUID, sender: UUID, request: Request, line: Line, *, now: datetime
    ) -> None:
        """Answer what came over a line. Raises a MeetingRefusal."""
        ...

    async def drop(self, appointment_id: UUID, participant_id: UUID, line: Line, *, now: datetime) -> None:
        """Note that a line has ended, unless a younger one stands in its place."""
        ...

    async def prove(self, appointment_id: UUID, who: Participant, line: Line, *, now: datetime) -> None:
        """Let who is on a line be known by what was proven since. Raises NotAdmitted."""
        ...

    async def lay(
        self,
        appointment_id: UUID,
        sender: UUID,
        document: UUID | None,
        name: str,
        pages: int,
        lock: Level = Level.NONE,
        *,
        now: datetime,
    ) -> None:
        """Put a document on the table, or take it away (None). Raises NotAdmitted."""
        ...

    async def show_out(
        self, appointment_id: UUID, participant_id: UUID, line: Line, *, now: datetime
    ) -> None:
        """Close the line of somebody who may be here no more, and give their seat back."""
        ...

    async def tell_waiting(
        self,
        appointment_id: UUID,
        sentence: str | None,
        *,
        help_: Failure | None = None,
        says_help: bool = False,
        now: datetime,
    ) -> None:
        """Say a ready sentence to those who wait, show them help, or both."""
        ...

    async def call_in(
        self, appointment_id: UUID, sender: UUID, guest: Guest, line: Line, *, now: datetime
    ) -> None:
        """Call a guest to the table; the caller has looked who it is.

        Raises NotAdmitted, NotForRole, ParticipantUnknown and TableFull.
        """
        ...

    def invited_guest(self, appointment_id: UUID, sender: UUID, guest_id: UUID, line: Line) -> Guest:
        """Return who may come by a link of their own. Raises NotAdmitted, NotForRole, ParticipantUnknown."""
        ...

    async def ask_camera(
        self, appointment_id: UUID, sender: UUID, camera: SecondCamera, line: Line, *, now: datetime
    ) -> None:
        """Let a customer's phone come as their second camera. Raises NotAdmitted and NotForRole."""
        ...

    async def cannot_come(self, appointment_id: UUID, guest_id: UUID, *, now: datetime) -> None:
        """Hear from who was called that they cannot; who says it does not sit in the meeting."""
        ...

    def tell_call(self, appointment_id: UUID, asked: CallAsked) -> None:
        """Tell an adviser at the table that the customer wishes to be called."""
        ...

    def tell_proving(
        self, appointment_id: UUID, participant_id: UUID, state: ProvingState, reason: str | None = None
    ) -> None:
        """Tell how an identification on the side goes; without a seat there is nobody to tell."""
        ...

    def level_of(self, appointment_id: UUID, participant_id: UUID) -> Level:
        """Return what is proven of one who sits at the table and speaks; nothing of anybody else."""
        ...

    def looks_at(self, appointment_id: UUID, participant_id: UUID, document: UUID, page: int) -> bool:
        """Tell whether this page of a document lies open now before one who sits at the table."""
        ...

    def require_seat(self, appointment_id: UUID, sender: UUID, line: Line) -> None:
        """Raise NotAdmitted unless whoever is on this line was admitted, and NotForRole for a guest."""
        ...

    async def tick(self, *, now: datetime) -> None:
        """Look who stayed away. Call it every second."""
        ...

    def close(self) -> None:
        """Ask the browser of every line that ends here to come back at once."""
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
