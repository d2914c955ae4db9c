"""Disruptions, whom they touch, and how far their letters have come."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, delete, exists, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.appointment import LIVE, Appointment, Status
from booking.attendance import MET
from booking.closure import Closure
from booking.disruption import Concerned, Disruption, Scope
from booking.errors import NotFound
from booking.time_span import TimeSpan
from server.database.appointments_table import appointment_of, appointments
from server.database.disruptions_table import (
    concerned,
    concerned_of,
    disruption_of,
    disruption_values,
    disruptions,
)
from server.database.insert import insert_into
from server.database.openings import closures
from server.database.staff import staff

_STANDS = disruptions.c.ended_at.is_(None)
_IS_LIVE = appointments.c.status.in_(sorted(LIVE))
_NOBODY_MET = and_(appointments.c.status == Status.CLOSED, appointments.c.outcome.not_in(sorted(MET)))
_PREFIXED = [column.label(f"concerned_{column.name}") for column in concerned.c]


class SqlDisruptions:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, disruption: Disruption, closed: Sequence[Closure]) -> None:
        values = disruption_values(disruption, [str(one.id) for one in closed])
        statement = insert_into(self._connection, disruptions).values(values).on_conflict_do_nothing()
        written = await self._connection.execute(statement.returning(disruptions.c.id))
        if written.first() and closed:
            await self._connection.execute(insert(closures), [_closure_values(one) for one in closed])

    async def get(self, disruption_id: UUID) -> Disruption:
        return await self._one(select(disruptions).where(disruptions.c.id == disruption_id))

    async def locked(self, disruption_id: UUID) -> Disruption:
        query = select(disruptions).where(disruptions.c.id == disruption_id)
        return await self._one(query.with_for_update(key_share=True))

    async def change(self, disruption: Disruption) -> None:
        changed = (
            update(disruptions)
            .where(disruptions.c.id == disruption.id)
            .values(reminder_at=disruption.reminder_at, ended_at=disruption.ended_at)
        )
        rows = await self._connection.execute(changed.returning(disruptions.c.closure_ids))
        if disruption.ended_at is not None:
            ids = [UUID(one) for one in rows.scalar_one()]
            await self._connection.execute(delete(closures).where(closures.c.id.in_(ids)))

    async def newest(self, *, limit: int) -> list[Disruption]:
        query = select(disruptions).order_by(disruptions.c.made_at.desc(), disruptions.c.id).limit(limit)
        return [disruption_of(row) for row in await self._connection.execute(query)]

    async def standing(self, now: datetime) -> list[Disruption]:
        query = select(disruptions).where(_STANDS, disruptions.c.ends_at > now)
        rows = await self._connection.execute(query.order_by(disruptions.c.starts_at, disruptions.c.id))
        return [disruption_of(row) for row in rows]

    async def touched(self, scope: Scope, span: TimeSpan) -> list[Appointment]:
        query = select(appointments).where(_IS_LIVE, _is_touched(scope, span))
        rows = await self._connection.execute(query.order_by(appointments.c.starts_at, appointments.c.id))
        return [appointment_of(row) for row in rows]

    async def unreached(self, disruption: Disruption, *, limit: int) -> list[UUID]:
        is_known = exists().where(
            concerned.c.disruption_id == disruption.id,
            concerned.c.appointment_id == appointments.c.id,
            concerned.c.sequence == appointments.c.sequence,
        )
        touched = _is_touched(disruption.scope, disruption.span)
        query = select(appointments.c.id).where(or_(_IS_LIVE, _NOBODY_MET), touched, ~is_known)
        ordered = query.order_by(appointments.c.starts_at, appointments.c.id).limit(limit)
        return list((await self._connection.execute(ordered)).scalars())

    async def add_concerned(self, disruption_id: UUID, appointment: Appointment, *, at: datetime) -> bool:
        row = {
            "disruption_id": disruption_id,
            "appointment_id": appointment.id,
            "sequence": appointment.sequence,
            "starts_at": appointment.span.start,
            "ends_at": appointment.span.end,
            "told_at": at,
            "reminded_at": None,
            "released_at": None,
        }
        statement = insert_into(self._connection, concerned).values(row)
        statement = statement.on_conflict_do_update(
            index_elements=["disruption_id", "appointment_id"],
            set_=row,
            where=concerned.c.sequence != appointment.sequence,
        )
        written = await self._connection.execute(statement.returning(concerned.c.appointment_id))
        return written.first() is not None

    async def concerned(self, disruption_id: UUID) -> list[Concerned]:
        return await self._concerned(concerned.c.disruption_id == disruption_id)

    async def unreminded(self, disruption: Disruption, *, limit: int) -> list[Concerned]:
        wanted = and_(
            concerned.c.disruption_id == disruption.id,
            concerned.c.told_at <= disruption.reminder_at,
            concerned.c.reminded_at.is_(None),
        )
        return await self._concerned(wanted, limit=limit)

    async def mark_reminded(self, one: Concerned, *, at: datetime) -> None:
        await self._mark(one, reminded_at=at)

    async def unreleased(self, *, limit: int) -> list[Concerned]:
        is_ended = exists().where(
            disruptions.c.id == concerned.c.disruption_id, disruptions.c.ended_at.is_not(None)
        )
        return await self._concerned(and_(concerned.c.released_at.is_(None), is_ended), limit=limit)

    async def mark_released(self, one: Concerned, *, at: datetime) -> None:
        await self._mark(one, released_at=at)

    async def _concerned(self, wanted: ColumnElement[bool], *, limit: int | None = None) -> list[Concerned]:
        query = select(appointments, *_PREFIXED).join_from(concerned, appointments).where(wanted)
        ordered = query.order_by(concerned.c.starts_at, concerned.c.appointment_id).limit(limit)
        return [concerned_of(row) for row in await self._connection.execute(ordered)]

    async def _mark(self, one: Concerned, **values: datetime) -> None:
        own = and_(
            concerned.c.disruption_id == one.disruption_id,
            concerned.c.appointment_id == one.appointment.id,
        )
        await self._connection.execute(update(concerned).where(own).values(**values))

    async def _one(self, query: Select[Any]) -> Disruption:
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            raise NotFound
        return disruption_of(row)


def _is_touched(scope: Scope, span: TimeSpan) -> ColumnElement[bool]:
    wanted = [appointments.c.starts_at < span.end, appointments.c.ends_at > span.start]
    if scope.adviser_id:
        wanted.append(appointments.c.adviser_id == scope.adviser_id)
    if scope.offering_id:
        wanted.append(appointments.c.offering_id == scope.offering_id)
    if scope.team_id:
        of_team = select(staff.c.id).where(staff.c.team_id == scope.team_id)
        wanted.append(appointments.c.adviser_id.in_(of_team))
    return and_(*wanted)


def _closure_values(closure: Closure) -> dict[str, Any]:
    return {
        "id": closure.id,
        "kind": closure.kind,
        "starts_at": closure.span.start,
        "ends_at": closure.span.end,
        "adviser_id": closure.adviser_id,
        "offering_id": closure.offering_id,
        "name": closure.name,
    }
