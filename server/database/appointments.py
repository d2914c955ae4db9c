"""Appointments, with the cells that they take of their adviser's time and of their customer's."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, delete, exists, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.appointment import LIVE, Appointment, Customer
from booking.call import CALL_DONE
from booking.contact import mailbox_key
from booking.errors import Contended, NotFound, OwnOverlap, SlotTaken
from booking.fact import FactKind
from booking.time_span import TimeSpan, cells
from server.database.appointments_table import appointment_of, appointment_values, appointments
from server.database.cells import customer_cells, take_cells, taken_cells
from server.database.facts import facts
from server.database.insert import insert_for
from server.database.name_locks import lock_names
from server.database.offerings import offerings
from server.database.prepared import Prepared
from server.database.refused import is_overlap
from server.database.row_locks import RowLocks
from server.database.staff import staff

_IS_LIVE = appointments.c.status.in_(sorted(LIVE))
# No meeting is ended longer than this before its start; keeps the search for ended ones small.
_EARLIEST_END = timedelta(days=1)
_ADD = Prepared(insert(appointments))
AT_ONCE = 500


class SqlAppointments:
    def __init__(self, connection: AsyncConnection, locks: RowLocks) -> None:
        self._connection = connection
        self._locks = locks

    async def add(self, appointment: Appointment, *, now: datetime) -> None:
        """Raises SlotTaken, after which the unit can do nothing more on PostgreSQL."""
        try:
            await self._insert(appointment)
        except IntegrityError as refused:
            _say_if_taken(refused, appointment)
            raise
        await self._take_time(appointment, now=now)
        self._locks.hold(appointment.id, appointment)

    async def change(self, appointment: Appointment, *, now: datetime) -> None:
        """Raises what `add` raises, and NotFound. Cells that stay the same are not written again."""
        before = self._locks.held(appointment.id)
        takes_anew = before is None or _time_of(before) != _time_of(appointment)
        if takes_anew:
            await self._free_time(appointment.id)
        try:
            changed = await self._connection.execute(
                update(appointments)
                .where(appointments.c.id == appointment.id)
                .values(**appointment_values(appointment))
            )
        except IntegrityError as refused:
            _say_if_taken(refused, appointment)
            raise
        if not changed.rowcount:
            raise NotFound(appointment.id)
        if takes_anew:
            await self._take_time(appointment, now=now)
        self._locks.hold(appointment.id, appointment)

    async def get(self, appointment_id: UUID) -> Appointment:
        return await self._one(select(appointments).where(appointments.c.id == appointment_id))

    async def of_ids(self, ids: Collection[UUID]) -> Mapping[UUID, Appointment]:
        asked, found = list(ids), []
        for first in range(0, len(asked), AT_ONCE):
            some = select(appointments).where(appointments.c.id.in_(asked[first : first + AT_ONCE]))
            found += [appointment_of(row) for row in await self._connection.execute(some)]
        return {one.id: one for one in found}

    async def locked(self, appointment_id: UUID) -> Appointment:
        query = select(appointments).where(appointments.c.id == appointment_id)
        appointment = await self._one(query.with_for_update(key_share=True))
        self._locks.hold(appointment.id, appointment)
        return appointment

    async def of_adviser(self, adviser_id: UUID, within: TimeSpan) -> list[Appointment]:
        query = select(appointments).where(
            appointments.c.adviser_id == adviser_id,
            appointments.c.starts_at < within.end,
            appointments.c.ends_at > within.start,
        )
        return await self._many(query)

    async def ahead_of(self, email: str, *, now: datetime) -> list[Appointment]:
        is_theirs = appointments.c.email_key == mailbox_key(email)
        return await self._many(_ahead(now).where(is_theirs)) if email else []

    async def all_ahead_of(self, customer: Customer, *, now: datetime) -> list[Appointment]:
        email, phone = customer.email_key, customer.phone_key
        await lock_names(self._connection, *(f"bookings of {key}" for key in (email, phone) if key))
        has_email = and_(appointments.c.email_key == email, appointments.c.email_key != "")
        has_phone = and_(appointments.c.phone_key == phone, appointments.c.phone_key != "")
        return await self._many(_ahead(now).where(or_(has_email, has_phone)))

    async def within(self, within: TimeSpan, *, team_id: UUID | None = None) -> list[Appointment]:
        query = select(appointments).where(
            appointments.c.starts_at >= within.start, appointments.c.starts_at < within.end
        )
        if team_id is not None:
            of_team = select(staff.c.id).where(staff.c.team_id == team_id)
            query = query.where(appointments.c.adviser_id.in_(of_team))
        return await self._many(query)

    async def live_within(self, within: TimeSpan) -> list[Appointment]:
        starts = appointments.c.starts_at
        query = select(appointments).where(starts >= within.start, starts < within.end, _IS_LIVE)
        return await self._many(query)

    async def waiting_for_call(self, now: datetime) -> list[Appointment]:
        later = facts.alias()
        is_done = exists().where(
            later.c.appointment_id == facts.c.appointment_id,
            later.c.kind.in_(sorted(CALL_DONE)),
            later.c.seq > facts.c.seq,
        )
        asked = select(facts.c.appointment_id).where(facts.c.kind == FactKind.CALL_ASKED, ~is_done)
        return await self._many(_ahead(now).where(appointments.c.id.in_(asked)))

    async def live(self, before: datetime) -> list[Appointment]:
        return await self._many(select(appointments).where(_IS_LIVE, appointments.c.starts_at < before))

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

    async def _insert(self, appointment: Appointment) -> None:
        """Only an outcome needs a statement of its own, for its rules' version."""
        values = appointment_values(appointment)
        if appointment.outcome is None:
            await _ADD.add(self._connection, values)
        else:
            await self._connection.execute(insert(appointments).values(values))

    async def _take_time(self, appointment: Appointment, *, now: datetime) -> None:
        if not appointment.is_live:
            return
        is_had = await take_cells(
            self._connection,
            appointment.adviser_id,
            appointment.busy,
            now=now,
            appointment_id=appointment.id,
        )
        if not is_had:
            raise SlotTaken(appointment.span.start)
        if appointment.customer.key:
            await self._take_customers(appointment.customer.key, appointment)

    async def _take_customers(self, key: bytes, appointment: Appointment) -> None:
        wanted = list(cells(appointment.span))
        rows = [{"customer_key": key, "cell": cell, "appointment_id": appointment.id} for cell in wanted]
        if await _taking_customers(self._connection.dialect.name).count(self._connection, *rows) == len(rows):
            return
        other = select(customer_cells.c.appointment_id).where(
            customer_cells.c.customer_key == key,
            customer_cells.c.cell.in_(wanted),
            customer_cells.c.appointment_id != appointment.id,
        )
        found = (await self._connection.execute(other.limit(1))).scalar_one_or_none()
        if found is None:  # it was given up between the two statements
            raise Contended
        raise OwnOverlap(appointment.span.start, found)

    async def _free_time(self, appointment_id: UUID) -> None:
        for table in (taken_cells, customer_cells):
            own = table.c.appointment_id == appointment_id
            await self._connection.execute(delete(table).where(own))

    async def _one(self, query: Select[Any]) -> Appointment:
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            raise NotFound
        return appointment_of(row)

    async def _many(self, query: Select[Any]) -> list[Appointment]:
        ordered = query.order_by(appointments.c.starts_at, appointments.c.id)
        return [appointment_of(row) for row in await self._connection.execute(ordered)]


def _ahead(now: datetime) -> Select[Any]:
    return select(appointments).where(appointments.c.ends_at > now, _IS_LIVE)


@cache
def _taking_customers(dialect: str) -> Prepared:
    return Prepared(insert_for(dialect, customer_cells).on_conflict_do_nothing())


def _time_of(appointment: Appointment) -> tuple[object, ...]:
    """Return all that an appointment's cells depend on."""
    return appointment.is_live, appointment.adviser_id, appointment.busy, appointment.customer.key


def _say_if_taken(refused: IntegrityError, appointment: Appointment) -> None:
    if is_overlap(refused):
        raise SlotTaken(appointment.span.start) from refused
