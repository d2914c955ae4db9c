"""Freed slots that were offered to somebody, with the tokens of their links."""

import secrets
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    Row,
    Select,
    Table,
    Text,
    Uuid,
    exists,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.appointment import Status
from booking.errors import NotFound
from booking.freed_slot import FreedState
from booking.offer import Offer, OfferState
from booking.time_span import TimeSpan
from identity.secret import kept
from server.database.appointments_table import appointments
from server.database.columns import Utc, appointment_column, id_column
from server.database.freed_slots_table import freed_slots
from server.database.links import TOKEN_BYTES
from server.database.metadata import METADATA
from server.database.openings import closures
from server.sealing import Sealer

offers = Table(
    "offers",
    METADATA,
    id_column(),
    Column("freed_id", Uuid, ForeignKey("freed_slots.id", ondelete="CASCADE"), nullable=False, index=True),
    appointment_column(),
    Column("adviser_id", Uuid, ForeignKey("staff.id"), nullable=False),
    Column("starts_at", Utc, nullable=False),
    Column("ends_at", Utc, nullable=False),
    Column("offered_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False),
    Column("hold_id", Uuid),
    Column("state", Text, nullable=False),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("sealed_token", LargeBinary, nullable=False),
    CheckConstraint("starts_at < ends_at", name="forward"),
    Index("ix_offers_appointment_id_offered_at", "appointment_id", "offered_at"),
    Index("ix_offers_state_expires_at", "state", "expires_at"),
)

_IS_OPEN = offers.c.state == OfferState.OPEN
_IS_CLOSED = exists().where(
    closures.c.starts_at < offers.c.ends_at,
    closures.c.ends_at > offers.c.starts_at,
    or_(closures.c.adviser_id.is_(None), closures.c.adviser_id == offers.c.adviser_id),
    or_(closures.c.offering_id.is_(None), closures.c.offering_id == appointments.c.offering_id),
)


class SqlOffers:
    """Letters need the token again, so it is also kept sealed."""

    def __init__(self, connection: AsyncConnection, sealer: Sealer) -> None:
        self._connection = connection
        self._sealer = sealer

    async def add(self, offer: Offer) -> str:
        token = secrets.token_urlsafe(TOKEN_BYTES)
        await self._connection.execute(
            insert(offers).values(
                id=offer.id,
                freed_id=offer.freed_id,
                appointment_id=offer.appointment_id,
                adviser_id=offer.adviser_id,
                starts_at=offer.span.start,
                ends_at=offer.span.end,
                offered_at=offer.offered_at,
                expires_at=offer.expires_at,
                hold_id=offer.hold_id,
                state=offer.state,
                token_hash=kept(token),
                sealed_token=self._sealer.seal(token.encode(), purpose=_purpose(offer.id)),
            )
        )
        return token

    async def get(self, offer_id: UUID) -> Offer:
        return await self._one(select(offers).where(offers.c.id == offer_id))

    async def behind(self, token: str) -> Offer:
        return await self._one(select(offers).where(offers.c.token_hash == kept(token)))

    async def token(self, offer_id: UUID) -> str:
        query = select(offers.c.sealed_token).where(offers.c.id == offer_id)
        sealed = (await self._connection.execute(query)).scalar_one_or_none()
        if sealed is None:
            raise NotFound(offer_id)
        return self._sealer.open(sealed, purpose=_purpose(offer_id)).decode()

    async def change(self, offer: Offer) -> None:
        query = update(offers).where(offers.c.id == offer.id)
        await self._connection.execute(query.values(state=offer.state))

    async def open_of(self, appointment_id: UUID) -> Offer | None:
        query = select(offers).where(offers.c.appointment_id == appointment_id, _IS_OPEN)
        found = await self._many(query.order_by(offers.c.offered_at).limit(1))
        return found[0] if found else None

    async def all_open(self) -> list[Offer]:
        return await self._many(select(offers).where(_IS_OPEN).order_by(offers.c.expires_at, offers.c.id))

    async def standing(self, freed_id: UUID) -> list[Offer]:
        query = select(offers).where(offers.c.freed_id == freed_id, _IS_OPEN)
        return await self._many(query.order_by(offers.c.offered_at, offers.c.id))

    async def to_end(self, now: datetime, *, limit: int) -> list[Offer]:
        query = (
            select(offers)
            .join(appointments, appointments.c.id == offers.c.appointment_id)
            .join(freed_slots, freed_slots.c.id == offers.c.freed_id)
            .where(
                _IS_OPEN,
                or_(
                    offers.c.expires_at <= now,
                    freed_slots.c.state == FreedState.CLAIMED,
                    appointments.c.status != Status.BOOKED,
                    appointments.c.starts_at <= offers.c.starts_at,
                    _IS_CLOSED,
                ),
            )
            .order_by(offers.c.expires_at, offers.c.id)
            .limit(limit)
        )
        return await self._many(query)

    async def _one(self, query: Select[Any]) -> Offer:
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            raise NotFound
        return _offer(row)

    async def _many(self, query: Select[Any]) -> list[Offer]:
        return [_offer(row) for row in await self._connection.execute(query)]


def _offer(row: Row[Any]) -> Offer:
    return Offer(
        id=row.id,
        freed_id=row.freed_id,
        appointment_id=row.appointment_id,
        adviser_id=row.adviser_id,
        span=TimeSpan(row.starts_at, row.ends_at),
        offered_at=row.offered_at,
        expires_at=row.expires_at,
        hold_id=row.hold_id,
        state=OfferState(row.state),
    )


def _purpose(offer_id: UUID) -> str:
    return f"offer {offer_id}"
