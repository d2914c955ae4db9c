"""Appointments, with the cells of the calendar that they take."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, exists, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.appointment import LIVE, Appointment
from booking.errors import NotFound, SlotTaken
from booking.fact import FactKind
from booking.time_span import TimeSpan, cells
from server.database.appointments_table import appointment_of, appointment_values, appointments
from server.database.cells import taken_cells
from server.database.facts import facts
from server.database.offerings import offerings
from server.database.refused import is_overlap
from server.database.row_locks import RowLocks
from server.database.staff import staff

_IS_LIVE = appointments.c.status.in_(sorted(LIVE))
# No meeting is ended longer than this before its start; keeps the search for ended ones small.
_EARLIEST_END = timedelta(days=1)


class SqlAppointments:
    def __init__(self, connection: AsyncConnection, locks: RowLocks) -> None:
        self._connection = connection
        self._locks = locks

    async def add(self, appointment: Appointment) -> None:
        """Raises SlotTaken, after which the unit can do nothing more on PostgreSQL."""
        try:
            await self._connection.execute(insert(appointments).values(**appointment_values(appointment)))
            await self._take_cells(appointment)
        except IntegrityError as refused:
            _say_if_taken(refused, appointment)
            raise
        self._locks.hold(appointment.id)

    async def change(self, appointment: Appointment) -> None:
        """Raises SlotTaken as `add` does, and NotFound."""
        own = taken_cells.c.appointment_id == appointment.id
        await self._connection.execute(delete(taken_cells).where(own))
        try:
            changed = await self._connection.execute(
                update(appointments)
                .where(appointments.c.id == appointment.id)
                .values(**appointment_values(appointment))
            )
            if not changed.rowcount:
                raise NotFound(appointment.id)
            await self._take_cells(appointment)
        except IntegrityError as refused:
            _say_if_taken(refused, appointment)
            raise

    async def get(self, appointment_id: UUID) -> Appointment:
        return await self._one(select(appointments).where(appointments.c.id == appointment_id))

    async def locked(self, appointment_id: UUID) -> Appointment:
        query = select(appointments).where(appointments.c.id == appointment_id)
        appointment = await self._one(query.with_for_update(key_share=True))
        self._locks.hold(appointment_id)
        return appointment

    async def of_adviser(self, adviser_id: UUID, within: TimeSpan) -> list[Appointment]:
        query = select(appointments).where(
            appointments.c.adviser_id == adviser_id,
            appointments.c.starts_at < within.end,
            appointments.c.ends_at > within.start,
        )
        return await self._many(query)

    async def within(self, within: TimeSpan, *, team_id: UUID | None = None) -> list[Appointment]:
        query = select(appointments).where(
            appointments.c.starts_at >= within.start, appointments.c.starts_at < within.end
        )
        if team_id is not None:
            of_team = select(staff.c.id).where(staff.c.team_id == team_id)
            query = query.where(appointments.c.adviser_id.in_(of_team))
        return await self._many(query)

    async def to_close(self, now: datetime) -> list[UUID]:
        """Find those ended by somebody, and those over; how long grace lasts, each offering says."""
        is_ended = exists().where(facts.c.appointment_id == appointments.c.id, facts.c.kind == FactKind.ENDED)
        query = (
            select(appointments.c.id, appointments.c.ends_at, offerings.c.grace, is_ended)
            .join_from(appointments, offerings)
            .where(_IS_LIVE, appointments.c.starts_at <= now + _EARLIEST_END)
            .where(or_(appointments.c.ends_at <= now, is_ended))
            .order_by(appointments.c.ends_at, appointments.c.id)
        )
        rows = await self._connection.execute(query)
        return [found for found, ends_at, grace, ended in rows if ended or ends_at + grace <= now]

    async def _take_cells(self, appointment: Appointment) -> None:
        if not appointment.is_live:
            return
        rows = [
            {"adviser_id": appointment.adviser_id, "cell": cell, "appointment_id": appointment.id}
            for cell in cells(appointment.span)
        ]
        await self._connection.execute(insert(taken_cells), rows)

    async def _one(self, query: Select[Any]) -> Appointment:
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            raise NotFound
        return appointment_of(row)

    async def _many(self, query: Select[Any]) -> list[Appointment]:
        ordered = query.order_by(appointments.c.starts_at, appointments.c.id)
        return [appointment_of(row) for row in await self._connection.execute(ordered)]


def _say_if_taken(refused: IntegrityError, appointment: Appointment) -> None:
    if is_overlap(refused):
        raise SlotTaken(appointment.span.start) from refused
