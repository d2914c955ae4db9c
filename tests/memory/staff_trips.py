"""Trips of the staff to the organisation's issuer, and who is who there, in memory."""

from uuid import UUID

from identity.errors import NotOnStaff
from identity.staff_issuer.trip import StaffTrip
from tests.memory.state import State


class MemoryStaffTrips:
    def __init__(self, state: State) -> None:
        self._state = state

    async def add(self, trip: StaffTrip) -> None:
        self._state.staff_trips[trip.state_hash] = trip

    async def use(self, state_hash: bytes) -> StaffTrip | None:
        found = self._state.staff_trips.get(state_hash)
        if found is not None:
            del self._state.staff_trips[state_hash]
        return found

    async def member_of(self, issuer: str, subject: str) -> UUID | None:
        return self._state.staff_subjects.get((issuer, subject))

    async def bind(self, issuer: str, subject: str, staff_id: UUID) -> None:
        known = self._state.staff_subjects
        if (issuer, subject) in known or any(
            at == issuer and who == staff_id for (at, _), who in known.items()
        ):
            raise NotOnStaff
        known[issuer, subject] = staff_id
