"""Writes what a meeting tells into the appointment's history, and remembers the meeting."""

from collections.abc import Sequence
from uuid import UUID

from booking.attend import record
from booking.fact import Actor, FactKind
from server.database.unit import SqlUnit
from server.database.units import SqlUnits
from signalling.happening import Happened
from signalling.ports import State


class UnitMeetingLog:
    """Fulfils signalling.ports.MeetingLog with one unit a call."""

    def __init__(self, units: SqlUnits) -> None:
        self._units = units

    async def record(self, appointment_id: UUID, happened: Sequence[Happened], state: State | None) -> None:
        async def keep(unit: SqlUnit) -> None:
            for one in happened:
                kind, by = FactKind(one.what.value), Actor(one.by.value)
                await record(unit, appointment_id, kind, by=by, detail=one.detail, now=one.at)
            if state is not None:
                await unit.meetings.save(appointment_id, state)

        await self._units.do(keep)

    async def load(self, appointment_id: UUID) -> State | None:
        async with self._units.read() as unit:
            return await unit.meetings.load(appointment_id)
