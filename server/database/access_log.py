"""Who looked at what is a customer's."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from identity.look import Kept, Look, Thing, Viewer
from identity.look_ports import LooksAt
from server.database.access_log_table import access_log
from server.database.identifications import identifications


class SqlAccessLog:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, looks: Sequence[Look]) -> None:
        if looks:
            await self._connection.execute(insert(access_log), [_row(look) for look in looks])

    async def unwritten(self, looks: Sequence[Look], *, since: datetime) -> list[Look]:
        query = select(access_log).where(
            access_log.c.thing_id.in_({look.thing_id for look in looks}), access_log.c.at >= since
        )
        known = {_same(kept_of(row).look) for row in await self._connection.execute(query)} if looks else ()
        return [look for look in looks if not look.is_repeatable or _same(look) not in known]

    async def newest(self, at: LooksAt, *, before: int | None = None, limit: int | None = None) -> list[Kept]:
        query = select(access_log).order_by(access_log.c.number.desc()).limit(limit)
        if before is not None:
            query = query.where(access_log.c.number < before)
        return [kept_of(row) for row in await self._connection.execute(_narrowed(query, at))]


def kept_of(row: Row[Any]) -> Kept:
    look = Look(
        at=row.at,
        viewer=Viewer(row.viewer),
        by=row.viewer_id,
        thing=Thing(row.thing),
        thing_id=row.thing_id,
        purpose=row.purpose,
        reason=row.reason,
        appointment_id=row.appointment_id,
        person_id=row.person_id,
    )
    return Kept(number=row.number, look=look, place=row.place, hash=row.hash)


def _row(look: Look) -> dict[str, Any]:
    return {
        "at": look.at,
        "viewer": look.viewer.value,
        "viewer_id": look.by,
        "thing": look.thing.value,
        "thing_id": look.thing_id,
        "appointment_id": look.appointment_id,
        "person_id": look.person_id,
        "purpose": look.purpose,
        "reason": look.reason,
    }


def _same(look: Look) -> tuple[object, ...]:
    return look.viewer, look.by, look.thing, look.thing_id, look.purpose, look.reason


def _narrowed(query: Select[Any], at: LooksAt) -> Select[Any]:
    if at.appointment_id is not None:
        query = query.where(access_log.c.appointment_id == at.appointment_id)
    if at.person_id is not None:
        query = query.where(_of_person(at))
    if at.by is not None:
        query = query.where(access_log.c.viewer_id == at.by)
    if at.thing is not None:
        query = query.where(access_log.c.thing == at.thing.value)
    if at.since is not None:
        query = query.where(access_log.c.at >= at.since)
    if at.until is not None:
        query = query.where(access_log.c.at < at.until)
    return query


def _of_person(at: LooksAt) -> ColumnElement[bool]:
    theirs = select(identifications.c.appointment_id).where(identifications.c.person_id == at.person_id)
    return or_(access_log.c.person_id == at.person_id, access_log.c.appointment_id.in_(theirs))
