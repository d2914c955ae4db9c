"""The outbox with its queue, and the demo's letters, in memory."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from booking.letter import Channel, LetterDue
from server.database.demo_letters import DemoLetter
from server.database.outbox import DOUBT_LASTS, Delivery, OutgoingLetter
from tests.memory.state import Queued, State


class MemoryOutbox:
    def __init__(self, state: State) -> None:
        self._state = state

    async def put(self, letter: LetterDue, *, at: datetime) -> None:
        outgoing = OutgoingLetter(
            id=uuid4(), letter=letter, put_at=at, state=Delivery.WAITING, tries=0, doubts=0
        )
        self._state.outbox[outgoing.id] = Queued(outgoing, next_at=at)

    async def claim(self, channel: Channel, now: datetime, worker: str, limit: int) -> list[OutgoingLetter]:
        del worker
        ready = {Delivery.WAITING, Delivery.IN_DOUBT}
        due = sorted(
            (*_urgency(one.letter), str(one.letter.id), one.letter)
            for one in self._state.outbox.values()
            if one.letter.letter.channel is channel
            and one.letter.state in ready
            and one.next_at is not None
            and one.next_at <= now
        )
        claimed = [
            replace(letter, state=Delivery.CLAIMED, tries=letter.tries + 1) for *_, letter in due[:limit]
        ]
        for letter in claimed:
            self._state.outbox[letter.id] = Queued(letter, next_at=None, claimed_at=now)
        return claimed

    async def mark_sent(self, letter_id: UUID, *, at: datetime) -> None:
        del at
        self._mark(letter_id, Delivery.SENT, None)

    async def mark_dropped(self, letter_id: UUID, reason: str) -> None:
        self._mark(letter_id, Delivery.DROPPED, reason)

    async def mark_failed(self, letter_id: UUID, reason: str) -> None:
        self._mark(letter_id, Delivery.FAILED, reason)

    async def retry_at(self, letter_id: UUID, at: datetime, reason: str) -> None:
        self._mark(letter_id, Delivery.WAITING, reason, next_at=at)

    async def put_in_doubt(self, channel: Channel, now: datetime, older_than: timedelta) -> int:
        doubted = [
            one.letter
            for one in self._state.outbox.values()
            if one.letter.letter.channel is channel
            and one.letter.state is Delivery.CLAIMED
            and one.claimed_at
            and one.claimed_at <= now - older_than
        ]
        for letter in doubted:
            again = now + DOUBT_LASTS if letter.doubts == 0 else None
            doubtful = replace(letter, state=Delivery.IN_DOUBT, doubts=letter.doubts + 1)
            self._state.outbox[letter.id] = Queued(doubtful, next_at=again)
        return len(doubted)

    async def in_doubt(self) -> list[OutgoingLetter]:
        letters = (one.letter for one in self._state.outbox.values())
        found = (one for one in letters if one.state is Delivery.IN_DOUBT)
        return sorted(found, key=lambda one: (one.put_at, one.id))

    async def counts(self) -> Mapping[str, int]:
        return Counter(one.letter.state for one in self._state.outbox.values())

    def _mark(
        self, letter_id: UUID, state: Delivery, reason: str | None, *, next_at: datetime | None = None
    ) -> None:
        outgoing = self._state.outbox[letter_id].letter
        due = outgoing.letter if state is Delivery.WAITING else replace(outgoing.letter, to="")
        marked = replace(outgoing, letter=due, state=state, reason=reason)
        self._state.outbox[letter_id] = Queued(marked, next_at)


def _urgency(outgoing: OutgoingLetter) -> tuple[datetime, datetime]:
    return outgoing.letter.leave_by or outgoing.put_at, outgoing.put_at


class MemoryDemoLetters:
    def __init__(self, state: State) -> None:
        self._state = state

    async def add(self, letter: DemoLetter) -> None:
        if letter.message_id not in self._state.demo_letters:
            self._state.demo_letters[letter.message_id] = letter

    async def all(self) -> Sequence[DemoLetter]:
        return sorted(self._state.demo_letters.values(), key=lambda one: one.at, reverse=True)
