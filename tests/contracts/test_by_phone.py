"""A call in place of the meeting is never counted against who asked for it, in no database."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from booking.ask_call import ask_call, mark_called, meet_by_phone
from booking.attend import record
from booking.attendance import Attendance, By, attendance
from booking.cancel import cancel
from booking.close import close
from booking.errors import TooEarly, TooLate, WrongStatus
from booking.fact import Actor, FactKind
from booking.outcome import Outcome
from booking.time_span import TimeSpan
from tests.contracts.world import LENGTH, NOW, TEN, World

MINUTE = timedelta(minutes=1)
END = TEN + LENGTH
DAY = TimeSpan(TEN - timedelta(hours=10), TEN + timedelta(hours=10))


async def told(world: World) -> "Call":
    """Book, and let the adviser be there in time: who does not come now is a no-show, unless they asked."""
    appointment = await world.booked(TEN)
    async with world.units.write() as unit:
        times = {"start": TEN.isoformat(), "end": END.isoformat()}
        await record(unit, appointment.id, FactKind.BOOKED, by=Actor.CUSTOMER, now=NOW, detail=times)
        await record(unit, appointment.id, FactKind.ADVISER_READY, by=Actor.ADVISER, now=TEN)
    return Call(world, appointment.id)


class Call:
    """One appointment's way to a call."""

    def __init__(self, world: World, id_: UUID) -> None:
        self.world, self.id = world, id_

    async def asked(self, at: datetime, cause: str | None = None) -> None:
        async with self.world.units.write() as unit:
            await ask_call(unit, self.id, now=at, cause=cause)

    async def called(self, at: datetime) -> None:
        async with self.world.units.write() as unit:
            await mark_called(unit, self.id, by=Actor.ADVISER, now=at)

    async def met(self, at: datetime) -> None:
        async with self.world.units.write() as unit:
            await meet_by_phone(unit, self.id, by=Actor.ADVISER, now=at)

    async def closes(self, at: datetime = END + timedelta(hours=1)) -> None:
        async with self.world.units.write() as unit:
            await close(unit, self.id, now=at)

    async def came_to(self) -> tuple[Outcome | None, Attendance]:
        async with self.world.units.read() as unit:
            counted = attendance(await unit.attendance.attended(DAY), By.WEEK)
            return (await unit.appointments.get(self.id)).outcome, counted

    async def kinds(self) -> Sequence[FactKind]:
        async with self.world.units.read() as unit:
            return [fact.kind for fact in await unit.facts.of(self.id)]


@pytest.mark.parametrize(
    ("asked", "deeds", "outcome"),
    [
        (2, ("met",), Outcome.MET_BY_PHONE),
        (-10, ("met",), Outcome.MET_BY_PHONE),
        (None, ("met",), Outcome.MET_BY_PHONE),
        (2, (), Outcome.ADVISER_ABSENT),
        (-60 * 3, (), Outcome.ADVISER_ABSENT),
        (2, ("called",), Outcome.TECHNICAL_FAILURE),
    ],
)
async def test_whoever_asks_for_a_call_in_time_is_no_no_show(
    world: World, asked: float | None, deeds: Sequence[str], outcome: Outcome
) -> None:
    call = await told(world)
    if asked is not None:
        await call.asked(TEN + asked * MINUTE, "devices_denied")
    for deed in deeds:
        await getattr(call, deed)(TEN + 5 * MINUTE)

    await call.closes()

    came_to, counted = await call.came_to()
    assert came_to is outcome
    assert counted.total.no_shows == 0


async def test_without_a_word_the_same_history_is_a_no_show(world: World) -> None:
    call = await told(world)

    await call.closes()

    came_to, counted = await call.came_to()
    assert (came_to, counted.total.no_shows) == (Outcome.CUSTOMER_NO_SHOW, 1)


async def test_a_wish_after_grace_undoes_no_absence(world: World) -> None:
    call = await told(world)
    await call.asked(END)

    await call.closes()

    assert (await call.came_to())[0] is Outcome.CUSTOMER_NO_SHOW


async def test_a_call_that_outlasts_the_closing_is_counted_all_the_same(world: World) -> None:
    call = await told(world)
    await call.closes()

    await call.met(END + timedelta(hours=2))

    came_to, counted = await call.came_to()
    assert (came_to, counted.total.no_shows, counted.total.met) == (Outcome.MET_BY_PHONE, 0, 1)


async def test_saying_twice_that_one_met_is_saying_it_once(world: World) -> None:
    call = await told(world)

    for minutes in (5, 6):
        await call.met(TEN + minutes * MINUTE)

    assert (await call.kinds()).count(FactKind.PHONED) == 1


async def test_a_call_before_the_door_or_days_later_is_no_meeting(world: World) -> None:
    call = await told(world)

    with pytest.raises(TooEarly):
        await call.met(TEN - timedelta(hours=1))
    with pytest.raises(TooLate):
        await call.met(END + timedelta(days=1))
    assert FactKind.PHONED not in await call.kinds()


async def test_what_was_cancelled_did_not_take_place_by_phone(world: World) -> None:
    call = await told(world)
    async with world.units.write() as unit:
        await cancel(unit, call.id, by=Actor.ADVISER, now=TEN - MINUTE)

    with pytest.raises(WrongStatus):
        await call.met(TEN)


async def test_why_somebody_asks_stays_in_the_fact(world: World) -> None:
    call = await told(world)

    await call.asked(TEN, "devices_denied")

    async with world.units.read() as unit:
        last = (await unit.facts.of(call.id))[-1]
    assert (last.kind, last.detail) == (FactKind.CALL_ASKED, {"cause": "devices_denied"})
