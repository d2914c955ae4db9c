"""Appointments, the calendar and their links, in memory."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from booking.appointment import Appointment
from booking.attendance import Attended
from booking.errors import NotFound, SlotTaken
from booking.fact import FactKind
from booking.time_span import TimeSpan, cells
from tests.memory.state import Link, State


class MemoryCalendar:
    def __init__(self, state: State) -> None:
        self._state = state

    async def lock(self, adviser_ids: Collection[UUID]) -> None:
        """Do nothing: a unit that writes is alone."""

    async def taken(
        self, adviser_ids: Collection[UUID], within: TimeSpan, *, but_not_of: UUID | None = None
    ) -> Mapping[UUID, frozenset[int]]:
        wanted = frozenset(cells(within))
        return {
            adviser_id: frozenset(
                cell
                for (whose, cell), appointment_id in self._state.cells.items()
                if whose == adviser_id and cell in wanted and appointment_id != but_not_of
            )
            for adviser_id in adviser_ids
        }


class MemoryAppointments:
    def __init__(self, state: State) -> None:
        self._state = state

    async def add(self, appointment: Appointment) -> None:
        self._take_cells(appointment)
        self._state.appointments[appointment.id] = appointment

    async def change(self, appointment: Appointment) -> None:
        await self.get(appointment.id)
        self._take_cells(appointment)
        self._state.appointments[appointment.id] = appointment

    async def get(self, appointment_id: UUID) -> Appointment:
        if appointment_id not in self._state.appointments:
            raise NotFound(appointment_id)
        return self._state.appointments[appointment_id]

    async def locked(self, appointment_id: UUID) -> Appointment:
        return await self.get(appointment_id)

    async def of_adviser(self, adviser_id: UUID, within: TimeSpan) -> Sequence[Appointment]:
        return [one for one in self._ordered() if one.adviser_id == adviser_id and one.span.overlaps(within)]

    async def within(self, within: TimeSpan, *, team_id: UUID | None = None) -> Sequence[Appointment]:
        return [
            one
            for one in self._ordered()
            if within.start <= one.span.start < within.end
            and team_id in (None, self._state.staff[one.adviser_id].member.team_id)
        ]

    async def to_close(self, now: datetime) -> Sequence[UUID]:
        live = sorted((one for one in self._ordered() if one.is_live), key=lambda one: one.span.end)
        return [one.id for one in live if self._is_over(one, now)]

    def _is_over(self, appointment: Appointment, now: datetime) -> bool:
        grace = self._state.offerings[appointment.offering_id].rules.grace
        history = self._state.facts.get(appointment.id, ())
        return appointment.span.end + grace <= now or any(one.kind is FactKind.ENDED for one in history)

    def _ordered(self) -> Sequence[Appointment]:
        return sorted(self._state.appointments.values(), key=lambda one: (one.span.start, str(one.id)))

    def _take_cells(self, appointment: Appointment) -> None:
        wanted = [(appointment.adviser_id, cell) for cell in cells(appointment.span)]
        if appointment.is_live and any(
            self._state.cells.get(one, appointment.id) != appointment.id for one in wanted
        ):
            raise SlotTaken(appointment.span.start)
        for one in [key for key, whose in self._state.cells.items() if whose == appointment.id]:
            del self._state.cells[one]
        for one in wanted if appointment.is_live else ():
            self._state.cells[one] = appointment.id


class MemoryLinks:
    def __init__(self, state: State) -> None:
        self._state = state

    async def make(self, appointment_id: UUID) -> str:
        token = secrets.token_urlsafe(16)
        self._state.links[token] = Link(token, appointment_id)
        return token

    async def token(self, appointment_id: UUID) -> str:
        for link in self._open_of(appointment_id):
            return link.token
        raise NotFound(appointment_id)

    async def appointment(self, token: str) -> Appointment:
        link = self._state.links.get(token)
        if link is None or link.is_revoked:
            raise NotFound
        return self._state.appointments[link.appointment_id]

    async def revoke(self, appointment_id: UUID, *, at: datetime) -> None:
        del at
        for link in self._open_of(appointment_id):
            self._state.links[link.token] = replace(link, is_revoked=True)

    def _open_of(self, appointment_id: UUID) -> Sequence[Link]:
        links = self._state.links.values()
        return [one for one in links if one.appointment_id == appointment_id and not one.is_revoked]


class MemoryAttendance:
    def __init__(self, state: State) -> None:
        self._state = state

    async def attended(self, within: TimeSpan) -> Sequence[Attended]:
        return [
            Attended(
                offering_id=one.offering_id,
                adviser_id=one.adviser_id,
                team_id=self._state.staff[one.adviser_id].member.team_id,
                start=one.span.start,
                booked_at=one.booked_at,
                zone=one.zone,
                source=one.source,
                outcome=one.outcome,
            )
            for one in await MemoryAppointments(self._state).within(within)
        ]
