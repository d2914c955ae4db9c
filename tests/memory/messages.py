"""Text messages that came in, and the numbers that want none, in memory."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from booking.errors import NotFound
from booking.message import Meaning, Message
from tests.memory.state import State


class MemoryMessages:
    def __init__(self, state: State) -> None:
        self._state = state

    async def add(self, message: Message) -> bool:
        if any(one.key == message.key for one in self._state.messages.values()):
            return False
        self._state.messages[message.id] = message
        return True

    async def set_meaning(self, message: Message) -> None:
        self._state.messages[message.id] = message

    async def of(self, appointment_id: UUID) -> Sequence[Message]:
        return [one for one in self._ordered() if one.appointment_id == appointment_id]

    async def unread(self, adviser_ids: Collection[UUID]) -> Sequence[Message]:
        waiting = (one for one in self._ordered() if one.meaning is Meaning.FOR_STAFF and not one.read_at)
        return [one for one in waiting if self._adviser_of(one) in adviser_ids]

    async def count_of_nobody(self, since: datetime) -> int:
        return sum(one.meaning is Meaning.NOBODYS and one.at >= since for one in self._ordered())

    async def get(self, message_id: UUID) -> Message:
        if message_id not in self._state.messages:
            raise NotFound(message_id)
        return self._state.messages[message_id]

    async def mark_read(self, message_id: UUID, *, at: datetime) -> None:
        message = self._state.messages[message_id]
        self._state.messages[message_id] = replace(message, read_at=message.read_at or at)

    def _adviser_of(self, message: Message) -> UUID | None:
        appointment_id = message.appointment_id
        return self._state.appointments[appointment_id].adviser_id if appointment_id else None

    def _ordered(self) -> Sequence[Message]:
        return sorted(self._state.messages.values(), key=lambda one: (one.at, str(one.id)))


class MemoryStoppedNumbers:
    def __init__(self, state: State) -> None:
        self._state = state

    async def add(self, phone_key: str, *, since: datetime) -> None:
        self._state.stopped_numbers.setdefault(phone_key, since)

    async def remove(self, phone_key: str) -> None:
        if phone_key in self._state.stopped_numbers:
            del self._state.stopped_numbers[phone_key]

    async def among(self, phone_keys: Collection[str]) -> Collection[str]:
        return frozenset(phone_keys) & frozenset(self._state.stopped_numbers)

    async def all(self) -> Collection[str]:
        return frozenset(self._state.stopped_numbers)
