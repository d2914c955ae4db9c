"""Authenticator apps of the staff, their secrets sealed, and the hashes of recovery codes."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    LargeBinary,
    Table,
    Uuid,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from identity.one_time_code import Authenticator
from server.database.columns import Utc
from server.database.insert import insert_into
from server.database.metadata import METADATA
from server.sealing import Sealer

authenticators = Table(
    "authenticators",
    METADATA,
    Column("staff_id", Uuid, ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True),
    Column("is_confirmed", Boolean, primary_key=True),
    Column("sealed_secret", LargeBinary, nullable=False),
    Column("made_at", Utc, nullable=False),
    Column("last_step", BigInteger, nullable=False),
)
recovery_codes = Table(
    "recovery_codes",
    METADATA,
    Column("code_hash", LargeBinary, primary_key=True),
    Column("staff_id", Uuid, ForeignKey("staff.id", ondelete="CASCADE"), nullable=False, index=True),
)


class SqlSecondFactors:
    def __init__(self, connection: AsyncConnection, sealer: Sealer) -> None:
        self._connection = connection
        self._sealer = sealer

    async def find(self, staff_id: UUID) -> Authenticator | None:
        return await self._found(staff_id, is_confirmed=True)

    async def proposed(self, staff_id: UUID) -> Authenticator | None:
        return await self._found(staff_id, is_confirmed=False)

    async def propose(self, authenticator: Authenticator) -> None:
        sealed = self._sealer.seal(authenticator.secret.encode(), purpose=_purpose(authenticator.staff_id))
        values = {"sealed_secret": sealed, "made_at": authenticator.made_at, "last_step": 0}
        await self._connection.execute(
            insert_into(self._connection, authenticators)
            .values(staff_id=authenticator.staff_id, is_confirmed=False, **values)
            .on_conflict_do_update(index_elements=["staff_id", "is_confirmed"], set_=values)
        )

    async def confirm(self, staff_id: UUID, step: int) -> None:
        mine = authenticators.c.staff_id == staff_id
        await self._connection.execute(delete(authenticators).where(mine, authenticators.c.is_confirmed))
        await self._connection.execute(
            update(authenticators).where(mine).values(is_confirmed=True, last_step=step)
        )

    async def take_step(self, staff_id: UUID, step: int) -> bool:
        table = authenticators.c
        taking = update(authenticators).where(
            table.staff_id == staff_id, table.is_confirmed, table.last_step < step
        )
        return bool((await self._connection.execute(taking.values(last_step=step))).rowcount)

    async def put_recovery_codes(self, staff_id: UUID, hashes: Sequence[bytes]) -> None:
        await self._connection.execute(delete(recovery_codes).where(recovery_codes.c.staff_id == staff_id))
        rows = [{"code_hash": one, "staff_id": staff_id} for one in hashes]
        await self._connection.execute(insert(recovery_codes), rows)

    async def use_recovery_code(self, staff_id: UUID, code_hash: bytes) -> bool:
        table = recovery_codes.c
        using = delete(recovery_codes).where(table.code_hash == code_hash, table.staff_id == staff_id)
        return bool((await self._connection.execute(using)).rowcount)

    async def recovery_codes_left(self, staff_id: UUID) -> int:
        query = select(func.count()).where(recovery_codes.c.staff_id == staff_id)
        return (await self._connection.execute(query)).scalar_one()

    async def remove_all_of(self, staff_id: UUID) -> None:
        for table in (authenticators, recovery_codes):
            await self._connection.execute(delete(table).where(table.c.staff_id == staff_id))

    async def _found(self, staff_id: UUID, *, is_confirmed: bool) -> Authenticator | None:
        table = authenticators.c
        query = select(authenticators).where(table.staff_id == staff_id, table.is_confirmed == is_confirmed)
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            return None
        secret = self._sealer.open(row.sealed_secret, purpose=_purpose(staff_id)).decode()
        return Authenticator(staff_id=staff_id, secret=secret, made_at=row.made_at, last_step=row.last_step)


def _purpose(staff_id: UUID) -> str:
    return f"authenticator {staff_id}"
