"""Who would come earlier, and to whom of them a freed slot may be offered."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Column, Table, and_, delete, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.appointment import Status
from booking.freed_slot import FreedSlot
from booking.offer import MOST_A_DAY, MOST_COUNTED_OVER, OfferState
from booking.waiting import Waiting
from server.database.appointments_table import appointments
from server.database.columns import Utc, appointment_column
from server.database.insert import insert_into
from server.database.messages import stopped_numbers
from server.database.metadata import METADATA
from server.database.offers import offers

waitlist = Table(
    "waitlist",
    METADATA,
    appointment_column(is_key=True),
    Column("since", Utc, nullable=False, index=True),
    Column("not_before", Utc),
    Column("same_adviser", Boolean, nullable=False),
)


class SqlWaitlist:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, waiting: Waiting) -> None:
        wish = {
            "since": waiting.since,
            "not_before": waiting.not_before,
            "same_adviser": waiting.same_adviser,
        }
        statement = insert_into(self._connection, waitlist).values(
            appointment_id=waiting.appointment_id, **wish
        )
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["appointment_id"], set_=wish)
        )

    async def of(self, appointment_id: UUID) -> Waiting | None:
        query = select(waitlist).where(waitlist.c.appointment_id == appointment_id)
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            return None
        return Waiting(
            appointment_id=row.appointment_id,
            since=row.since,
            not_before=row.not_before,
            same_adviser=row.same_adviser,
        )

    async def remove(self, appointment_id: UUID) -> None:
        await self._connection.execute(delete(waitlist).where(waitlist.c.appointment_id == appointment_id))

    async def fitting(
        self, freed: FreedSlot, languages: Collection[str], *, now: datetime, limit: int
    ) -> list[UUID]:
        start = freed.span.start
        query = (
            select(waitlist.c.appointment_id)
            .join(appointments, appointments.c.id == waitlist.c.appointment_id)
            .where(
                appointments.c.offering_id == freed.offering_id,
                appointments.c.id != freed.appointment_id,
                appointments.c.status == Status.BOOKED,
                appointments.c.starts_at > start,
                appointments.c.customer_language.in_(sorted(languages)),
                _can_be_reached(),
                or_(waitlist.c.not_before.is_(None), waitlist.c.not_before <= start),
                or_(~waitlist.c.same_adviser, appointments.c.adviser_id == freed.adviser_id),
                ~_was_offered(freed),
                _offers_of_late(now) < MOST_A_DAY,
                ~_has_one_open(),
            )
            .order_by(waitlist.c.since, waitlist.c.appointment_id)
            .limit(limit)
        )
        return list((await self._connection.execute(query)).scalars())

    async def counts(self, *, now: datetime) -> Mapping[UUID, int]:
        query = (
            select(appointments.c.offering_id, func.count().label("waiting"))
            .join_from(waitlist, appointments)
            .where(appointments.c.status == Status.BOOKED, appointments.c.starts_at > now)
            .group_by(appointments.c.offering_id)
        )
        return {row.offering_id: row.waiting for row in await self._connection.execute(query)}


_THEIRS = appointments.alias("theirs")
"""All appointments of the same person: the caps are theirs, whatever they booked."""


def _can_be_reached() -> Any:
    """By mail, or by text messages where the customer chose them and has not stopped them since."""
    is_stopped = exists().where(stopped_numbers.c.phone_key == appointments.c.phone_key)
    by_sms = appointments.c.reached_by.in_(("sms", "both"))
    return or_(appointments.c.email_key != "", and_(appointments.c.phone_key != "", by_sms, ~is_stopped))


def _is_theirs() -> Any:
    """Who left no address is known by their number."""
    by_phone = and_(appointments.c.email_key == "", _THEIRS.c.phone_key == appointments.c.phone_key)
    by_mail = and_(appointments.c.email_key != "", _THEIRS.c.email_key == appointments.c.email_key)
    return or_(by_mail, by_phone)


def _was_offered(freed: FreedSlot) -> Any:
    return exists().where(
        offers.c.appointment_id == appointments.c.id,
        offers.c.adviser_id == freed.adviser_id,
        offers.c.starts_at == freed.span.start,
    )


def _offers_of_late(now: datetime) -> Any:
    return (
        select(func.count())
        .select_from(offers.join(_THEIRS, _THEIRS.c.id == offers.c.appointment_id))
        .where(
            _is_theirs(),
            offers.c.offered_at > now - MOST_COUNTED_OVER,
        )
        .correlate(appointments)
        .scalar_subquery()
    )


def _has_one_open() -> Any:
    return exists().where(
        and_(
            offers.c.appointment_id == _THEIRS.c.id,
            offers.c.state == OfferState.OPEN,
            _is_theirs(),
        )
    )
