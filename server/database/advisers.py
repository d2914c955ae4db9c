"""Who meets customers of which offering."""

from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.adviser import Adviser
from booking.availability import Openings
from booking.errors import NotFound
from booking.time_span import TimeSpan
from server.database.adviser_offerings import MEETS_CUSTOMERS, adviser_offerings
from server.database.openings import read_openings
from server.database.prepared import Prepared
from server.database.staff import staff

_ORDERED = select(staff).order_by(staff.c.name, staff.c.id)
_ONE = Prepared(_ORDERED.where(staff.c.id == bindparam("adviser")))
_MEETING = _ORDERED.where(MEETS_CUSTOMERS)
_ALL = Prepared(_MEETING)
_OF_OFFERING = _MEETING.join(adviser_offerings, adviser_offerings.c.adviser_id == staff.c.id).where(
    adviser_offerings.c.offering_id == bindparam("offering")
)
_WHOLE, _IDS = Prepared(_OF_OFFERING), Prepared(_OF_OFFERING.with_only_columns(staff.c.id))


class SqlAdvisers:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, adviser_id: UUID) -> Adviser:
        """Return an adviser also when they no longer work here: old appointments name them."""
        found = await self._advisers(_ONE, adviser=adviser_id)
        if not found:
            raise NotFound(adviser_id)
        return found[0]

    async def of_offering(self, offering_id: UUID) -> list[Adviser]:
        return await self._advisers(_WHOLE, offering=offering_id)

    async def ids_of_offering(self, offering_id: UUID) -> list[UUID]:
        return [row.id for row in await _IDS.rows(self._connection, {"offering": offering_id})]

    async def all(self) -> list[Adviser]:
        return await self._advisers(_ALL)

    async def openings(
        self, offering_id: UUID, within: TimeSpan, *, adviser_id: UUID | None = None
    ) -> Openings:
        return await read_openings(self._connection, offering_id, within, adviser_id)

    async def _advisers(self, query: Prepared, **values: UUID) -> list[Adviser]:
        return [
            Adviser(
                id=row.id,
                name=row.name,
                team_id=row.team_id,
                languages=tuple(row.languages),
                texts=dict(row.texts),
                photo_id=row.photo_id,
                zone=row.zone,
            )
            for row in await query.rows(self._connection, values)
        ]
