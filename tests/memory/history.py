"""Facts and reminders, in memory."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from booking.fact import Fact
from booking.reminder import Reminder
from tests.memory.state import State
from tests.memory.webhooks import tell


class MemoryFacts:
    def __init__(self, state: State) -> None:
        self._state = state

    async def append(self, fact: Fact) -> None:
        before = self._state.facts.get(fact.appointment_id, ())
        appended = replace(fact, seq=len(before) + 1)
        self._state.facts[fact.appointment_id] = (*before, appended)
        tell(self._state, appended)

    async def of(self, appointment_id: UUID) -> Sequence[Fact]:
        return list(self._state.facts.get(appointment_id, ()))

    async def of_many(self, appointment_ids: Collection[UUID]) -> Mapping[UUID, Sequence[Fact]]:
        return {one: list(self._state.facts[one]) for one in appointment_ids if one in self._state.facts}


class MemoryReminders:
    def __init__(self, state: State) -> None:
        self._state = state

    async def add(self, reminders: Collection[Reminder]) -> None:
        for reminder in reminders:
            before = self._state.reminders.get(reminder.appointment_id, ())
            self._state.reminders[reminder.appointment_id] = (*before, reminder)

    async def drop(self, appointment_id: UUID) -> None:
        self._state.reminders[appointment_id] = ()

    async def ahead(self, until: datetime) -> Sequence[Reminder]:
        due = [one for kept in self._state.reminders.values() for one in kept if one.due_at < until]
        return sorted(due, key=lambda one: one.due_at)

    async def take_due(self, now: datetime, *, limit: int) -> Sequence[Reminder]:
        due = [one for kept in self._state.reminders.values() for one in kept if one.due_at <= now]
        taken = sorted(due, key=lambda one: one.due_at)[:limit]
        for appointment_id in {one.appointment_id for one in taken}:
            kept = self._state.reminders[appointment_id]
            self._state.reminders[appointment_id] = tuple(one for one in kept if one not in taken)
        return taken
