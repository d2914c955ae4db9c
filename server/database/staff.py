"""The staff who sign in; advisers are those of them who meet customers."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Column, ForeignKey, Row, Table, Text, Uuid, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from identity.errors import LoginTaken, NotFound
from identity.permission import Role
from identity.staff import Credentials, StaffMember
from server.database.columns import JSON_VALUE, id_column
from server.database.insert import insert_into
from server.database.metadata import METADATA

staff = Table(
    "staff",
    METADATA,
    id_column(),
    Column("login", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("team_id", Uuid, ForeignKey("teams.id"), nullable=False, index=True),
    Column("languages", JSON_VALUE, nullable=False),
    Column("is_active", Boolean, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("texts", JSON_VALUE, nullable=False),
    Column("photo_id", Uuid),
    Column("zone", Text),
    Column("email", Text),
    Column("phone", Text),
)


class SqlStaff:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, staff_id: UUID) -> StaffMember:
        row = (await self._connection.execute(select(staff).where(staff.c.id == staff_id))).one_or_none()
        if row is None:
            raise NotFound(staff_id)
        return _member(row)

    async def by_login(self, login: str) -> Credentials | None:
        row = (await self._connection.execute(select(staff).where(staff.c.login == login))).one_or_none()
        return None if row is None else Credentials(_member(row), row.password_hash)

    async def all(self) -> list[StaffMember]:
        return [
            _member(row)
            for row in await self._connection.execute(select(staff).order_by(staff.c.name, staff.c.id))
        ]

    async def locked(self, staff_ids: Collection[UUID]) -> dict[UUID, StaffMember]:
        """Lock in the order of the ids, so that two who lock the same members never wait for each other."""
        query = select(staff).where(staff.c.id.in_(staff_ids)).order_by(staff.c.id)
        rows = await self._connection.execute(query.with_for_update(key_share=True))
        found = {row.id: _member(row) for row in rows}
        for staff_id in staff_ids:
            if staff_id not in found:
                raise NotFound(staff_id)
        return found

    async def add(self, credentials: Credentials) -> None:
        adding = insert_into(self._connection, staff).values(
            id=credentials.member.id,
            login=credentials.member.login,
            password_hash=credentials.password_hash,
            texts=[],
            **_values(credentials.member),
        )
        added = await self._connection.execute(adding.on_conflict_do_nothing(index_elements=["login"]))
        if not added.rowcount:
            raise LoginTaken(credentials.member.login)

    async def change(self, member: StaffMember) -> None:
        mine = staff.c.id == member.id
        await self._connection.execute(update(staff).where(mine).values(**_values(member)))

    async def change_password(self, staff_id: UUID, password_hash: str) -> None:
        mine = staff.c.id == staff_id
        await self._connection.execute(update(staff).where(mine).values(password_hash=password_hash))


def _values(member: StaffMember) -> dict[str, Any]:
    """Return what of a member may change."""
    return {
        "name": member.name,
        "role": member.role,
        "team_id": member.team_id,
        "languages": list(member.languages),
        "is_active": member.is_active,
        "email": member.email or None,
        "phone": member.phone or None,
    }


def _member(row: Row[tuple[object, ...]]) -> StaffMember:
    return StaffMember(
        id=row.id,
        login=row.login,
        name=row.name,
        role=Role(row.role),
        team_id=row.team_id,
        languages=tuple(row.languages),
        is_active=row.is_active,
        email=row.email or "",
        phone=row.phone or "",
    )
