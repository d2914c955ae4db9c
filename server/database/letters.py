"""What became of letters: counted by day in one query, listed where somebody must look."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    case,
    false,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.errors import NotFound
from booking.fact import Actor
from booking.letter import Channel, LetterKind
from booking.letter_figures import ANSWERS, REACH, LetterFigures, TroubledLetter
from server.database.appointments_table import appointments
from server.database.facts import facts
from server.database.later import later
from server.database.outbox_table import Delivery, outbox
from server.database.reminders import reminders

AHEAD = (Delivery.WAITING, Delivery.CLAIMED)


class SqlLetters:
    """Fulfils booking's Letters."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def figures(
        self, bounds: Sequence[datetime], *, channel: Channel | None = None
    ) -> Sequence[LetterFigures]:
        letters = union_all(_put(bounds, channel), *_planned(bounds, channel)).subquery()
        day = case(
            *((letters.c.at < bound, number) for number, bound in enumerate(bounds[1:])),
            else_=len(bounds) - 2,
        ).label("day")
        counts = {
            "planned": func.count(),
            "sent": _count(letters.c.state == Delivery.SENT),
            "delivered": _count(letters.c.is_delivered),
            "failed": _count(letters.c.state == Delivery.FAILED),
            "in_doubt": _count(letters.c.state == Delivery.IN_DOUBT),
            "answered": _count(letters.c.is_answered),
            "unneeded": _count(letters.c.state == Delivery.DROPPED),
            "ahead": _count(letters.c.state.in_(AHEAD)),
        }
        query = select(day, *(count.label(name) for name, count in counts.items())).group_by(day)
        found = {row.day: row for row in await self._connection.execute(query)}
        return [
            LetterFigures(**{name: getattr(found[number], name) for name in counts})
            if number in found
            else LetterFigures()
            for number in range(len(bounds) - 1)
        ]

    async def failed(self, *, since: datetime, channel: Channel | None, limit: int) -> list[TroubledLetter]:
        query = _troubled(Delivery.FAILED, channel).where(outbox.c.put_at >= since)
        rows = await self._connection.execute(
            query.order_by(outbox.c.put_at.desc(), outbox.c.id).limit(limit)
        )
        return [_troubled_letter(row) for row in rows]

    async def in_doubt(self, *, channel: Channel | None, limit: int) -> list[TroubledLetter]:
        waits = case((outbox.c.next_at.is_(None), 0), else_=1)
        query = _troubled(Delivery.IN_DOUBT, channel).order_by(waits, outbox.c.put_at, outbox.c.id)
        return [_troubled_letter(row) for row in await self._connection.execute(query.limit(limit))]

    async def state(self, letter_id: UUID) -> str:
        found = await self._connection.execute(select(outbox.c.state).where(outbox.c.id == letter_id))
        state: str | None = found.scalar_one_or_none()
        if state is None:
            raise NotFound
        return state

    async def send_again(self, letter_id: UUID, now: datetime) -> bool:
        return await self._decide(letter_id, state=Delivery.WAITING, next_at=now)

    async def leave(self, letter_id: UUID, reason: str) -> bool:
        return await self._decide(letter_id, state=Delivery.DROPPED, reason=reason, recipient=None)

    async def _decide(self, letter_id: UUID, **values: object) -> bool:
        decided = await self._connection.execute(
            update(outbox)
            .where(outbox.c.id == letter_id, outbox.c.state == Delivery.IN_DOUBT, outbox.c.next_at.is_(None))
            .values(**values)
        )
        return decided.rowcount == 1


def _put(bounds: Sequence[datetime], channel: Channel | None) -> Select[Any]:
    """Select what is in the outbox, by when it fell due."""
    answer = (
        select(facts.c.seq)
        .where(
            facts.c.appointment_id == outbox.c.appointment_id,
            facts.c.kind.in_(ANSWERS),
            facts.c.by == Actor.CUSTOMER,
            facts.c.at > outbox.c.sent_at,
            facts.c.at <= later(outbox.c.sent_at, REACH),
        )
        .exists()
    )
    query = select(
        outbox.c.put_at.label("at"),
        outbox.c.state.label("state"),
        outbox.c.delivered_at.is_not(None).label("is_delivered"),
        and_(outbox.c.state == Delivery.SENT, answer).label("is_answered"),
    ).where(outbox.c.put_at >= bounds[0], outbox.c.put_at < bounds[-1])
    return query if channel is None else query.where(outbox.c.channel == channel)


def _planned(bounds: Sequence[datetime], channel: Channel | None) -> list[Select[Any]]:
    """Select the reminders that have not fallen due, once for each channel by which they will go."""
    mail, phone = appointments.c.customer_email != "", appointments.c.customer_phone != ""
    wants = appointments.c.reached_by
    goes_by = {
        Channel.MAIL: or_(and_(mail, or_(wants.in_(("mail", "both")), ~phone)), and_(~mail, ~phone)),
        Channel.SMS: and_(phone, or_(wants.in_(("sms", "both")), ~mail)),
    }
    return [
        select(
            reminders.c.due_at.label("at"),
            literal(Delivery.WAITING.value).label("state"),
            false().label("is_delivered"),
            false().label("is_answered"),
        )
        .join(appointments, appointments.c.id == reminders.c.appointment_id)
        .where(reminders.c.due_at >= bounds[0], reminders.c.due_at < bounds[-1], condition)
        for one, condition in goes_by.items()
        if channel in (None, one)
    ]


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _troubled(state: Delivery, channel: Channel | None) -> Select[Any]:
    by = true() if channel is None else outbox.c.channel == channel
    columns = (outbox, appointments.c.starts_at, appointments.c.adviser_id)
    joined = select(*columns).join(appointments, appointments.c.id == outbox.c.appointment_id)
    return joined.where(outbox.c.state == state, by)


def _troubled_letter(row: Row[Any]) -> TroubledLetter:
    return TroubledLetter(
        id=row.id,
        appointment_id=row.appointment_id,
        kind=LetterKind(row.kind),
        channel=Channel(row.channel),
        start=row.starts_at,
        adviser_id=row.adviser_id,
        due_at=row.put_at,
        since=row.claimed_at or row.put_at,
        reason=row.reason or "",
        is_open=row.state == Delivery.IN_DOUBT and row.next_at is None,
    )
