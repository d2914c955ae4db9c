"""Which appointments a unit holds, so that none is locked twice."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection


class RowLocks:
    """The appointments that this unit has locked or made; nobody else can change them until it ends."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._is_alone = connection.dialect.name == "sqlite"
        self._held: set[UUID] = set()

    def hold(self, appointment_id: UUID) -> None:
        self._held.add(appointment_id)

    def holds(self, appointment_id: UUID) -> bool:
        """Tell whether nobody else can change it now; a unit that writes on SQLite is alone."""
        return self._is_alone or appointment_id in self._held
