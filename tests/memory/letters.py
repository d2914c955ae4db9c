"""The outbox with its queue, and the demo's letters, in memory."""

from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from booking.errors import NotFound
from booking.fact import Actor
from booking.letter import Channel, LetterDue
from booking.letter_figures import ANSWERS, REACH, LetterFigures, TroubledLetter
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

    async def on_their_way(self, until: datetime) -> Sequence[tuple[datetime, LetterDue]]:
        found = (
            (
                one.letter.claimed_at if one.letter.state is Delivery.CLAIMED else one.next_at,
                one.letter.letter,
            )
            for one in self._state.outbox.values()
        )
        return sorted(((at, due) for at, due in found if at and at < until), key=lambda one: one[0])

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


class MemoryLetters:
    def __init__(self, state: State) -> None:
        self._state = state

    async def figures(
        self, bounds: Sequence[datetime], *, channel: Channel | None = None
    ) -> Sequence[LetterFigures]:
        days = [LetterFigures() for _ in bounds[1:]]
        for at, by, figures in [*self._put(), *self._planned()]:
            number = bisect(bounds, at) - 1
            if channel in (None, by) and 0 <= number < len(days):
                days[number] += figures
        return days

    async def failed(self, *, since: datetime, channel: Channel | None, limit: int) -> list[TroubledLetter]:
        found = [one for one in self._troubled(Delivery.FAILED, channel) if one.due_at >= since]
        return sorted(found, key=lambda one: one.due_at, reverse=True)[:limit]

    async def in_doubt(self, *, channel: Channel | None, limit: int) -> list[TroubledLetter]:
        found = self._troubled(Delivery.IN_DOUBT, channel)
        return sorted(found, key=lambda one: (not one.is_open, one.due_at))[:limit]

    async def state(self, letter_id: UUID) -> str:
        if letter_id not in self._state.outbox:
            raise NotFound
        return self._state.outbox[letter_id].letter.state

    async def send_again(self, letter_id: UUID, now: datetime) -> bool:
        return self._decide(letter_id, Delivery.WAITING, next_at=now)

    async def leave(self, letter_id: UUID, reason: str) -> bool:
        return self._decide(letter_id, Delivery.DROPPED, reason=reason)

    def _decide(
        self, letter_id: UUID, state: Delivery, *, next_at: datetime | None = None, reason: str | None = None
    ) -> bool:
        queued = self._state.outbox.get(letter_id)
        if queued is None or queued.letter.state is not Delivery.IN_DOUBT or queued.next_at is not None:
            return False
        letter = replace(queued.letter, state=state, reason=reason or queued.letter.reason)
        self._state.outbox[letter_id] = Queued(letter, next_at=next_at)
        return True

    def _put(self) -> Iterator[tuple[datetime, Channel, LetterFigures]]:
        for queued in self._state.outbox.values():
            letter = queued.letter
            figures = LetterFigures(
                planned=1,
                sent=letter.state is Delivery.SENT,
                delivered=queued.delivered_at is not None,
                failed=letter.state is Delivery.FAILED,
                in_doubt=letter.state is Delivery.IN_DOUBT,
                answered=letter.state is Delivery.SENT and self._is_answered(letter),
                unneeded=letter.state is Delivery.DROPPED,
                ahead=letter.state in (Delivery.WAITING, Delivery.CLAIMED),
            )
            yield letter.put_at, letter.letter.channel, figures

    def _planned(self) -> Iterator[tuple[datetime, Channel, LetterFigures]]:
        for appointment_id, planned in self._state.reminders.items():
            channels = self._state.appointments[appointment_id].customer.channels or (Channel.MAIL,)
            for reminder in planned:
                for channel in channels:
                    yield reminder.due_at, channel, LetterFigures(planned=1, ahead=1)

    def _is_answered(self, letter: OutgoingLetter) -> bool:
        sent_at = letter.sent_at
        return sent_at is not None and any(
            fact.kind in ANSWERS and fact.by is Actor.CUSTOMER and sent_at < fact.at <= sent_at + REACH
            for fact in self._state.facts.get(letter.letter.appointment_id, ())
        )

    def _troubled(self, state: Delivery, channel: Channel | None) -> list[TroubledLetter]:
        return [
            TroubledLetter(
                id=one.letter.id,
                appointment_id=one.letter.letter.appointment_id,
                kind=one.letter.letter.kind,
                channel=one.letter.letter.channel,
                start=self._state.appointments[one.letter.letter.appointment_id].span.start,
                adviser_id=self._state.appointments[one.letter.letter.appointment_id].adviser_id,
                due_at=one.letter.put_at,
                since=one.letter.claimed_at or one.letter.put_at,
                reason=one.letter.reason or "",
                is_open=state is Delivery.IN_DOUBT and one.next_at is None,
            )
            for one in self._state.outbox.values()
            if one.letter.state is state and channel in (None, one.letter.letter.channel)
        ]
