"""Which appointments a unit holds, so that none is locked twice and none written in vain."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from booking.appointment import Appointment


class RowLocks:
    """The appointments that this unit has locked or made; nobody else can change them until it ends."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._is_alone = connection.dialect.name == "sqlite"
        self._held: dict[UUID, Appointment | None] = {}

    def hold(self, appointment_id: UUID, appointment: Appointment | None = None) -> None:
        """Keep in mind that it is locked, and how it stands in the table now where that is known."""
        self._held[appointment_id] = appointment

    def held(self, appointment_id: UUID) -> Appointment | None:
        """Return an appointment as it stands in the table, if this unit holds and knows it."""
        return self._held.get(appointment_id)

    def holds(self, appointment_id: UUID) -> bool:
        """Tell whether nobody else can change it now; a unit that writes on SQLite is alone."""
        return self._is_alone or appointment_id in self._held
