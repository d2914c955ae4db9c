"""A disruption closes time, tells everybody whom it concerns once, and makes nobody a no-show."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from booking.appointment import Appointment, Status
from booking.attend import come_in, record
from booking.cancel import cancel
from booking.close import close
from booking.confirm import confirm
from booking.disrupt import ask_again, declare, end, reach, release_some, remind_some
from booking.disruption import CODE, Choice, Disruption, Scope
from booking.errors import BadPeriod, NotFound, SlotNotOffered, TooLate
from booking.fact import Actor, Fact, FactKind
from booking.find_slots import Wanted, find_slots
from booking.letter import Channel, LetterKind
from booking.move import move
from booking.outcome import Outcome
from booking.time_span import TimeSpan
from tests.booking.disrupted import DAY, books, declared, disruption
from tests.contracts.world import AINO, KULLERVO, NOW, TEN, World

K = FactKind
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
AFTERWARDS = TEN + 12 * HOUR


async def history(world: World, appointment: Appointment) -> Sequence[Fact]:
    async with world.units.read() as unit:
        return await unit.facts.of(appointment.id)


async def letters(world: World) -> list[LetterKind]:
    async with world.units.write() as unit:
        put = [
            one.letter.kind
            for one in await unit.outbox.claim(Channel.MAIL, NOW + 365 * 24 * HOUR, "test", 1000)
        ]
    return [kind for kind in put if kind is not LetterKind.BOOKED]


async def happens(world: World, one: Appointment, *told: tuple[FactKind, Actor, float]) -> None:
    async with world.units.write() as unit:
        for kind, by, minutes in told:
            await record(unit, one.id, kind, by=by, now=one.span.start + minutes * MINUTE)


async def outcome(world: World, one: Appointment) -> Outcome | None:
    async with world.units.write() as unit:
        return (await close(unit, one.id, now=one.span.end + 24 * HOUR)).outcome


async def test_everybody_it_touches_has_the_fault_and_one_letter(world: World) -> None:
    aino, kullervo = await books(world), await books(world, TEN + HOUR, who=KULLERVO)
    other = await books(world, adviser_id=world.louhi, who=replace(AINO, name="Annikki"))

    one = await declared(world)

    for touched in (aino, kullervo):
        last = (await history(world, touched))[-1]
        assert (last.kind, last.by, last.detail["code"]) == (K.FAULT_OPENED, Actor.ADMIN, CODE)
        assert last.detail["disruption"] == str(one.id)
    assert [fact.kind for fact in await history(world, other)] == [K.BOOKED]
    assert await letters(world) == [LetterKind.DISRUPTION, LetterKind.DISRUPTION]


async def test_nothing_more_is_booked_into_it_until_it_is_over(world: World) -> None:
    one = await declared(world)

    with pytest.raises(SlotNotOffered):
        await books(world)
    async with world.units.write() as unit:
        await end(unit, one.id, now=NOW)

    assert (await books(world)).span.start == TEN


@pytest.mark.parametrize("what", ["house", "team", "offering"])
async def test_every_scope_closes_its_own_time(world: World, what: str) -> None:
    scopes = {
        "house": Scope(),
        "team": Scope(team_id=world.bank),
        "offering": Scope(offering_id=world.talk),
    }
    await declared(world, scope=scopes[what])

    async with world.units.read() as unit:
        talk = await unit.offerings.get(world.talk)
        free = {slot.adviser_id for slot in await find_slots(unit, talk, DAY, now=NOW)}

    assert free == ({world.louhi} if what == "team" else set())


async def test_declaring_and_reaching_again_changes_nothing(world: World) -> None:
    aino = await books(world)
    one = await declared(world)
    before = await history(world, aino)

    async with world.units.write() as unit:
        await declare(unit, one, now=NOW + HOUR)
        assert await reach(unit, one, now=NOW + HOUR) == 0

    assert await history(world, aino) == before
    assert await letters(world) == [LetterKind.DISRUPTION]


async def test_what_stopped_in_the_middle_goes_on_where_it_was(world: World) -> None:
    for number in range(5):
        await books(world, TEN + number * HOUR, who=replace(AINO, name=f"Customer {number}"))
    one = disruption(world)
    async with world.units.write() as unit:
        await declare(unit, one, now=NOW)

    async def batch() -> int:
        async with world.units.write() as unit:
            return await reach(unit, one, now=NOW, limit=2)

    assert [await batch() for _ in range(4)] == [2, 2, 1, 0]
    assert await letters(world) == [LetterKind.DISRUPTION] * 5


@pytest.mark.parametrize(
    "told",
    [
        (),
        ((K.ADVISER_READY, Actor.ADVISER, -2),),
        ((K.DOOR_OPENED, Actor.CUSTOMER, -5),),
        ((K.DOOR_OPENED, Actor.CUSTOMER, -5), (K.IDENTIFICATION_BEGUN, Actor.CUSTOMER, -4)),
        ((K.DOOR_OPENED, Actor.CUSTOMER, -5), (K.READY, Actor.CUSTOMER, -4)),
    ],
)
@pytest.mark.parametrize("hours", [-9, 0, 11])
async def test_whoever_does_not_meet_in_it_is_our_failure_whatever_happened(
    world: World, told: tuple[tuple[FactKind, Actor, float], ...], hours: int
) -> None:
    aino = await books(world, TEN + hours * HOUR)
    await declared(world)

    await happens(world, aino, *told)

    assert await outcome(world, aino) is Outcome.TECHNICAL_FAILURE


async def test_a_meeting_that_happens_anyway_is_one(world: World) -> None:
    aino = await books(world)
    await declared(world)

    together = ((K.MEDIA_CONNECTED, Actor.CUSTOMER, 1), (K.MEDIA_CONNECTED, Actor.ADVISER, 1))
    await happens(world, aino, (K.ADMITTED, Actor.ADVISER, 0), *together, (K.ENDED, Actor.ADVISER, 20))

    assert await outcome(world, aino) is Outcome.MET


async def test_one_that_is_declared_late_counts_from_its_beginning(world: World) -> None:
    aino = await books(world)
    late = TEN + 30 * MINUTE

    await happens(world, aino, (K.ADVISER_READY, Actor.ADVISER, -1))
    await declared(world, now=late, made_at=late)

    assert await outcome(world, aino) is Outcome.TECHNICAL_FAILURE


async def test_an_appointment_that_only_its_end_touches_is_excused_too(world: World) -> None:
    aino = await books(world)
    await happens(world, aino, (K.ADVISER_READY, Actor.ADVISER, -1))

    await declared(world, span=TimeSpan(TEN + 30 * MINUTE, TEN + HOUR))

    assert await outcome(world, aino) is Outcome.TECHNICAL_FAILURE


async def test_the_end_of_another_fault_does_not_end_it(world: World) -> None:
    aino = await books(world)
    await declared(world)
    other = {"code": "media"}

    async with world.units.write() as unit:
        for kind in (K.FAULT_OPENED, K.FAULT_CLOSED):
            await record(unit, aino.id, kind, by=Actor.SYSTEM, now=NOW + HOUR, detail=other)
    await happens(world, aino, (K.ADVISER_READY, Actor.ADVISER, -1))

    assert await outcome(world, aino) is Outcome.TECHNICAL_FAILURE


async def test_who_moves_out_of_it_is_judged_by_the_new_time(world: World) -> None:
    aino = await books(world)
    one = await declared(world)
    async with world.units.write() as unit:
        moved = await move(unit, aino.id, TEN + 48 * HOUR, by=Actor.CUSTOMER, now=NOW)

    await happens(world, moved, (K.ADVISER_READY, Actor.ADVISER, -1))

    assert await choices(world, one) == [Choice.MOVED]
    assert await outcome(world, moved) is Outcome.CUSTOMER_NO_SHOW


async def test_time_that_is_given_up_in_it_is_offered_to_nobody(world: World) -> None:
    aino, free = await books(world), await books(world, adviser_id=world.louhi, who=KULLERVO)
    await declared(world)

    async with world.units.write() as unit:
        for one in (aino, free):
            await cancel(unit, one.id, by=Actor.CUSTOMER, now=NOW)

    assert K.FREED not in [fact.kind for fact in await history(world, aino)]
    assert K.FREED in [fact.kind for fact in await history(world, free)]


async def test_moving_works_after_the_start_while_it_stands(world: World) -> None:
    aino = await books(world)
    undisturbed = await books(world, adviser_id=world.louhi, who=KULLERVO)
    await declared(world)

    async with world.units.write() as unit:
        moved = await move(unit, aino.id, TEN + 48 * HOUR, by=Actor.CUSTOMER, now=TEN + 5 * MINUTE)
        with pytest.raises(TooLate):
            await move(unit, undisturbed.id, TEN + 48 * HOUR, by=Actor.CUSTOMER, now=TEN + 5 * MINUTE)

    assert moved.span.start == TEN + 48 * HOUR


@pytest.mark.parametrize("at", [NOW, TEN - MINUTE, TEN + 5 * MINUTE])
async def test_a_cancellation_by_the_customer_in_it_is_ours(world: World, at: datetime) -> None:
    aino = await books(world)
    one = await declared(world)

    async with world.units.write() as unit:
        cancelled = await cancel(unit, aino.id, by=Actor.CUSTOMER, now=at)

    fact = next(one for one in await history(world, aino) if one.kind is K.CANCELLED)
    assert cancelled.outcome is Outcome.CANCELLED_BY_US
    assert (fact.by, fact.detail["asked_by"]) == (Actor.SYSTEM, "customer")
    assert await choices(world, one) == [Choice.CANCELLED]


async def test_a_cancellation_outside_it_is_the_customers_own(world: World) -> None:
    aino = await books(world)
    await declared(world, scope=Scope(adviser_id=world.louhi))

    async with world.units.write() as unit:
        cancelled = await cancel(unit, aino.id, by=Actor.CUSTOMER, now=TEN - MINUTE)

    assert cancelled.outcome is Outcome.LATE_CANCELLATION


async def test_an_earlier_yes_says_nothing_of_it_and_a_new_one_keeps_the_time(world: World) -> None:
    aino = await books(world)
    async with world.units.write() as unit:
        await confirm(unit, aino.id, by=Actor.CUSTOMER, now=NOW)
    one = await declared(world)
    before = await choices(world, one)

    async with world.units.write() as unit:
        await confirm(unit, aino.id, by=Actor.CUSTOMER, now=NOW + HOUR)

    assert (before, await choices(world, one)) == ([Choice.UNANSWERED], [Choice.KEPT])


async def test_the_one_reminder_goes_to_those_who_have_not_answered(world: World) -> None:
    aino, kullervo = await books(world), await books(world, TEN + HOUR, who=KULLERVO)
    one = await declared(world)
    async with world.units.write() as unit:
        await confirm(unit, aino.id, by=Actor.CUSTOMER, now=NOW)

    for _ in range(2):
        async with world.units.write() as unit:
            asked = await ask_again(unit, one.id, now=NOW + HOUR)
            await remind_some(unit, asked, now=NOW + HOUR)

    async with world.units.write() as unit:
        put = [one.letter for one in await unit.outbox.claim(Channel.MAIL, AFTERWARDS, "test", 100)]
    reminded = [one.appointment_id for one in put if one.kind is LetterKind.DISRUPTION_REMINDER]
    assert reminded == [kullervo.id]


async def test_ended_in_good_time_the_appointment_stands_as_before(world: World) -> None:
    aino = await books(world, TEN + 24 * HOUR)
    one = await declared(world, span=TimeSpan(DAY.start, DAY.end + 24 * HOUR))

    await ended(world, one, now=TEN - HOUR)
    await happens(world, aino, (K.ADVISER_READY, Actor.ADVISER, -1))

    assert await letters(world) == [LetterKind.DISRUPTION, LetterKind.DISRUPTION_OVER]
    assert (await history(world, aino))[2].kind is K.FAULT_CLOSED
    assert await outcome(world, aino) is Outcome.CUSTOMER_NO_SHOW


async def test_ended_too_late_to_plan_anew_nobody_becomes_a_no_show(world: World) -> None:
    aino = await books(world)
    one = await declared(world)

    await ended(world, one, now=TEN - HOUR)
    await happens(world, aino, (K.ADVISER_READY, Actor.ADVISER, -1))

    assert await letters(world) == [LetterKind.DISRUPTION, LetterKind.DISRUPTION_OVER]
    assert await outcome(world, aino) is Outcome.TECHNICAL_FAILURE


async def test_an_appointment_in_two_disruptions_stands_when_both_are_over(world: World) -> None:
    aino = await books(world, TEN + 24 * HOUR)
    span = TimeSpan(DAY.start, DAY.end + 24 * HOUR)
    first, second = await declared(world, span=span), await declared(world, span=span, scope=Scope())

    await ended(world, second, now=NOW)
    async with world.units.read() as unit:
        kinds = [fact.kind for fact in await unit.facts.of(aino.id)]
    await happens(world, aino, (K.ADVISER_READY, Actor.ADVISER, -1))

    assert kinds == [K.BOOKED, K.FAULT_OPENED, K.FAULT_OPENED, K.FAULT_CLOSED]
    assert first.id != second.id
    assert await outcome(world, aino) is Outcome.TECHNICAL_FAILURE


async def test_who_is_in_the_meeting_gets_no_letter(world: World) -> None:
    aino = await books(world)
    async with world.units.write() as unit:
        await come_in(unit, aino.id, now=TEN - MINUTE)
    await happens(world, aino, (K.READY, Actor.CUSTOMER, 0), (K.ADMITTED, Actor.ADVISER, 0))

    await declared(world, now=TEN + 5 * MINUTE)

    assert await letters(world) == []
    assert (await history(world, aino))[-1].kind is K.FAULT_OPENED


async def test_what_is_over_is_left_alone(world: World) -> None:
    aino = await books(world)
    async with world.units.write() as unit:
        await cancel(unit, aino.id, by=Actor.CUSTOMER, now=NOW)

    one = await declared(world)

    assert await choices(world, one) == []


async def test_adviser_of_their_own_day_is_the_one_who_opened_the_fault(world: World) -> None:
    aino = await books(world)

    await declared(world, made_by=world.ilmari)

    assert (await history(world, aino))[-1].by is Actor.ADVISER


async def test_one_that_has_passed_is_too_long_or_of_nobody_is_refused(world: World) -> None:
    long = TimeSpan(DAY.start, DAY.start + timedelta(days=63))

    async with world.units.write() as unit:
        with pytest.raises(TooLate):
            await declare(unit, disruption(world), now=DAY.end)
        with pytest.raises(BadPeriod):
            await declare(unit, disruption(world, span=long), now=NOW)
        with pytest.raises(NotFound):
            await declare(unit, disruption(world, scope=Scope(adviser_id=world.bank)), now=NOW)


async def test_times_in_it_are_offered_to_nobody_and_others_are(world: World) -> None:
    await declared(world)
    both = TimeSpan(DAY.start, DAY.end + 24 * HOUR)

    async with world.units.read() as unit:
        talk = await unit.offerings.get(world.talk)
        wanted = Wanted(adviser_id=world.ilmari)
        starts = [slot.span.start for slot in await find_slots(unit, talk, both, now=NOW, wanted=wanted)]

    assert starts[0] == DAY.end


async def choices(world: World, one: Disruption) -> list[Choice]:
    async with world.units.read() as unit:
        return [each.choice for each in await unit.disruptions.concerned(one.id)]


async def ended(world: World, one: Disruption, *, now: datetime) -> None:
    for _ in range(2):
        async with world.units.write() as unit:
            await end(unit, one.id, now=now)
            await release_some(unit, now=now)


async def test_closed_appointments_say_what_they_came_to(world: World) -> None:
    aino = await books(world)
    one = await declared(world)

    await outcome(world, aino)

    async with world.units.read() as unit:
        found = (await unit.disruptions.concerned(one.id))[0]
    assert (found.choice, found.outcome) == (Choice.OVER, Outcome.TECHNICAL_FAILURE)
    assert found.appointment.status is Status.CLOSED
