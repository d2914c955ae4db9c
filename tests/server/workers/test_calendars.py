"""A calendar that is sent our letters holds the appointment once, at its time, whatever happened."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import permutations
from uuid import UUID

import pytest
from icalendar import Calendar

from booking.cancel import cancel
from booking.fact import Actor
from booking.move import move
from booking.reassign import reassign
from booking.reserve import Wish, reserve
from booking.restore import restore
from server.database.unit import SqlUnit
from server.database.units import SqlUnits
from server.notify.letter import Letter
from server.workers.deliveries import Deliveries
from tests.contracts.world import AINO, LENGTH, NOW, TEN, World
from tests.server.notify.ainos import SITE
from tests.server.workers.little_calendar import LittleCalendar, Told, read

Step = Callable[[SqlUnit, UUID, datetime], Awaitable[object]]
LATER = TEN + timedelta(hours=2)
BY = Actor.CUSTOMER


async def moves(unit: SqlUnit, appointment_id: UUID, now: datetime) -> object:
    return await move(unit, appointment_id, LATER, by=BY, now=now)


async def moves_back(unit: SqlUnit, appointment_id: UUID, now: datetime) -> object:
    return await move(unit, appointment_id, TEN, by=BY, now=now)


async def cancels(unit: SqlUnit, appointment_id: UUID, now: datetime) -> object:
    return await cancel(unit, appointment_id, by=BY, now=now)


async def restores(unit: SqlUnit, appointment_id: UUID, now: datetime) -> object:
    return await restore(unit, appointment_id, by=BY, now=now)


@dataclass(slots=True)
class Story:
    """Aino books with Ilmari, and things happen a minute apart; each letter is kept as it left."""

    world: World
    units: SqlUnits
    appointment_id: UUID
    now: datetime = NOW
    letters: list[Letter] = field(default_factory=list)
    name: str = "mail"

    async def deliver(self, letter: Letter) -> None:
        self.letters.append(letter)

    async def goes_on(self, *steps: Step) -> None:
        """Take the steps, and send the letters of each."""
        for step in steps:
            self.now += timedelta(minutes=1)
            async with self.units.write() as unit:
                await step(unit, self.appointment_id, self.now)
            await self.posts()

    async def posts(self) -> None:
        await Deliveries(self.units, lambda: self.now, self, site=SITE, worker="test").step()

    @property
    def told(self) -> list[Told]:
        return [read(letter.calendar) for letter in self.letters if letter.calendar]


@pytest.fixture
async def story(world: World, sql_units: SqlUnits) -> Story:
    """Let Aino book, and her first letter go out."""
    wish = Wish(offering_id=world.talk, start=TEN, customer=AINO, adviser_id=world.ilmari)
    async with sql_units.write() as unit:
        reserved = await reserve(unit, wish, now=NOW)
    told = Story(world, sql_units, reserved.appointment.id)
    await told.posts()
    return told


def held(received: list[Told]) -> list[tuple[datetime, datetime]]:
    calendar = LittleCalendar()
    for told in received:
        calendar.receive(told)
    return [(entry.start, entry.end) for entry in calendar.entries]


async def test_one_entry_at_its_time_after_every_change(story: Story) -> None:
    await story.goes_on(moves, moves_back, cancels, restores)

    after_each = [held(story.told[: number + 1]) for number in range(len(story.told))]

    ten, later = [(TEN, TEN + LENGTH)], [(LATER, LATER + LENGTH)]
    assert after_each == [ten, later, ten, [], ten]


async def test_letters_that_come_twice_or_in_any_order_leave_no_ghost(story: Story) -> None:
    await story.goes_on(moves, moves_back, cancels, restores, moves)
    whole, until_cancelled = story.told, story.told[:4]

    at_the_end = {tuple(held([*order, *order[::-1]])) for order in permutations(whole)}
    while_cancelled = {tuple(held([*order, *order[::-1]])) for order in permutations(until_cancelled)}

    assert at_the_end == {((LATER, LATER + LENGTH),)}
    assert while_cancelled == {()}


async def test_uid_stays_and_sequence_and_stamp_rise_with_every_edition(story: Story) -> None:
    async def hands_over(unit: SqlUnit, appointment_id: UUID, now: datetime) -> object:
        return await reassign(unit, appointment_id, story.world.louhi, by=Actor.ADVISER, now=now)

    await story.goes_on(moves, cancels, restores, hands_over, cancels)

    told = story.told
    assert {one.uid for one in told} == {str(story.appointment_id)}
    assert [one.sequence for one in told] == [0, 1, 2, 3, 4, 5]
    assert [one.stamp for one in told] == [NOW + timedelta(minutes=minute) for minute in range(6)]
    assert [one.method for one in told] == ["REQUEST", "REQUEST", "CANCEL", "REQUEST", "REQUEST", "CANCEL"]


async def test_a_colleague_who_takes_over_leaves_no_ghost_in_whatever_order_letters_come(
    story: Story,
) -> None:
    async def hands_over(unit: SqlUnit, appointment_id: UUID, now: datetime) -> object:
        return await reassign(unit, appointment_id, story.world.louhi, by=Actor.ADVISER, now=now)

    await story.goes_on(hands_over, cancels, restores, moves)
    whole, until_cancelled = story.told, story.told[:3]

    assert {tuple(held([*order])) for order in permutations(whole)} == {((LATER, LATER + LENGTH),)}
    assert {tuple(held([*order])) for order in permutations(until_cancelled)} == {()}


async def test_what_was_asked_before_a_cancellation_and_comes_after_it_brings_nothing_back(
    story: Story,
) -> None:
    await story.goes_on(moves, cancels)
    [booked, moved, cancelled] = story.told

    assert booked.sequence < moved.sequence < cancelled.sequence
    assert held([cancelled, moved, booked]) == []
    assert held([booked, cancelled, moved]) == []


async def test_a_letter_that_was_held_up_tells_what_is_true_when_it_leaves(
    world: World, sql_units: SqlUnits
) -> None:
    wish = Wish(offering_id=world.talk, start=TEN, customer=AINO, adviser_id=world.ilmari)
    async with sql_units.write() as unit:
        reserved = await reserve(unit, wish, now=NOW)
        await move(unit, reserved.appointment.id, LATER, by=BY, now=NOW)
    story = Story(world, sql_units, reserved.appointment.id)

    await story.posts()

    assert held(story.told) == [(LATER, LATER + LENGTH)]


async def test_two_libraries_find_the_same(story: Story) -> None:
    await story.goes_on(moves, cancels, restores)

    for letter in story.letters:
        told, whole = read(letter.calendar), Calendar.from_ical(letter.calendar)
        [event] = whole.events
        by_another = (str(event["UID"]), event.sequence, event.DTSTAMP, event.start, event.end)
        assert (told.uid, told.sequence, told.stamp, told.start, told.end) == by_another
        assert told.method == str(whole["METHOD"])


async def test_times_are_utc_and_nothing_of_the_customer_or_the_matter_is_told(story: Story) -> None:
    await story.goes_on(moves, cancels, restores)

    for letter in story.letters:
        text = letter.calendar.decode().replace("\r\n ", "")
        lines = text.split("\r\n")
        assert [
            line for line in lines if line.startswith(("DTSTART", "DTEND", "DTSTAMP")) and line[-1] != "Z"
        ] == []
        assert "TZID" not in text
        assert [
            word for word in (AINO.name, "Aino", "Virtanen", AINO.phone, "Keskustelu", "Talk") if word in text
        ] == []


async def test_the_invited_one_is_who_the_letter_goes_to(story: Story) -> None:
    [letter] = story.letters

    [event] = Calendar.from_ical(letter.calendar).events

    assert str(event["ATTENDEE"]) == f"mailto:{letter.to}"
    assert str(event["ORGANIZER"]) == "mailto:no-reply@tapaa.example.org"
    assert "CN" not in event["ATTENDEE"].params
