"""Subscribers and their notices, in memory."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from booking.errors import NotFound
from booking.fact import Fact
from booking.notice import About, Attempt, Logged, Notice, Notified, Tally
from booking.subscriber import BOTH_SIGN_FOR, State, Stopped, Subscriber
from tests.memory.state import State as Tables
from tests.memory.state import Subscribed

DONE = frozenset({Notified.DELIVERED, Notified.FAILED})


class MemorySubscribers:
    def __init__(self, state: Tables) -> None:
        self._state = state

    async def all(self) -> Sequence[Subscriber]:
        found = (one.subscriber for one in self._state.subscribers.values())
        return sorted(found, key=lambda one: (one.name, str(one.id)))

    async def get(self, subscriber_id: UUID) -> Subscriber:
        return self._kept(subscriber_id).subscriber

    async def locked(self, subscriber_id: UUID) -> Subscriber:
        return await self.get(subscriber_id)

    async def add(self, subscriber: Subscriber, secret: str) -> None:
        self._state.subscribers[subscriber.id] = Subscribed(subscriber, (secret,))

    async def change(self, subscriber: Subscriber) -> None:
        self._replace(
            subscriber.id,
            name=subscriber.name,
            address=subscriber.address,
            format=subscriber.format,
            language=subscriber.language,
            kinds=subscriber.kinds,
        )

    async def put_in_state(self, subscriber_id: UUID, state: State, why: Stopped | None = None) -> None:
        self._replace(subscriber_id, state=state, stopped=why, failing_since=None, waits_until=None)

    async def replace_secret(self, subscriber_id: UUID, secret: str, *, at: datetime) -> None:
        self._replace(subscriber_id, secret_made_at=at)
        kept = self._kept(subscriber_id)
        self._state.subscribers[subscriber_id] = replace(kept, secrets=(secret, kept.secrets[0]))

    async def secrets(self, subscriber_id: UUID, *, now: datetime) -> Sequence[str]:
        kept = self._kept(subscriber_id)
        both = now < kept.subscriber.secret_made_at + BOTH_SIGN_FOR
        return list(kept.secrets if both else kept.secrets[:1])

    async def remove(self, subscriber_id: UUID) -> None:
        self._state.subscribers.pop(subscriber_id, None)
        for one in [one for one in self._state.notices.values() if one.notice.subscriber_id == subscriber_id]:
            del self._state.notices[one.notice.id]

    async def failed(self, subscriber_id: UUID, *, at: datetime) -> None:
        kept = self._state.subscribers.get(subscriber_id)
        if kept is not None and kept.subscriber.failing_since is None:
            self._replace(subscriber_id, failing_since=at)

    async def answered(self, subscriber_id: UUID) -> None:
        if subscriber_id in self._state.subscribers:
            self._replace(subscriber_id, failing_since=None)

    async def wait(self, subscriber_id: UUID, *, until: datetime) -> None:
        kept = self._state.subscribers.get(subscriber_id)
        if kept is not None and (kept.subscriber.waits_until or until) <= until:
            self._replace(subscriber_id, waits_until=until)

    def _kept(self, subscriber_id: UUID) -> Subscribed:
        if subscriber_id not in self._state.subscribers:
            raise NotFound(subscriber_id)
        return self._state.subscribers[subscriber_id]

    def _replace(self, subscriber_id: UUID, **values: object) -> None:
        kept = self._kept(subscriber_id)
        changed = replace(kept.subscriber, **values)  # type: ignore[arg-type]  # of the right types above
        self._state.subscribers[subscriber_id] = replace(kept, subscriber=changed)


class MemoryNotices:
    def __init__(self, state: Tables) -> None:
        self._state = state

    async def add(self, notice: Notice) -> None:
        self._state.notices[notice.id] = Logged(notice, ())

    async def due(self, now: datetime) -> Sequence[UUID]:
        waiting = {one.subscriber_id for one in self._all() if _is_due(one, now)}
        return [one for one in waiting if _may_be_told(self._state.subscribers[one].subscriber, now)]

    async def under_way(self, subscriber_id: UUID, now: datetime) -> int:
        claimed = [one for one in self._of(subscriber_id) if one.state is Notified.CLAIMED]
        return sum(not _is_due(one, now) for one in claimed)

    async def claim(
        self, subscriber_id: UUID, now: datetime, until: datetime, limit: int
    ) -> Sequence[Notice]:
        due = [
            one
            for one in self._of(subscriber_id)
            if _is_due(one, now) and not any(_comes_first(other, one) for other in self._of(subscriber_id))
        ]
        first = sorted(due, key=lambda one: (one.next_at, _seq(one), str(one.id)))[:limit]
        claimed = [replace(one, state=Notified.CLAIMED, next_at=until, tries=one.tries + 1) for one in first]
        for one in claimed:
            self._keep(one)
        return claimed

    async def mark_delivered(self, notice_id: UUID, attempt: Attempt) -> None:
        self._mark(notice_id, attempt, state=Notified.DELIVERED, next_at=None, done_at=attempt.at)

    async def mark_failed(self, notice_id: UUID, attempt: Attempt) -> None:
        self._mark(notice_id, attempt, state=Notified.FAILED, next_at=None, done_at=attempt.at)

    async def retry_at(self, notice_id: UUID, attempt: Attempt, at: datetime) -> None:
        self._mark(notice_id, attempt, state=Notified.WAITING, next_at=at)

    async def replay(self, subscriber_id: UUID, notice_id: UUID, *, now: datetime) -> bool:
        found = [one for one in self._of(subscriber_id) if one.id == notice_id and one.state in DONE]
        return self._again(found, now) > 0

    async def replay_failed(self, subscriber_id: UUID, *, since: datetime, now: datetime) -> int:
        found = [one for one in self._of(subscriber_id) if one.state is Notified.FAILED and one.at >= since]
        return self._again(found, now)

    async def log(
        self, subscriber_id: UUID, *, only_failed: bool = False, before: datetime | None = None, limit: int
    ) -> Sequence[Logged]:
        found = [
            one
            for one in self._of(subscriber_id)
            if (not only_failed or one.state is Notified.FAILED) and (before is None or one.at < before)
        ]
        newest = sorted(found, key=lambda one: (one.at, _seq(one)), reverse=True)[:limit]
        return [self._state.notices[one.id] for one in newest]

    async def tallies(self) -> Mapping[UUID, Tally]:
        return {one.subscriber_id: self._tally(self._of(one.subscriber_id)) for one in self._all()}

    def _tally(self, found: Sequence[Notice]) -> Tally:
        delivered = [one for one in found if one.state is Notified.DELIVERED]
        failed = sum(one.state is Notified.FAILED for one in found)
        return Tally(
            waiting=len(found) - len(delivered) - failed,
            delivered=len(delivered),
            failed=failed,
            last_delivered_at=max((one.done_at for one in delivered if one.done_at), default=None),
        )

    def _again(self, found: Iterable[Notice], now: datetime) -> int:
        waiting = [replace(one, state=Notified.WAITING, next_at=now, tries=0, done_at=None) for one in found]
        for one in waiting:
            self._keep(one)
        return len(waiting)

    def _mark(self, notice_id: UUID, attempt: Attempt, **values: object) -> None:
        logged = self._state.notices.get(notice_id)
        if logged is not None:
            notice = replace(logged.notice, **values)  # type: ignore[arg-type]  # of the right types above
            self._state.notices[notice_id] = Logged(notice, (*logged.attempts, attempt))

    def _keep(self, notice: Notice) -> None:
        self._state.notices[notice.id] = replace(self._state.notices[notice.id], notice=notice)

    def _all(self) -> list[Notice]:
        return [one.notice for one in self._state.notices.values()]

    def _of(self, subscriber_id: UUID) -> list[Notice]:
        return [one for one in self._all() if one.subscriber_id == subscriber_id]


def tell(state: Tables, fact: Fact) -> None:
    """Make a notice of a fact for each who asked for its kind, as the trigger of the databases does."""
    appointment = state.appointments.get(fact.appointment_id)
    for kept in state.subscribers.values():
        subscriber = kept.subscriber
        if appointment and fact.kind in subscriber.kinds and subscriber.state is not State.STOPPED:
            about = About(
                appointment_id=appointment.id,
                offering_id=appointment.offering_id,
                adviser_id=appointment.adviser_id,
                seq=fact.seq,
                kind=fact.kind,
            )
            notice = Notice(id=uuid4(), subscriber_id=subscriber.id, about=about, at=fact.at, next_at=fact.at)
            state.notices[notice.id] = Logged(notice, ())


def _may_be_told(subscriber: Subscriber, now: datetime) -> bool:
    may_be = subscriber.waits_until is None or subscriber.waits_until <= now
    return may_be and subscriber.state is State.ACTIVE


def _is_due(notice: Notice, now: datetime) -> bool:
    return notice.next_at is not None and notice.next_at <= now


def _comes_first(other: Notice, notice: Notice) -> bool:
    is_first_time = (other.state, other.tries) in ((Notified.WAITING, 0), (Notified.CLAIMED, 1))
    same = other.about and notice.about and other.about.appointment_id == notice.about.appointment_id
    return bool(same) and is_first_time and _seq(other) < _seq(notice)


def _seq(notice: Notice) -> int:
    return notice.about.seq if notice.about else 0
