"""One sends by a channel; who dies is followed; what nobody knows is in doubt; what cannot arrive is told."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest

from booking.appointment import Customer
from booking.errors import Contended
from booking.fact import Detail, FactKind
from booking.reserve import Wish, reserve
from server.database.outbox_table import Delivery
from server.database.senders import LEASE
from server.database.units import SqlUnits
from server.notify.channel import ChannelAway, DeliveryFailed, DeliveryUnsure
from server.workers.deliveries import Deliveries
from server.workers.heartbeat import Heartbeat
from server.workers.pace import Pace
from server.workers.reminders import Reminders
from server.workers.silent import silent
from server.workers.unserved import Unserved
from tests.contracts.world import NOW, TEN, World
from tests.server.notify.ainos import SITE
from tests.server.workers.post import MINUTE, Post, booked, states


@pytest.fixture
def post() -> Post:
    """A post office that works."""
    return Post()


def sending(units: SqlUnits, post: Post, worker: str = "first") -> Deliveries:
    return Deliveries(units, post.clock, post, site=SITE, worker=worker)


async def not_reminded(units: SqlUnits, appointment_id: UUID) -> list[Detail]:
    async with units.read() as unit:
        facts = await unit.facts.of(appointment_id)
    return [fact.detail for fact in facts if fact.kind is FactKind.NOT_REMINDED]


async def test_a_second_sender_waits_and_takes_over_when_the_first_is_silent(
    world: World, sql_units: SqlUnits, post: Post
) -> None:
    first, second = sending(sql_units, post), sending(sql_units, post, "second")
    await first.step()
    await booked(world)

    await second.step()
    while_held = len(post.taken)
    post.now = NOW + LEASE
    await second.step()
    await booked(world, TEN + timedelta(hours=2))
    await first.step()

    assert (while_held, len(post.taken)) == (0, 1)


async def test_who_stops_in_order_is_followed_at_once(world: World, sql_units: SqlUnits, post: Post) -> None:
    first, second = sending(sql_units, post), sending(sql_units, post, "second")
    await first.step()
    await booked(world)
    await first.leave()

    await second.step()

    assert len(post.taken) == 1


async def test_a_letter_that_nobody_answers_for_is_sent_once_more_with_the_same_id_and_then_waits(
    world: World, sql_units: SqlUnits, post: Post
) -> None:
    await booked(world)
    post.fails, post.takes_first = DeliveryUnsure("no answer"), True
    deliveries = sending(sql_units, post)

    for minute in (0, 4.9, 5, 60, 600):
        post.now = NOW + minute * MINUTE
        await deliveries.step()

    assert [one.message_id for one in post.taken] == [post.taken[0].message_id] * 2
    assert await states(sql_units) == {Delivery.IN_DOUBT: 1}


async def test_a_fault_of_the_sender_leaves_its_letter_in_doubt_and_stops_no_other(
    world: World, sql_units: SqlUnits, post: Post
) -> None:
    await booked(world)
    post.fails = ZeroDivisionError()
    deliveries = sending(sql_units, post)
    await deliveries.step()
    post.fails = None
    await booked(world, TEN + timedelta(hours=2))

    await deliveries.step()

    assert await states(sql_units) == {Delivery.IN_DOUBT: 1, Delivery.SENT: 1}


async def test_while_the_server_is_away_for_six_hours_no_letter_is_given_up_and_it_is_asked_rarely(
    world: World, sql_units: SqlUnits, post: Post
) -> None:
    for hours in range(4):
        await booked(world, TEN + timedelta(hours=hours))
    asked = 0
    deliveries = sending(sql_units, post)
    post.takes_first, post.fails = True, ChannelAway("refused")
    for minute in range(360):
        post.now = NOW + minute * MINUTE
        await deliveries.step()
    asked = len(post.taken)

    post.takes_first, post.fails, post.taken = False, None, []
    post.now = NOW + 362 * MINUTE
    await deliveries.step()

    assert asked <= 360
    assert await states(sql_units) == {Delivery.SENT: 4}


async def test_what_the_database_could_not_be_told_is_told_before_anything_else(
    world: World, sql_units: SqlUnits, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    await booked(world)
    deliveries, working = sending(sql_units, post), sql_units.do

    async def away(work: object) -> None:
        raise Contended

    monkeypatch.setattr(sql_units, "do", away)
    with pytest.raises(Contended):
        await deliveries.step()
    monkeypatch.setattr(sql_units, "do", working)
    post.now = NOW + 30 * MINUTE
    await deliveries.step()

    assert len(post.taken) == 1
    assert await states(sql_units) == {Delivery.SENT: 1}


@pytest.mark.parametrize(
    ("fails", "why"),
    [
        (DeliveryFailed("550", permanent=True), "refused"),
        (DeliveryFailed("450", permanent=False), "gave_up"),
    ],
)
async def test_a_reminder_that_cannot_arrive_is_told_in_the_history_once_and_before_the_start(
    world: World, sql_units: SqlUnits, post: Post, fails: DeliveryFailed, why: str
) -> None:
    appointment = await booked(world)
    deliveries = sending(sql_units, post)
    await deliveries.step()
    post.now, post.fails = TEN - timedelta(minutes=15), fails
    await Reminders(sql_units, post.clock).step()

    for minute in range(12):
        post.now = TEN + timedelta(minutes=minute - 15)
        await deliveries.step()

    assert [told["why"] for told in await not_reminded(sql_units, appointment.id)] == ["too_late", why]
    assert (await states(sql_units))[Delivery.FAILED] == 2


async def test_letters_of_a_channel_that_nobody_serves_are_given_up_once_they_should_have_left(
    world: World, sql_units: SqlUnits, post: Post
) -> None:
    seppo = Customer(name="Seppo", email="", phone="+358401234567", reached_by="sms")
    wish = Wish(offering_id=world.talk, start=TEN, customer=seppo, adviser_id=world.ilmari)
    async with sql_units.write() as unit:
        appointment = (await reserve(unit, wish, now=NOW)).appointment
    unserved = Unserved(sql_units, post.clock, {"mail"})

    await unserved.step()
    at_once = await states(sql_units)
    post.now = NOW + 10 * MINUTE
    await unserved.step()

    assert at_once == {Delivery.WAITING: 1}
    told = await not_reminded(sql_units, appointment.id)
    assert [(one["why"], one["channel"]) for one in told] == [("no_channel", "sms")]
    assert await states(sql_units) == {Delivery.FAILED: 1}


async def test_letters_of_a_channel_that_another_process_serves_wait_for_it(
    world: World, sql_units: SqlUnits, post: Post
) -> None:
    await booked(world)
    await Heartbeat(sql_units, post.clock, "mail").step()
    post.now = NOW + 30 * MINUTE

    await Unserved(sql_units, post.clock, {"sms"}).step()

    assert await states(sql_units) == {Delivery.WAITING: 1}


async def test_letters_leave_evenly_and_no_faster_than_was_said(
    world: World, sql_units: SqlUnits, post: Post
) -> None:
    for hours in range(5):
        await booked(world, TEN + timedelta(hours=hours))
    paced = Deliveries(sql_units, post.clock, post, site=SITE, worker="first", pace=Pace(600))
    loop = asyncio.get_running_loop()

    began = loop.time()
    await paced.step()

    assert len(post.taken) == 5
    assert loop.time() - began >= 4 * 0.1


def test_each_loop_that_is_silent_for_a_minute_is_named_and_none_that_is_not_set_up() -> None:
    second = timedelta(seconds=1)
    ages = {"work": 60 * second, "webhooks": 0 * second, "mail": 61 * second, "sms": 900 * second}

    assert silent(ages, ["mail"]) == ["mail"]
    assert silent(ages, ["mail", "sms"]) == ["mail", "sms"]
    assert silent({}, []) == ["work", "webhooks"]
