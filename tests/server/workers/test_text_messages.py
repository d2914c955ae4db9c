"""Text messages leave by a real gateway: once, never after a cancel or a STOP, and when it says."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from booking.appointment import Appointment
from booking.fact import FactKind
from booking.letter import Channel
from booking.reserve import Wish, reserve
from server.database.outbox_table import Delivery
from server.database.units import SqlUnits
from server.notify.channel import GatewayContext
from server.notify.gateway import Gateway
from server.workers.deliveries import Deliveries
from server.workers.reminders import Reminders
from tests.contracts.world import AINO, NOW, TEN, World
from tests.instances.sms_gateway import SmsGateway, sms_gateway
from tests.server.notify.ainos import SITE
from web.incoming import taken_in

DAY_BEFORE = TEN - timedelta(days=1)
SECOND = timedelta(seconds=1)
BODY = '{"to": "{to}", "text": "{text}", "key": "{key}"}'


@pytest.fixture
async def gateway() -> AsyncIterator[SmsGateway]:
    async with sms_gateway() as running:
        yield running


class Office:
    """The loop that sends, at a time that a test sets."""

    def __init__(self, units: SqlUnits, gateway: SmsGateway, *, honours_key: bool = True) -> None:
        self.now = NOW
        self.units = units
        context = GatewayContext(
            url=gateway.url,
            method="POST",
            headers="",
            body=BODY,
            sender="",
            callback="",
            honours_key=honours_key,
        )
        sender = Gateway(context)
        self._reminders = Reminders(units, self.clock)
        self._deliveries = Deliveries(units, self.clock, sender, site=SITE, worker="test")

    def clock(self) -> datetime:
        return self.now

    async def works_at(self, now: datetime) -> None:
        self.now = now
        await self._reminders.step()
        await self._deliveries.step()

    async def hears(self, text: str) -> None:
        async with self.units.write() as unit:
            await taken_in(unit, key=uuid4().hex, sender=AINO.phone, text=text, now=self.now)


async def booked(world: World) -> Appointment:
    customer = replace(AINO, reached_by="sms")
    wish = Wish(offering_id=world.talk, start=TEN, customer=customer, adviser_id=world.ilmari)
    async with world.units.write() as unit:
        return (await reserve(unit, wish, now=NOW)).appointment


async def counts(office: Office) -> dict[str, int]:
    async with office.units.read() as unit:
        return dict(await unit.outbox.counts())


async def test_reminder_goes_out_once_to_the_number(
    world: World, sql_units: SqlUnits, gateway: SmsGateway
) -> None:
    await booked(world)
    office = Office(sql_units, gateway)

    await office.works_at(DAY_BEFORE)
    await office.works_at(DAY_BEFORE + timedelta(minutes=1))

    assert [one["to"] for one in gateway.sent.values()] == ["+358401234567"] * 2
    assert sum("Påminnelse" in one["text"] for one in gateway.sent.values()) == 1


async def test_cancelled_by_text_message_a_second_before_no_reminder_leaves(
    world: World, sql_units: SqlUnits, gateway: SmsGateway
) -> None:
    await booked(world)
    office = Office(sql_units, gateway)
    await office.works_at(NOW)
    office.now = DAY_BEFORE - SECOND

    await office.hears("KAN INTE")
    await office.hears("JA")
    await office.works_at(DAY_BEFORE)

    told = [one["text"] for one in gateway.sent.values()]
    assert [text for text in told if "Påminnelse" in text or "Svara JA" in text] == []
    assert sum("avbokat" in text for text in told) == 1


async def test_whose_question_was_not_answered_in_time_is_still_reminded(
    world: World, sql_units: SqlUnits, gateway: SmsGateway
) -> None:
    await booked(world)
    office = Office(sql_units, gateway)
    office.now = DAY_BEFORE - SECOND

    await office.hears("KAN INTE")
    await office.works_at(DAY_BEFORE)

    told = [one["text"] for one in gateway.sent.values()]
    assert sum("Svara JA för att avboka" in text for text in told) == 1
    assert sum("Påminnelse" in text for text in told) == 1


async def test_after_a_stop_what_waits_is_not_sent_and_the_staff_see_it(
    world: World, sql_units: SqlUnits, gateway: SmsGateway
) -> None:
    appointment = await booked(world)
    office = Office(sql_units, gateway)

    await office.hears("STOP")
    await office.works_at(NOW)

    assert gateway.calls == 0
    assert await counts(office) == {Delivery.FAILED: 1}
    async with sql_units.read() as unit:
        facts = await unit.facts.of(appointment.id)
    assert [one.detail["why"] for one in facts if one.kind is FactKind.NOT_REMINDED] == ["stopped"]


async def test_after_a_stop_reminders_go_by_mail(
    world: World, sql_units: SqlUnits, gateway: SmsGateway
) -> None:
    await booked(world)
    office = Office(sql_units, gateway)
    await office.works_at(NOW)
    await office.hears("STOP")
    calls = gateway.calls

    await office.works_at(DAY_BEFORE)
    async with sql_units.write() as unit:
        by_mail = await unit.outbox.claim(Channel.MAIL, DAY_BEFORE, "mail", 5)

    assert gateway.calls == calls
    assert len(by_mail) == 1


async def test_busy_gateway_is_left_alone_as_long_as_it_asks(
    world: World, sql_units: SqlUnits, gateway: SmsGateway
) -> None:
    await booked(world)
    office = Office(sql_units, gateway)
    gateway.status, gateway.answer_headers = 429, {"Retry-After": "600"}
    await office.works_at(NOW)
    gateway.status = 200

    await office.works_at(NOW + timedelta(seconds=599))
    too_early = gateway.calls
    await office.works_at(NOW + timedelta(seconds=600))

    assert (too_early, gateway.calls, len(gateway.sent)) == (1, 2, 1)


async def test_unanswered_message_to_a_gateway_without_keys_is_in_doubt(
    world: World, sql_units: SqlUnits, gateway: SmsGateway
) -> None:
    await booked(world)
    office = Office(sql_units, gateway, honours_key=False)
    gateway.is_mute = True

    await office.works_at(NOW)

    assert await counts(office) == {Delivery.IN_DOUBT: 1}


async def test_unanswered_message_to_a_gateway_that_honours_keys_is_tried_again_and_sent_once(
    world: World, sql_units: SqlUnits, gateway: SmsGateway
) -> None:
    await booked(world)
    office = Office(sql_units, gateway)
    gateway.is_mute = True
    await office.works_at(NOW)
    gateway.is_mute = False

    await office.works_at(NOW + timedelta(minutes=2))

    assert (gateway.calls, len(gateway.sent)) == (2, 1)
    assert await counts(office) == {Delivery.SENT: 1}
