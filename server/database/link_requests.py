"""Wishes of people who lost their link, until the background work has seen to them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Column, Index, LargeBinary, Row, Table, Text, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.link_request import LinkRequest
from server.database.columns import Utc, id_column
from server.database.metadata import METADATA

link_requests = Table(
    "link_requests",
    METADATA,
    id_column(),
    Column("email", Text, nullable=False),
    Column("address", LargeBinary, nullable=False),
    Column("asked_at", Utc, nullable=False),
    Column("handled_at", Utc),
    Column("is_answered", Boolean, nullable=False),
    Index("ix_link_requests_handled_at_asked_at", "handled_at", "asked_at"),
    Index("ix_link_requests_email_asked_at", "email", "asked_at"),
    Index("ix_link_requests_address_asked_at", "address", "asked_at"),
)


class SqlLinkRequests:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, request: LinkRequest) -> None:
        await self._connection.execute(
            insert(link_requests).values(
                id=request.id,
                email=request.email,
                address=request.address,
                asked_at=request.at,
                is_answered=False,
            )
        )

    async def take(self, *, limit: int, now: datetime) -> list[LinkRequest]:
        waiting = (
            select(link_requests.c.id)
            .where(link_requests.c.handled_at.is_(None))
            .order_by(link_requests.c.asked_at, link_requests.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        taken = await self._connection.execute(
            update(link_requests)
            .where(link_requests.c.id.in_(waiting.scalar_subquery()))
            .values(handled_at=now)
            .returning(*link_requests.c)
        )
        return sorted((_request(row) for row in taken), key=lambda one: (one.at, one.id))

    async def mark_answered(self, request_id: UUID) -> None:
        own = link_requests.c.id == request_id
        await self._connection.execute(update(link_requests).where(own).values(is_answered=True))

    async def count_answered(
        self, *, email: str | None = None, address: bytes | None = None, since: datetime
    ) -> int:
        query = select(func.count()).where(link_requests.c.is_answered, link_requests.c.asked_at > since)
        if email is not None:
            query = query.where(link_requests.c.email == email)
        if address is not None:
            query = query.where(link_requests.c.address == address)
        return (await self._connection.execute(query)).scalar_one()


def _request(row: Row[Any]) -> LinkRequest:
    return LinkRequest(id=row.id, email=row.email, address=row.address, at=row.asked_at)
