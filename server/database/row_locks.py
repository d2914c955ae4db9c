"""Which appointments a unit holds, so that none is locked twice and none written in vain."""

from collections.abc import Collection, Iterable
from uuid import UUID

from booking.appointment import Appointment


class RowLocks:
    """The appointments that this unit has locked or made; nobody else can change them until it ends."""

    def __init__(self) -> None:
        self._held: dict[UUID, Appointment | None] = {}
        self._advisers: set[UUID] = set()

    @property
    def advisers(self) -> Collection[UUID]:
        """Whose appointments this unit holds or held: before and after a change, if that differs."""
        return self._advisers

    def hold(
        self, appointment_id: UUID, appointment: Appointment | None = None, *, adviser_id: UUID | None = None
    ) -> None:
        """Keep in mind that it is locked, and how it stands in the table now where that is known."""
        self._held[appointment_id] = appointment
        whose = appointment.adviser_id if appointment else adviser_id
        if whose is not None:
            self._advisers.add(whose)

    def concern(self, adviser_ids: Iterable[UUID]) -> None:
        """Keep in mind that advisers want to hear of this unit, though it holds no appointment of theirs."""
        self._advisers.update(adviser_ids)

    def held(self, appointment_id: UUID) -> Appointment | None:
        """Return an appointment as it stands in the table, if this unit holds and knows it."""
        return self._held.get(appointment_id)

    def holds(self, appointment_id: UUID) -> bool:
        """Tell whether this unit has locked or made it, so that nobody else can change it now."""
        return appointment_id in self._held
