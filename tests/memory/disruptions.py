"""Disruptions and whom they concern, in memory."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from booking.appointment import Appointment, Status
from booking.attendance import MET
from booking.closure import Closure
from booking.disruption import Concerned, Disruption, Scope
from booking.errors import NotFound
from booking.time_span import TimeSpan
from tests.memory.state import State


class MemoryDisruptions:
    def __init__(self, state: State) -> None:
        self._state = state

    async def add(self, disruption: Disruption, closures: Sequence[Closure]) -> None:
        if disruption.id in self._state.disruptions:
            return
        self._state.disruptions[disruption.id] = (disruption, tuple(one.id for one in closures))
        self._state.closures.update({one.id: one for one in closures})

    async def get(self, disruption_id: UUID) -> Disruption:
        if disruption_id not in self._state.disruptions:
            raise NotFound(disruption_id)
        return self._state.disruptions[disruption_id][0]

    async def locked(self, disruption_id: UUID) -> Disruption:
        return await self.get(disruption_id)

    async def change(self, disruption: Disruption) -> None:
        kept, closure_ids = self._state.disruptions[disruption.id]
        now = replace(kept, reminder_at=disruption.reminder_at, ended_at=disruption.ended_at)
        self._state.disruptions[disruption.id] = (now, closure_ids)
        for closure_id in closure_ids if now.ended_at else ():
            self._state.closures.pop(closure_id, None)

    async def newest(self, *, limit: int) -> Sequence[Disruption]:
        by_id = sorted(self._all(), key=lambda one: str(one.id))
        return sorted(by_id, key=lambda one: one.made_at, reverse=True)[:limit]

    async def standing(self, now: datetime) -> Sequence[Disruption]:
        found = (one for one in self._all() if one.stands(now))
        return sorted(found, key=lambda one: (one.span.start, str(one.id)))

    async def touched(self, scope: Scope, span: TimeSpan) -> Sequence[Appointment]:
        return [one for one in self._overlapping(scope, span) if one.is_live]

    def _overlapping(self, scope: Scope, span: TimeSpan) -> Sequence[Appointment]:
        found = (one for one in self._state.appointments.values() if one.span.overlaps(span))
        mine = (one for one in found if self._concerns(scope, one))
        return sorted(mine, key=lambda one: (one.span.start, str(one.id)))

    async def unreached(self, disruption: Disruption, *, limit: int) -> Sequence[UUID]:
        overlapping = self._overlapping(disruption.scope, disruption.span)
        touched = [one for one in overlapping if one.is_live or _ended_without_meeting(one)]
        return [one.id for one in touched if not self._is_known(disruption.id, one)][:limit]

    async def add_concerned(self, disruption_id: UUID, appointment: Appointment, *, at: datetime) -> bool:
        if self._is_known(disruption_id, appointment):
            return False
        self._state.concerned[disruption_id, appointment.id] = Concerned(
            disruption_id=disruption_id,
            appointment=appointment,
            sequence=appointment.sequence,
            span=appointment.span,
            told_at=at,
        )
        return True

    def _is_known(self, disruption_id: UUID, appointment: Appointment) -> bool:
        known = self._state.concerned.get((disruption_id, appointment.id))
        return known is not None and known.sequence == appointment.sequence

    async def concerned(self, disruption_id: UUID) -> Sequence[Concerned]:
        return self._live(one for one in self._rows() if one.disruption_id == disruption_id)

    async def unreminded(self, disruption: Disruption, *, limit: int) -> Sequence[Concerned]:
        asked = disruption.reminder_at
        own = (one for one in self._rows() if one.disruption_id == disruption.id and asked)
        return self._live(one for one in own if asked and one.told_at <= asked and not one.reminded_at)[
            :limit
        ]

    async def mark_reminded(self, concerned: Concerned, *, at: datetime) -> None:
        key = (concerned.disruption_id, concerned.appointment.id)
        self._state.concerned[key] = replace(self._state.concerned[key], reminded_at=at)

    async def unreleased(self, *, limit: int) -> Sequence[Concerned]:
        ended = {one.id for one in self._all() if one.ended_at}
        found = (one for one in self._rows() if one.disruption_id in ended and not one.released_at)
        return self._live(found)[:limit]

    async def mark_released(self, concerned: Concerned, *, at: datetime) -> None:
        key = (concerned.disruption_id, concerned.appointment.id)
        self._state.concerned[key] = replace(self._state.concerned[key], released_at=at)

    def _all(self) -> Sequence[Disruption]:
        return [one for one, _ in self._state.disruptions.values()]

    def _rows(self) -> Sequence[Concerned]:
        return list(self._state.concerned.values())

    def _live(self, rows: Iterable[Concerned]) -> Sequence[Concerned]:
        joined = [replace(one, appointment=self._state.appointments[one.appointment.id]) for one in rows]
        return sorted(joined, key=lambda one: (one.span.start, str(one.appointment.id)))

    def _concerns(self, scope: Scope, one: Appointment) -> bool:
        team_id = self._state.staff[one.adviser_id].member.team_id
        return scope.concerns(adviser_id=one.adviser_id, team_id=team_id, offering_id=one.offering_id)


def _ended_without_meeting(one: Appointment) -> bool:
    return one.status is Status.CLOSED and one.outcome not in MET
