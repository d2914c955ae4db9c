"""Who waits on this node: felt every ten seconds, and told their place among those of all appointments."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from signalling.ports import MeetingLog
from signalling.room import Room

BEAT = timedelta(seconds=10)
"""So often it is written down who still waits, and sooner when somebody comes or goes."""


class WaitingLine:
    def __init__(self, log: MeetingLog) -> None:
        self._log = log
        self._beaten_at: datetime | None = None

    def has_changed(self) -> None:
        """Let the next tick beat and count, whenever the last one was."""
        self._beaten_at = None

    async def join(self, appointment_id: UUID, room: Room, *, now: datetime) -> None:
        """Know how many are before a room, ahead of telling the first who comes there a place."""
        came = min((seat.arrived_at for seat in room.meeting.waiting()), default=now)
        room.meeting.ahead = (await self._log.ahead({appointment_id: came}, now=now))[appointment_id]

    async def beat(self, rooms: Mapping[UUID, Room], *, now: datetime) -> None:
        """Note who still waits, and tell everybody their place where that has changed."""
        if self._beaten_at is not None and now - self._beaten_at < BEAT:
            return
        self._beaten_at = now
        waited_in = {one: room for one, room in rooms.items() if room.meeting.waiting()}
        if not waited_in:
            return
        # Taken now: while the log is written, the last one may be let in.
        came = {one: room.meeting.waiting()[0].arrived_at for one, room in waited_in.items()}
        advisers = {one: room.adviser for one, room in waited_in.items() if room.adviser}
        await self._log.beat([one for one, room in waited_in.items() if room.is_waited_in], advisers, now=now)
        ahead = await self._log.ahead(came, now=now)
        for appointment_id, room in waited_in.items():
            room.deliver(room.meeting.comes_up(ahead[appointment_id]))
