"""Who waits, in memory."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from booking.waiting_room import InLine, WaitingCustomer
from tests.memory.state import State


class MemoryWaitingRooms:
    def __init__(self, state: State) -> None:
        self._state = state

    @property
    def _rows(self) -> dict[UUID, WaitingCustomer]:
        return self._state.waiting

    async def keep(self, customer: WaitingCustomer) -> None:
        before = self._rows.get(customer.appointment_id)
        self._rows[customer.appointment_id] = replace(
            customer,
            beat_at=before.beat_at if before and customer.lost_at else customer.beat_at,
            claimed_by=before.claimed_by if before else None,
            claimed_at=before.claimed_at if before else None,
        )

    async def drop(self, appointment_id: UUID) -> None:
        if appointment_id in self._rows:
            del self._rows[appointment_id]

    async def of(self, appointment_ids: Collection[UUID]) -> Mapping[UUID, WaitingCustomer]:
        return {one: self._rows[one] for one in appointment_ids if one in self._rows}

    async def all(self, now: datetime) -> list[WaitingCustomer]:
        waiting = [each for each in self._rows.values() if not each.is_forgotten(now)]
        return sorted(waiting, key=self._in_line)

    async def line(self, now: datetime) -> list[InLine]:
        waiting = (
            each for each in self._rows.values() if not each.is_forgotten(now) and not each.claimant(now)
        )
        return sorted(self._in_line(each) for each in waiting)

    async def beat(
        self, appointment_ids: Collection[UUID], advisers: Mapping[UUID, UUID], *, now: datetime
    ) -> None:
        for one, row in list(self._rows.items()):
            if one in appointment_ids:
                row = replace(row, beat_at=now)
            if one in advisers and row.claimed_by == advisers[one]:
                row = replace(row, claimed_at=now)
            self._rows[one] = row

    async def claim(self, appointment_id: UUID, adviser_id: UUID, *, now: datetime) -> bool:
        row = self._rows.get(appointment_id)
        if row is None or (row.claimant(now) and row.claimed_by != adviser_id):
            return False
        self._rows[appointment_id] = replace(row, claimed_by=adviser_id, claimed_at=now)
        return True

    async def release(self, appointment_id: UUID, adviser_id: UUID) -> None:
        row = self._rows.get(appointment_id)
        if row is not None and row.claimed_by == adviser_id:
            self._rows[appointment_id] = replace(row, claimed_by=None, claimed_at=None)

    def _in_line(self, row: WaitingCustomer) -> InLine:
        appointment = self._state.appointments[row.appointment_id]
        return InLine(row.came_at, appointment.span.start, row.appointment_id, appointment.adviser_id)
