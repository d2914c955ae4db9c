"""Who waits: a projection of the meetings' seats, and by whom each is taken."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Row, Table, Uuid, and_, case, delete, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.waiting_room import CLAIM_LASTS, FORGOTTEN_AFTER, InLine, WaitingCustomer
from server.database.adviser_offerings import adviser_offerings
from server.database.appointments_table import appointments
from server.database.columns import JSON_VALUE, Utc, appointment_column
from server.database.insert import insert_into
from server.database.metadata import METADATA
from server.database.row_locks import RowLocks

waiting = Table(
    "waiting",
    METADATA,
    appointment_column(is_key=True),
    Column("came_at", Utc, nullable=False),
    Column("beat_at", Utc, nullable=False),
    Column("lost_at", Utc),
    Column("ready_at", Utc),
    Column("arrival", JSON_VALUE),
    Column("said", JSON_VALUE),
    Column("claimed_by", Uuid, ForeignKey("staff.id")),
    Column("claimed_at", Utc),
)
_KEPT_ANEW = ("came_at", "lost_at", "ready_at", "arrival", "said")


class SqlWaitingRooms:
    """Every change of who waits or is taken wakes the desks of all who can take them; a beat wakes none."""

    def __init__(self, connection: AsyncConnection, locks: RowLocks) -> None:
        self._connection = connection
        self._locks = locks

    async def keep(self, customer: WaitingCustomer) -> None:
        row = insert_into(self._connection, waiting).values(
            appointment_id=customer.appointment_id,
            came_at=customer.came_at,
            beat_at=customer.beat_at,
            lost_at=customer.lost_at,
            ready_at=customer.ready_at,
            arrival=dict(customer.arrival) if customer.arrival else None,
            said=dict(customer.said) if customer.said else None,
        )
        is_there = row.excluded.lost_at.is_(None)
        anew: dict[str, Any] = {name: row.excluded[name] for name in _KEPT_ANEW}
        anew["beat_at"] = case((is_there, row.excluded.beat_at), else_=waiting.c.beat_at)
        await self._connection.execute(
            row.on_conflict_do_update(index_elements=["appointment_id"], set_=anew)
        )
        await self._wake(customer.appointment_id)

    async def drop(self, appointment_id: UUID) -> None:
        gone = delete(waiting).where(waiting.c.appointment_id == appointment_id)
        if (await self._connection.execute(gone)).rowcount:
            await self._wake(appointment_id)

    async def of(self, appointment_ids: Collection[UUID]) -> Mapping[UUID, WaitingCustomer]:
        query = select(waiting).where(waiting.c.appointment_id.in_(appointment_ids))
        return {row.appointment_id: _customer(row) for row in await self._connection.execute(query)}

    async def all(self, now: datetime) -> list[WaitingCustomer]:
        query = (
            select(waiting)
            .join(appointments, appointments.c.id == waiting.c.appointment_id)
            .where(waiting.c.beat_at > now - FORGOTTEN_AFTER)
            .order_by(waiting.c.came_at, appointments.c.starts_at, waiting.c.appointment_id)
        )
        return [_customer(row) for row in await self._connection.execute(query)]

    async def line(self, now: datetime) -> list[InLine]:
        query = (
            select(
                waiting.c.came_at,
                appointments.c.starts_at,
                waiting.c.appointment_id,
                appointments.c.adviser_id,
            )
            .join(appointments, appointments.c.id == waiting.c.appointment_id)
            .where(waiting.c.beat_at > now - FORGOTTEN_AFTER, _is_free(now))
        )
        return sorted(InLine(*row) for row in await self._connection.execute(query))

    async def beat(
        self, appointment_ids: Collection[UUID], advisers: Mapping[UUID, UUID], *, now: datetime
    ) -> None:
        if not appointment_ids and not advisers:
            return
        theirs = tuple_(waiting.c.appointment_id, waiting.c.claimed_by).in_(list(advisers.items()))
        here = waiting.c.appointment_id.in_(appointment_ids)
        await self._connection.execute(
            update(waiting)
            .where(or_(here, theirs))
            .values(
                beat_at=case((here, now), else_=waiting.c.beat_at),
                claimed_at=case((theirs, now), else_=waiting.c.claimed_at),
            )
        )

    async def claim(self, appointment_id: UUID, adviser_id: UUID, *, now: datetime) -> bool:
        is_ours_to_take = or_(waiting.c.claimed_by == adviser_id, _is_free(now))
        taken = (
            update(waiting)
            .where(waiting.c.appointment_id == appointment_id, is_ours_to_take)
            .values(claimed_by=adviser_id, claimed_at=now)
        )
        is_ours = (await self._connection.execute(taken)).rowcount == 1
        if is_ours:
            await self._wake(appointment_id)
        return is_ours

    async def release(self, appointment_id: UUID, adviser_id: UUID) -> None:
        given = (
            update(waiting)
            .where(and_(waiting.c.appointment_id == appointment_id, waiting.c.claimed_by == adviser_id))
            .values(claimed_by=None, claimed_at=None)
        )
        if (await self._connection.execute(given)).rowcount:
            await self._wake(appointment_id)

    async def _wake(self, appointment_id: UUID) -> None:
        await wake_desks(self._connection, self._locks, appointment_id)


async def wake_desks(connection: AsyncConnection, locks: RowLocks, appointment_id: UUID) -> None:
    """Let the desks hear of it of all who can take a customer."""
    query = (
        select(adviser_offerings.c.adviser_id, appointments.c.adviser_id)
        .join(appointments, appointments.c.offering_id == adviser_offerings.c.offering_id)
        .where(appointments.c.id == appointment_id)
    )
    for row in await connection.execute(query):
        locks.concern(row)


def _is_free(now: datetime) -> Any:
    return or_(waiting.c.claimed_at.is_(None), waiting.c.claimed_at <= now - CLAIM_LASTS)


def _customer(row: Row[Any]) -> WaitingCustomer:
    return WaitingCustomer(
        appointment_id=row.appointment_id,
        came_at=row.came_at,
        beat_at=row.beat_at,
        lost_at=row.lost_at,
        ready_at=row.ready_at,
        arrival=row.arrival,
        said=row.said,
        claimed_by=row.claimed_by,
        claimed_at=row.claimed_at,
    )
