"""Letters leave once, in time, and never about a time that no longer holds."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from booking.appointment import Appointment, Customer
from booking.cancel import cancel
from booking.fact import Actor, FactKind
from booking.letter import Channel, LetterKind
from booking.reserve import Wish, reserve
from server.database.outbox_table import Delivery
from server.database.units import SqlUnits
from server.notify.channel import DeliveryFailed
from server.notify.letter import Letter
from server.workers.deliveries import Deliveries
from server.workers.outcomes import Outcomes
from server.workers.reminders import Reminders
from tests.contracts.world import AINO, NOW, TEN, World
from tests.server.notify.ainos import SITE

MINUTE = timedelta(minutes=1)


@dataclass(slots=True)
class Post:
    """A channel that keeps what it took, or fails as it is told; and the clock of the test."""

    now: datetime = NOW
    taken: list[Letter] = field(default_factory=list)
    fails: DeliveryFailed | None = None
    name: str = "mail"

    async def deliver(self, letter: Letter) -> None:
        if self.fails:
            raise self.fails
        self.taken.append(letter)

    def clock(self) -> datetime:
        return self.now


@pytest.fixture
def post() -> Post:
    """A post office that works."""
    return Post()


@pytest.fixture
def deliveries(sql_units: SqlUnits, post: Post) -> Deliveries:
    return Deliveries(sql_units, post.clock, post, site=SITE, worker="test")


async def booked(world: World) -> Appointment:
    async with world.units.write() as unit:
        wish = Wish(offering_id=world.talk, start=TEN, customer=AINO, adviser_id=world.ilmari)
        return (await reserve(unit, wish, now=NOW)).appointment


async def states(units: SqlUnits) -> dict[str, int]:
    async with units.read() as unit:
        return dict(await unit.outbox.counts())


async def test_letter_goes_out_once(
    world: World, sql_units: SqlUnits, deliveries: Deliveries, post: Post
) -> None:
    await booked(world)

    await deliveries.step()
    await deliveries.step()

    assert [letter.to for letter in post.taken] == [AINO.email]
    assert await states(sql_units) == {Delivery.SENT: 1}


async def test_reminder_falls_due_is_sent_and_told_in_the_history(
    world: World, sql_units: SqlUnits, deliveries: Deliveries, post: Post
) -> None:
    appointment = await booked(world)
    await deliveries.step()
    post.now = TEN - timedelta(days=1)

    await Reminders(sql_units, post.clock).step()
    await deliveries.step()

    async with sql_units.read() as unit:
        facts = [fact for fact in await unit.facts.of(appointment.id) if fact.kind is FactKind.REMINDED]
    assert len(post.taken) == 2
    assert [fact.detail["letter"] for fact in facts] == [LetterKind.ONE_DAY]


async def test_nothing_is_sent_about_an_appointment_that_was_cancelled_meanwhile(
    world: World, sql_units: SqlUnits, deliveries: Deliveries, post: Post
) -> None:
    appointment = await booked(world)
    async with sql_units.write() as unit:
        await cancel(unit, appointment.id, by=Actor.CUSTOMER, now=NOW)

    await deliveries.step()

    assert await states(sql_units) == {Delivery.DROPPED: 1, Delivery.SENT: 1}
    assert [letter.method for letter in post.taken] == ["CANCEL"]


async def test_passing_failure_is_tried_again_later_with_the_same_message_id(
    world: World, deliveries: Deliveries, post: Post
) -> None:
    await booked(world)
    post.fails = DeliveryFailed("busy", permanent=False)
    await deliveries.step()
    post.fails = None

    await deliveries.step()
    assert post.taken == []  # not before its time
    post.now = NOW + MINUTE
    await deliveries.step()

    assert len(post.taken) == 1


async def test_permanent_failure_is_given_up(
    world: World, sql_units: SqlUnits, deliveries: Deliveries, post: Post
) -> None:
    await booked(world)
    post.fails = DeliveryFailed("no such mailbox", permanent=True)

    await deliveries.step()

    assert await states(sql_units) == {Delivery.FAILED: 1}


async def test_letter_of_a_worker_that_died_is_tried_once_more_and_then_waits_for_a_person(
    world: World, sql_units: SqlUnits, deliveries: Deliveries, post: Post
) -> None:
    await booked(world)
    for dies_at in (NOW, NOW + 10 * MINUTE):
        post.now = dies_at
        async with sql_units.write() as unit:
            assert len(await unit.outbox.claim(Channel.MAIL, dies_at, "dies", 10)) == 1
        post.now = dies_at + 3 * MINUTE
        await deliveries.step()
        assert post.taken == []

    post.now = NOW + timedelta(days=1)
    await deliveries.step()

    assert post.taken == []
    assert await states(sql_units) == {Delivery.IN_DOUBT: 1}


async def test_appointment_that_is_over_is_closed_by_the_background_work(
    world: World, sql_units: SqlUnits, post: Post
) -> None:
    appointment = await booked(world)
    outcomes = Outcomes(sql_units, post.clock)
    post.now = appointment.span.end + 9 * MINUTE
    await outcomes.step()
    async with sql_units.read() as unit:
        assert (await unit.appointments.get(appointment.id)).is_live

    post.now = appointment.span.end + 10 * MINUTE
    await outcomes.step()

    async with sql_units.read() as unit:
        assert not (await unit.appointments.get(appointment.id)).is_live


async def test_a_reminder_that_is_late_waits_for_the_morning_and_one_that_is_too_late_fails(
    world: World, sql_units: SqlUnits, deliveries: Deliveries, post: Post
) -> None:
    await booked(world)
    await deliveries.step()
    post.now = TEN - timedelta(days=1)
    await Reminders(sql_units, post.clock).step()

    post.now = TEN - timedelta(hours=12.5)  # 23:30 on her clock: the mail server was away until now
    await deliveries.step()
    waits = await states(sql_units)
    post.now = TEN - timedelta(hours=4)
    await deliveries.step()

    assert waits == {Delivery.SENT: 1, Delivery.WAITING: 1}
    assert await states(sql_units) == {Delivery.SENT: 1, Delivery.FAILED: 1}


async def test_who_is_reached_both_ways_is_written_to_both_ways_each_by_its_own_sender(
    world: World, sql_units: SqlUnits, deliveries: Deliveries, post: Post
) -> None:
    both = Customer(name="Aino", email="aino@example.org", phone="+358401234567", reached_by="both")
    wish = Wish(offering_id=world.talk, start=TEN, customer=both, adviser_id=world.ilmari)
    async with world.units.write() as unit:
        await reserve(unit, wish, now=NOW)
    phone = Post(name="sms")

    await deliveries.step()
    await Deliveries(sql_units, phone.clock, phone, site=SITE, worker="test").step()

    assert [one.to for one in post.taken] == ["aino@example.org"]
    assert [one.to for one in phone.taken] == ["+358401234567"]
    assert phone.taken[0].text.endswith(phone.taken[0].links[0].url)


async def test_nobody_writes_to_a_customer_without_an_address_and_nobody_tries_again(
    world: World, sql_units: SqlUnits, deliveries: Deliveries, post: Post
) -> None:
    told = Customer(name="Aino Virtanen", email="")
    wish = Wish(offering_id=world.talk, start=TEN, customer=told, adviser_id=world.ilmari)
    async with world.units.write() as unit:
        await reserve(unit, wish, now=NOW)

    await deliveries.step()
    post.now = TEN - timedelta(days=1)
    await Reminders(sql_units, post.clock).step()
    await deliveries.step()

    assert post.taken == []
    assert await states(sql_units) == {Delivery.FAILED: 2}
