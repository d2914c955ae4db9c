"""Who customers were, once their appointments are long over: the facts stay, and name nobody."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.database.appointments_table import appointments
from server.database.delivered_codes import delivered_codes
from server.database.identifications import bindings, identifications
from server.database.persons_table import persons

AT_ONCE = 1000


async def forget_persons(connection: AsyncConnection, *, until: datetime) -> None:
    """Remove who was identified for what ended by then, and whoever has come to nothing since.

    The names, the keyed hash, the sealed code, passkeys and delivered codes go. The access log keeps its
    looks at a person, under an id that leads nowhere any more: its chain stays whole.
    """
    await _forget_identifications(connection, await _ended(connection, until))
    await _forget_nameless(connection, until)


async def _ended(connection: AsyncConnection, until: datetime) -> Collection[UUID]:
    query = (
        select(identifications.c.appointment_id)
        .join(appointments, appointments.c.id == identifications.c.appointment_id)
        .where(identifications.c.at <= until, appointments.c.ends_at <= until)
    )
    return (await connection.execute(query.distinct().limit(AT_ONCE))).scalars().all()


async def _forget_identifications(connection: AsyncConnection, ended: Collection[UUID]) -> None:
    if ended:
        for table in (delivered_codes, identifications, bindings):
            await connection.execute(delete(table).where(table.c.appointment_id.in_(ended)))


async def _forget_nameless(connection: AsyncConnection, until: datetime) -> None:
    """Remove persons without identifications; they are locked first, for one of them may come just now."""
    theirs = select(identifications.c.id).where(identifications.c.person_id == persons.c.id)
    over = select(persons.c.id).where(persons.c.last_identified_at <= until, ~theirs.exists())
    found = (await connection.execute(over.limit(AT_ONCE).with_for_update())).scalars().all()
    if found:
        await connection.execute(delete(persons).where(persons.c.id.in_(found)))
