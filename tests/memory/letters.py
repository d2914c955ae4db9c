"""The outbox with its queue, and the demo's letters, in memory."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from booking.errors import NotFound
from booking.letter import Channel, LetterDue
from server.database.demo_letters import DemoLetter
from server.database.outbox import DOUBT_LASTS
from server.database.outbox_table import Delivery, OutgoingLetter
from server.database.senders import LEASE
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
            replace(letter, state=Delivery.CLAIMED, tries=letter.tries + 1, claimed_at=now)
            for *_, letter in due[:limit]
        ]
        for letter in claimed:
            self._state.outbox[letter.id] = Queued(letter, next_at=None)
        return claimed

    async def get(self, letter_id: UUID) -> OutgoingLetter:
        if letter_id not in self._state.outbox:
            raise NotFound
        return self._state.outbox[letter_id].letter

    async def mark_sent(self, letter_id: UUID, *, at: datetime) -> bool:
        if self._state.outbox[letter_id].letter.state not in (Delivery.CLAIMED, Delivery.IN_DOUBT):
            return False
        self._mark(letter_id, Delivery.SENT, None, sent_at=at)
        return True

    async def mark_delivered(self, letter_id: UUID, *, at: datetime) -> None:
        queued = self._state.outbox[letter_id]
        self._state.outbox[letter_id] = replace(queued, delivered_at=queued.delivered_at or at)

    async def mark_dropped(self, letter_id: UUID, reason: str) -> None:
        self._mark(letter_id, Delivery.DROPPED, reason)

    async def mark_failed(self, letter_id: UUID, reason: str) -> bool:
        if self._state.outbox[letter_id].letter.state is Delivery.FAILED:
            return False
        self._mark(letter_id, Delivery.FAILED, reason)
        return True

    async def retry_at(self, letter_id: UUID, at: datetime, reason: str) -> None:
        self._mark(letter_id, Delivery.WAITING, reason, next_at=at)

    async def put_back(self, letter_id: UUID, at: datetime, reason: str) -> None:
        self._mark(letter_id, Delivery.WAITING, reason, next_at=at, counts=-1)

    async def put_in_doubt(self, channel: Channel, now: datetime, older_than: timedelta) -> int:
        doubted = [
            one.letter
            for one in self._state.outbox.values()
            if one.letter.letter.channel is channel
            and one.letter.state is Delivery.CLAIMED
            and one.letter.claimed_at
            and one.letter.claimed_at <= now - older_than
        ]
        for letter in doubted:
            self._doubt(letter, now)
        return len(doubted)

    async def doubt(self, letter_id: UUID, now: datetime, reason: str) -> None:
        self._doubt(replace(self._state.outbox[letter_id].letter, reason=reason), now)

    async def send_again(self, letter_id: UUID, now: datetime) -> bool:
        if not self._waits_for_a_person(letter_id):
            return False
        letter = replace(self._state.outbox[letter_id].letter, state=Delivery.WAITING)
        self._state.outbox[letter_id] = Queued(letter, next_at=now)
        return True

    async def leave(self, letter_id: UUID, reason: str) -> bool:
        if not self._waits_for_a_person(letter_id):
            return False
        self._mark(letter_id, Delivery.DROPPED, reason)
        return True

    async def unserved(self, channel: Channel, now: datetime, *, limit: int) -> list[OutgoingLetter]:
        found = sorted(
            (one.next_at, str(one.letter.id), one.letter)
            for one in self._state.outbox.values()
            if one.letter.letter.channel is channel
            and one.letter.state is Delivery.WAITING
            and one.next_at is not None
            and one.next_at <= now
            and _urgency(one.letter)[0] <= now
        )
        return [letter for *_, letter in found[:limit]]

    async def in_doubt(self) -> list[OutgoingLetter]:
        letters = (one.letter for one in self._state.outbox.values())
        found = (one for one in letters if one.state is Delivery.IN_DOUBT)
        return sorted(found, key=lambda one: (one.put_at, one.id))

    async def counts(self) -> Mapping[str, int]:
        return Counter(one.letter.state for one in self._state.outbox.values())

    def _doubt(self, letter: OutgoingLetter, now: datetime) -> None:
        again = now + DOUBT_LASTS if letter.doubts == 0 else None
        doubtful = replace(letter, state=Delivery.IN_DOUBT, doubts=letter.doubts + 1)
        self._state.outbox[letter.id] = Queued(doubtful, next_at=again)

    def _waits_for_a_person(self, letter_id: UUID) -> bool:
        queued = self._state.outbox.get(letter_id)
        return queued is not None and queued.letter.state is Delivery.IN_DOUBT and queued.next_at is None

    def _mark(
        self,
        letter_id: UUID,
        state: Delivery,
        reason: str | None,
        *,
        next_at: datetime | None = None,
        sent_at: datetime | None = None,
        counts: int = 0,
    ) -> None:
        queued = self._state.outbox[letter_id]
        outgoing = queued.letter
        marked = replace(
            outgoing,
            letter=outgoing.letter if state is Delivery.WAITING else replace(outgoing.letter, to=""),
            state=state,
            reason=reason,
            sent_at=sent_at or outgoing.sent_at,
            tries=outgoing.tries + counts,
        )
        self._state.outbox[letter_id] = Queued(marked, next_at, queued.delivered_at)


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


class MemorySenders:
    def __init__(self, state: State) -> None:
        self._state = state

    async def hold(self, channel: Channel, holder: str, *, now: datetime) -> bool:
        by, until = self._state.senders.get(channel, (holder, now))
        if by != holder and now < until <= now + LEASE:
            return False
        self._state.senders[channel] = holder, now + LEASE
        return True

    async def leave(self, channel: Channel, holder: str) -> None:
        if channel in self._state.senders and self._state.senders[channel][0] == holder:
            del self._state.senders[channel]
