"""Notices on their way to subscribers, each with a log of its tries.

waiting ──claim──► claimed ──► delivered | failed ──replay──► waiting
   ▲                  │
   └── retry_at ──────┘  a claim that ran out, because its worker died, is claimed anew

What is done with has no `next_at`; all else is due at that moment.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, case, exists, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.fact import FactKind
from booking.notice import About, Attempt, Fault, Logged, Notice, Notified, Tally
from booking.subscriber import State
from server.database.notices_table import attempts, notices
from server.database.subscribers import subscribers

_earlier = notices.alias("earlier")
_COMES_FIRST = exists().where(
    _earlier.c.appointment_id == notices.c.appointment_id,
    _earlier.c.subscriber_id == notices.c.subscriber_id,
    _earlier.c.seq < notices.c.seq,
    or_(
        and_(_earlier.c.state == Notified.WAITING, _earlier.c.tries == 0),
        and_(_earlier.c.state == Notified.CLAIMED, _earlier.c.tries == 1),
    ),
)
"""An earlier notice of the same appointment is being told for the first time, or will be."""


class SqlNotices:
    """Fulfils booking's Notices; the worker claims and commits, sends, then marks in a unit of its own."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, notice: Notice) -> None:
        about = notice.about
        told = (
            {"kind": about.kind, "seq": about.seq}
            | {name: getattr(about, name) for name in ("appointment_id", "offering_id", "adviser_id")}
            if about
            else {}
        )
        await self._connection.execute(
            insert(notices).values(
                id=notice.id,
                subscriber_id=notice.subscriber_id,
                at=notice.at,
                state=notice.state,
                next_at=notice.next_at,
                tries=notice.tries,
                **told,
            )
        )

    async def due(self, now: datetime) -> Sequence[UUID]:
        waits = exists().where(notices.c.subscriber_id == subscribers.c.id, notices.c.next_at <= now)
        may_be = or_(subscribers.c.waits_until.is_(None), subscribers.c.waits_until <= now)
        query = select(subscribers.c.id).where(subscribers.c.state == State.ACTIVE, may_be, waits)
        return list((await self._connection.execute(query)).scalars())

    async def under_way(self, subscriber_id: UUID, now: datetime) -> int:
        query = select(func.count()).where(
            notices.c.subscriber_id == subscriber_id,
            notices.c.state == Notified.CLAIMED,
            notices.c.next_at > now,
        )
        return (await self._connection.execute(query)).scalar_one()

    async def claim(
        self, subscriber_id: UUID, now: datetime, until: datetime, limit: int
    ) -> Sequence[Notice]:
        due = (
            select(notices.c.id)
            .where(notices.c.subscriber_id == subscriber_id, notices.c.next_at <= now, ~_COMES_FIRST)
            .order_by(notices.c.next_at, notices.c.seq, notices.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True, of=notices)
        )
        claimed = await self._connection.execute(
            update(notices)
            .where(notices.c.id.in_(due.scalar_subquery()))
            .values(state=Notified.CLAIMED, next_at=until, tries=notices.c.tries + 1)
            .returning(*notices.c)
        )
        return sorted((_notice(row) for row in claimed), key=lambda one: (one.at, one.id))

    async def mark_delivered(self, notice_id: UUID, attempt: Attempt) -> None:
        await self._mark(notice_id, attempt, state=Notified.DELIVERED, next_at=None, done_at=attempt.at)

    async def mark_failed(self, notice_id: UUID, attempt: Attempt) -> None:
        await self._mark(notice_id, attempt, state=Notified.FAILED, next_at=None, done_at=attempt.at)

    async def retry_at(self, notice_id: UUID, attempt: Attempt, at: datetime) -> None:
        await self._mark(notice_id, attempt, state=Notified.WAITING, next_at=at)

    async def replay(self, subscriber_id: UUID, notice_id: UUID, *, now: datetime) -> bool:
        done = notices.c.state.in_((Notified.DELIVERED, Notified.FAILED))
        return (
            await self._again(now, notices.c.subscriber_id == subscriber_id, notices.c.id == notice_id, done)
            > 0
        )

    async def replay_failed(self, subscriber_id: UUID, *, since: datetime, now: datetime) -> int:
        return await self._again(
            now,
            notices.c.subscriber_id == subscriber_id,
            notices.c.state == Notified.FAILED,
            notices.c.at >= since,
        )

    async def log(
        self, subscriber_id: UUID, *, only_failed: bool = False, before: datetime | None = None, limit: int
    ) -> Sequence[Logged]:
        query = select(notices).where(notices.c.subscriber_id == subscriber_id)
        if only_failed:
            query = query.where(notices.c.state == Notified.FAILED)
        if before is not None:
            query = query.where(notices.c.at < before)
        query = query.order_by(notices.c.at.desc(), notices.c.seq.desc(), notices.c.id).limit(limit)
        found = [_notice(row) for row in await self._connection.execute(query)]
        tries = await self._attempts([one.id for one in found])
        return [Logged(one, tries.get(one.id, ())) for one in found]

    async def tallies(self) -> Mapping[UUID, Tally]:
        def in_state(*states: Notified) -> Any:
            return func.sum(case((notices.c.state.in_(states), 1), else_=0))

        query = select(
            notices.c.subscriber_id,
            in_state(Notified.WAITING, Notified.CLAIMED).label("waiting"),
            in_state(Notified.DELIVERED).label("delivered"),
            in_state(Notified.FAILED).label("failed"),
            func.max(case((notices.c.state == Notified.DELIVERED, notices.c.done_at))).label("last"),
        ).group_by(notices.c.subscriber_id)
        return {
            row.subscriber_id: Tally(
                waiting=row.waiting, delivered=row.delivered, failed=row.failed, last_delivered_at=row.last
            )
            for row in await self._connection.execute(query)
        }

    async def _again(self, now: datetime, *which: Any) -> int:
        values = {"state": Notified.WAITING, "next_at": now, "tries": 0, "done_at": None}
        return (await self._connection.execute(update(notices).where(*which).values(**values))).rowcount

    async def _mark(self, notice_id: UUID, attempt: Attempt, **values: object) -> None:
        """Mark it and log the try, unless it went away meanwhile with its subscriber."""
        marked = await self._connection.execute(
            update(notices).where(notices.c.id == notice_id).values(**values)
        )
        if marked.rowcount:
            await self._connection.execute(
                insert(attempts).values(
                    notice_id=notice_id,
                    at=attempt.at,
                    milliseconds=attempt.milliseconds,
                    status=attempt.status,
                    fault=attempt.fault,
                    said=attempt.said,
                )
            )

    async def _attempts(self, notice_ids: Collection[UUID]) -> Mapping[UUID, Sequence[Attempt]]:
        query = select(attempts).where(attempts.c.notice_id.in_(notice_ids)).order_by(attempts.c.number)
        found: dict[UUID, list[Attempt]] = defaultdict(list)
        for row in await self._connection.execute(query):
            found[row.notice_id].append(_attempt(row))
        return found


def _notice(row: Row[Any]) -> Notice:
    return Notice(
        id=row.id,
        subscriber_id=row.subscriber_id,
        about=_about(row) if row.appointment_id else None,
        at=row.at,
        state=Notified(row.state),
        next_at=row.next_at,
        tries=row.tries,
        done_at=row.done_at,
    )


def _about(row: Row[Any]) -> About:
    return About(
        appointment_id=row.appointment_id,
        offering_id=row.offering_id,
        adviser_id=row.adviser_id,
        seq=row.seq,
        kind=FactKind(row.kind),
    )


def _attempt(row: Row[Any]) -> Attempt:
    return Attempt(
        at=row.at,
        milliseconds=row.milliseconds,
        status=row.status,
        fault=Fault(row.fault) if row.fault else None,
        said=row.said,
    )
