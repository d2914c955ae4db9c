"""Writes what a meeting tells into the appointment's history, and remembers who meets and who waits."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from booking.attend import record
from booking.claim_waiting import claim_waiting
from booking.colleague_call import ColleagueCall
from booking.errors import ClaimedAlready, NotFound
from booking.fact import Actor, FactKind
from booking.hand_over import hand_over
from booking.places import count_ahead
from booking.waiting_room import WaitingCustomer
from server.database.unit import SqlUnit
from server.database.units import SqlUnits
from signalling.errors import NotForRole
from signalling.happening import Happened, Happening
from signalling.memory import calls_open, invited, seats_waiting
from signalling.ports import State


class UnitMeetingLog:
    """Fulfils signalling.ports.MeetingLog with one unit a call."""

    def __init__(self, units: SqlUnits) -> None:
        self._units = units

    async def record(
        self, appointment_id: UUID, happened: Sequence[Happened], state: State | None, *, now: datetime
    ) -> None:
        async def keep(unit: SqlUnit) -> None:
            for one in happened:
                await _write(unit, appointment_id, one)
            if state is not None:
                await unit.meetings.save(appointment_id, state)
                await _project(unit, appointment_id, state, now=now)
                await unit.colleague_calls.keep(appointment_id, _calls(appointment_id, state))
                await unit.guest_links.keep_only(appointment_id, invited(state))

        await self._units.do(keep)

    async def load(self, appointment_id: UUID) -> State | None:
        async with self._units.read() as unit:
            return await unit.meetings.load(appointment_id)

    async def relays(self, appointment_id: UUID) -> bool | None:
        """As the offering says; a meeting that goes on keeps to what was said when it was opened."""
        async with self._units.read() as unit:
            try:
                appointment = await unit.appointments.get(appointment_id)
            except NotFound:
                return None
            way = (await unit.offerings.get(appointment.offering_id)).media_way
        return None if way == "as_set" else way == "relay"

    async def claim(self, appointment_id: UUID, adviser_id: UUID, *, now: datetime) -> bool:
        """Where nobody waits there is nothing to claim, and the meeting says so. Raises NotForRole."""

        async def take(unit: SqlUnit) -> None:
            if await unit.waiting.of([appointment_id]):
                await claim_waiting(unit, appointment_id, adviser_id, now=now)

        try:
            await self._units.do(take)
        except ClaimedAlready:
            return False
        except NotFound as not_theirs:
            raise NotForRole from not_theirs
        return True

    async def beat(
        self, appointment_ids: Collection[UUID], advisers: Mapping[UUID, UUID], *, now: datetime
    ) -> None:
        await self._units.do(lambda unit: unit.waiting.beat(appointment_ids, advisers, now=now))

    async def ahead(self, came: Mapping[UUID, datetime], *, now: datetime) -> Mapping[UUID, int]:
        async with self._units.read() as unit:
            return await count_ahead(unit, came, now=now)


async def _write(unit: SqlUnit, appointment_id: UUID, one: Happened) -> None:
    """Append the fact. Where the adviser's seat has passed to another, the appointment is theirs with it."""
    if one.what is Happening.HANDED_OVER:
        giver, taker = UUID(str(one.detail["from"])), UUID(str(one.detail["to"]))
        await hand_over(unit, appointment_id, giver, taker, now=one.at)
        return
    by = Actor.GUEST if one.by.is_guest else Actor(one.by.value)
    await record(unit, appointment_id, FactKind(one.what.value), by=by, detail=one.detail, now=one.at)


def _calls(appointment_id: UUID, state: State) -> list[ColleagueCall]:
    """Return what is to stand on the desks of colleagues, by a meeting's state."""
    return [
        ColleagueCall(
            appointment_id=appointment_id,
            colleague_id=UUID(guest["id"]),
            asked_by=UUID(guest["asked_by"]),
            asked_at=datetime.fromisoformat(guest["asked_at"]),
            reason=guest["reason"],
        )
        for guest in calls_open(state)
    ]


async def _project(unit: SqlUnit, appointment_id: UUID, state: State, *, now: datetime) -> None:
    """Keep who waits by a meeting's state, the first of them where there are several.

    The line is lost where none of them has one.
    """
    seats: Sequence[Mapping[str, Any]] = seats_waiting(state)
    if not seats:
        await unit.waiting.drop(appointment_id)
        return
    first, ready = seats[0], [seat["ready_at"] for seat in seats if seat["ready_at"]]
    lost = [datetime.fromisoformat(seat["away_since"]) for seat in seats if seat["away_since"]]
    await unit.waiting.keep(
        WaitingCustomer(
            appointment_id=appointment_id,
            came_at=datetime.fromisoformat(first["arrived_at"]),
            beat_at=now,
            lost_at=max(lost) if len(lost) == len(seats) else None,
            ready_at=datetime.fromisoformat(ready[0]) if ready else None,
            arrival=first["arrival"],
            said=first["said"],
        )
    )
