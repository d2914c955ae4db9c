"""The staff who sign in; advisers are those of them who meet customers."""

from uuid import UUID

from sqlalchemy import Boolean, Column, ForeignKey, Row, Table, Text, Uuid, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from identity.errors import NotFound
from identity.permission import Role
from identity.staff import Credentials, StaffMember
from server.database.columns import JSON_VALUE, id_column
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

    async def add(self, credentials: Credentials) -> None:
        member = credentials.member
        await self._connection.execute(
            insert(staff).values(
                id=member.id,
                login=member.login,
                name=member.name,
                role=member.role,
                team_id=member.team_id,
                languages=list(member.languages),
                is_active=member.is_active,
                password_hash=credentials.password_hash,
                texts=[],
            )
        )


def _member(row: Row[tuple[object, ...]]) -> StaffMember:
    return StaffMember(
        id=row.id,
        login=row.login,
        name=row.name,
        role=Role(row.role),
        team_id=row.team_id,
        languages=tuple(row.languages),
        is_active=row.is_active,
    )
