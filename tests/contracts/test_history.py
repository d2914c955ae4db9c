"""Facts are numbered and kept in order; reminders are handed out once."""

from datetime import timedelta
from uuid import UUID, uuid4

from booking.fact import Actor, Fact, FactKind
from booking.letter import LetterKind
from booking.reminder import Reminder
from tests.contracts.world import LENGTH, NOW, TEN, World


def fact(appointment_id: UUID, kind: FactKind, **detail: str | int | None) -> Fact:
    return Fact(
        appointment_id=appointment_id,
        at=NOW,
        kind=kind,
        by=Actor.CUSTOMER,
        detail=detail,
    )


async def test_facts_come_back_in_order_with_numbers_from_one(world: World) -> None:
    appointment = await world.booked()
    async with world.units.write() as unit:
        await unit.facts.append(fact(appointment.id, FactKind.BOOKED, start="a", n=1, nothing=None))
        await unit.facts.append(fact(appointment.id, FactKind.CONFIRMED))

    async with world.units.read() as unit:
        history = await unit.facts.of(appointment.id)

    assert [(one.seq, one.kind, dict(one.detail)) for one in history] == [
        (1, FactKind.BOOKED, {"start": "a", "n": 1, "nothing": None}),
        (2, FactKind.CONFIRMED, {}),
    ]


async def test_histories_of_many_are_read_at_once_and_kept_apart(world: World) -> None:
    first, second = await world.booked(TEN), await world.booked(TEN + LENGTH)
    async with world.units.write() as unit:
        await unit.facts.append(fact(first.id, FactKind.BOOKED))
        await unit.facts.append(fact(second.id, FactKind.BOOKED))
        await unit.facts.append(fact(second.id, FactKind.READY))

    async with world.units.read() as unit:
        histories = await unit.facts.of_many([first.id, second.id, uuid4()])
        nothing = await unit.facts.of_many([])

    assert {key: len(facts) for key, facts in histories.items()} == {first.id: 1, second.id: 2}
    assert nothing == {}


async def test_an_unknown_appointment_has_no_history(world: World) -> None:
    async with world.units.read() as unit:
        assert list(await unit.facts.of(uuid4())) == []


def reminder(appointment_id: UUID, minutes: int) -> Reminder:
    return Reminder(
        appointment_id=appointment_id,
        kind=LetterKind.ONE_DAY,
        due_at=NOW + timedelta(minutes=minutes),
        sequence=0,
    )


async def test_due_reminders_are_taken_once_the_oldest_first(world: World) -> None:
    appointment = await world.booked()
    planned = [reminder(appointment.id, minutes) for minutes in (3, 1, 2, 99)]
    async with world.units.write() as unit:
        await unit.reminders.add(planned)

    async with world.units.write() as unit:
        first = await unit.reminders.take_due(NOW + timedelta(minutes=3), limit=2)
        second = await unit.reminders.take_due(NOW + timedelta(minutes=3), limit=9)

    assert [list(first), list(second)] == [[planned[1], planned[2]], [planned[0]]]


async def test_dropped_reminders_never_fall_due(world: World) -> None:
    appointment, other = await world.booked(TEN), await world.booked(TEN + LENGTH)
    async with world.units.write() as unit:
        await unit.reminders.add([reminder(appointment.id, 1), reminder(other.id, 1)])
        await unit.reminders.drop(appointment.id)

    async with world.units.write() as unit:
        due = await unit.reminders.take_due(NOW + timedelta(days=1), limit=9)

    assert [one.appointment_id for one in due] == [other.id]
