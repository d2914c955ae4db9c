"""A meeting under way on this node, with the lines to its browsers."""

import asyncio
from dataclasses import dataclass, field
from uuid import UUID

from signalling.meeting import Meeting
from signalling.message import Message, close_code, wire
from signalling.participant import Role
from signalling.ports import Line
from signalling.step import Step


@dataclass(slots=True)
class Room:
    """A meeting under way; the lock keeps what is written in the order in which it was decided.

    `seated` are those whom the relay takes for admitted.
    """

    meeting: Meeting
    seated: set[UUID] = field(default_factory=set)
    lines: dict[UUID, Line] = field(default_factory=dict)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    def deliver(self, step: Step) -> None:
        for envelope in step.envelopes:
            line = self.lines.get(envelope.to)
            if line is not None:
                self._say(envelope.to, line, envelope.message)

    @property
    def is_waited_in(self) -> bool:
        return any(seat.is_present for seat in self.meeting.waiting())

    @property
    def adviser(self) -> UUID | None:
        """Who sits at the table with a line."""
        seats = self.meeting.admitted(Role.ADVISER)
        return next((seat.who.id for seat in seats if seat.is_present), None)

    def _say(self, participant_id: UUID, line: Line, message: Message) -> None:
        say(line, message)
        if close_code(message) is not None:
            del self.lines[participant_id]


def say(line: Line, message: Message) -> None:
    """Send one message, and close after it when that is its meaning."""
    line.send(wire(message))
    code = close_code(message)
    if code is not None:
        line.close(code)
