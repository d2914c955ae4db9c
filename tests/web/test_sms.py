"""What a gateway tells and what customers write: signed, counted once, and seen by the right people."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from yarl import URL

from booking.appointment import Appointment, Customer, Status
from booking.fact import FactKind
from booking.letter import Channel, LetterDue, LetterKind
from booking.reserve import Wish, reserve
from server.database.demo_letters import DemoLetter
from server.database.outbox_table import Delivery
from server.demo_data import ILMARI, MORTGAGE
from tests.instances.sms_gateway import signed
from tests.web.face_house import SOON, FaceHouse, face_house
from tests.web.sign_in_house import Page
from web.csrf import FIELD

NUMBER = "+358401234567"
AINO = Customer(name="Aino Virtanen", email="aino@example.com", phone=NUMBER, language="en", reached_by="sms")
INCOMING, STATUS = "/channels/sms/incoming", "/channels/sms/status"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


async def booked(house: FaceHouse, customer: Customer = AINO) -> Appointment:
    wish = Wish(offering_id=MORTGAGE, start=SOON, customer=customer, adviser_id=ILMARI)
    async with house.units.write() as unit:
        return (await reserve(unit, wish, now=house.now)).appointment


async def calls(
    house: FaceHouse, path: str, told: dict[str, object], *, late: int = 0, secret: str = "", **more: str
) -> int:
    body = json.dumps(told).encode()
    headers = signed(body, int(house.now.timestamp()) - late, **({"secret": secret} if secret else {}))
    browser = house.browser()
    async with browser.client.post(house.origin + path, data=body, headers=headers | more) as answer:
        return answer.status


async def writes(house: FaceHouse, text: str, **more: object) -> int:
    return await calls(house, INCOMING, {"id": uuid4().hex, "from": NUMBER, "text": text} | more)


async def put(
    house: FaceHouse,
    appointment: Appointment,
    channel: Channel = Channel.SMS,
    *,
    kind: LetterKind = LetterKind.FIFTEEN_MINUTES,
) -> UUID:
    """Send a reminder, of which the gateway has told nothing yet; return its key."""
    due = LetterDue(appointment_id=appointment.id, kind=kind, sequence=0, channel=channel)
    async with house.units.write() as unit:
        await unit.outbox.claim(channel, house.now + timedelta(days=1), "others", 50)
        await unit.outbox.put(due, at=house.now)
        [letter] = await unit.outbox.claim(channel, house.now, "test", 1)
    return letter.id


async def state_of(house: FaceHouse, key: UUID) -> str:
    async with house.units.read() as unit:
        return (await unit.outbox.get(key)).state


async def test_a_cancel_and_a_yes_free_the_slot(house: FaceHouse) -> None:
    appointment = await booked(house)

    told = [await writes(house, "I can't come"), await writes(house, "Yes")]

    assert told == [204, 204]
    assert (await house.appointment(appointment.id)).status is Status.CANCELLED
    [cancelled] = [one for one in await house.history(appointment.id) if one.kind is FactKind.CANCELLED]
    assert (cancelled.by, cancelled.detail["reason"]) == ("customer", "cannot_come")
    assert FactKind.FREED in await house.kinds(appointment.id)


async def test_an_ok_confirms(house: FaceHouse) -> None:
    appointment = await booked(house)

    await writes(house, "OK")

    assert (await house.appointment(appointment.id)).confirmed_at == house.now


async def test_an_ok_to_a_reminder_that_came_after_the_question_does_not_cancel(house: FaceHouse) -> None:
    appointment = await booked(house)
    await writes(house, "CANCEL")
    key = await put(house, appointment, kind=LetterKind.ONE_DAY)
    await calls(house, STATUS, {"key": str(key), "status": "delivered"})

    await writes(house, "OK")

    now = await house.appointment(appointment.id)
    assert (now.status, now.confirmed_at) == (Status.BOOKED, house.now)


async def test_a_sender_with_a_name_is_nobody_whatever_figures_it_has(house: FaceHouse) -> None:
    appointment = await booked(house)

    await calls(house, INCOMING, {"id": "1", "from": "X0401234567", "text": "OK"})

    assert (await house.appointment(appointment.id)).confirmed_at is None


async def test_the_answer_tells_nothing_of_who_is_known(house: FaceHouse) -> None:
    await booked(house)

    told = [
        await calls(house, INCOMING, {"id": "1", "from": number, "text": "CANCEL"})
        for number in (NUMBER, "+358409999999", "Bank")
    ]

    assert told == [204, 204, 204]


async def test_what_is_handed_over_twice_counts_once(house: FaceHouse) -> None:
    appointment = await booked(house)

    for _ in range(2):
        await writes(house, "CANCEL", id="the same")

    assert (await house.appointment(appointment.id)).status is Status.BOOKED


@pytest.mark.parametrize(
    ("late", "secret", "more"),
    [
        (301, "", {}),
        (-301, "", {}),
        (0, "another secret of somebody", {}),
        (0, "", {"X-Kohtaamo-Timestamp": "1"}),
        (0, "", {"X-Kohtaamo-Timestamp": "abc"}),
        (0, "", {"X-Kohtaamo-Signature": ""}),
        (0, "", {"X-Kohtaamo-Signature": "ä"}),
    ],
)
async def test_who_does_not_sign_is_not_listened_to(
    house: FaceHouse, late: int, secret: str, more: dict[str, str]
) -> None:
    appointment = await booked(house)
    key = await put(house, appointment)
    body: dict[str, object] = {"id": "1", "from": NUMBER, "text": "OK"}
    status: dict[str, object] = {"key": str(key), "status": "failed"}

    told = [
        await calls(house, INCOMING, body, late=late, secret=secret, **more),
        await calls(house, STATUS, status, late=late, secret=secret, **more),
    ]

    assert told == [401, 401]
    assert (await house.appointment(appointment.id)).confirmed_at is None
    assert await state_of(house, key) == Delivery.CLAIMED


async def test_a_signature_of_bytes_that_are_no_text_is_refused_as_any_other(house: FaceHouse) -> None:
    told = URL(house.origin)
    head = f"POST {STATUS} HTTP/1.1\r\nHost: {told.authority}\r\nContent-Length: 2\r\nConnection: close\r\n"
    moment = f"X-Kohtaamo-Timestamp: {int(house.now.timestamp())}\r\nX-Kohtaamo-Signature: "
    reader, writer = await asyncio.open_connection(told.host, told.port)

    writer.write((head + moment).encode() + b"\xff\r\n\r\n{}")
    answer = await reader.read()
    writer.close()

    assert answer.startswith(b"HTTP/1.1 401 ")


async def test_who_guesses_signatures_is_told_to_wait(house: FaceHouse) -> None:
    told = {await calls(house, STATUS, {}, secret="another secret of somebody") for _ in range(125)}

    assert told == {401, 429}


async def test_too_large_a_body_and_a_broken_one_are_refused(house: FaceHouse) -> None:
    large = await calls(house, INCOMING, {"id": "1", "from": NUMBER, "text": "x" * 17_000})
    lacking = await calls(house, INCOMING, {"id": "1", "text": "OK"})
    other = await calls(house, STATUS, {"key": "no key", "status": "delivered"})

    assert (large, lacking, other) == (413, 422, 422)


async def test_without_a_secret_there_is_nothing_there(tmp_path: Path) -> None:
    async with face_house(tmp_path, sms_secret="") as house:
        told = [await calls(house, path, {}) for path in (INCOMING, STATUS)]

    assert told == [404, 404]


async def test_a_delivered_message_is_noted_and_counts_as_reminded_once(house: FaceHouse) -> None:
    appointment = await booked(house)
    key = await put(house, appointment)

    told = [await calls(house, STATUS, {"key": str(key), "status": "delivered"}) for _ in range(2)]

    assert told == [204, 204]
    assert await state_of(house, key) == Delivery.SENT
    assert (await house.kinds(appointment.id)).count(FactKind.REMINDED) == 1


async def test_a_message_that_did_not_arrive_is_seen_by_the_staff(house: FaceHouse) -> None:
    appointment = await booked(house)
    key = await put(house, appointment)

    for status in ("queued", "undelivered", "undelivered"):
        await calls(house, STATUS, {"key": str(key), "status": status})

    assert await state_of(house, key) == Delivery.FAILED
    assert (await house.kinds(appointment.id)).count(FactKind.NOT_REMINDED) == 1


async def test_the_gateway_says_nothing_of_mail_and_of_what_there_is_not(house: FaceHouse) -> None:
    key = await put(house, await booked(house), Channel.MAIL)

    told = [await calls(house, STATUS, {"key": str(one), "status": "failed"}) for one in (key, uuid4())]

    assert told == [204, 204]
    assert await state_of(house, key) == Delivery.CLAIMED


async def test_the_desk_shows_what_customers_write_as_plain_text_until_somebody_has_seen_to_it(
    house: FaceHouse,
) -> None:
    await booked(house)
    await writes(house, "The <b>tram</b> & I")
    ilmari = await house.staff("ilmari")

    page = await ilmari.opens("/desk")
    actions = [form["action"] for form in page.forms() if form["action"].startswith("/desk/messages/")]

    assert "The &lt;b&gt;tram&lt;/b&gt; &amp; I" in page.text
    assert len(actions) == 1

    after = await ilmari.sends(page, actions[0])

    assert after.address == "/desk?done=seen"
    assert "tram" not in after.text


async def test_another_team_neither_sees_nor_settles_it(house: FaceHouse) -> None:
    await booked(house)
    await writes(house, "Something of mine")
    louhi = await house.staff("louhi")

    page = await louhi.opens("/desk?team=1")
    async with house.units.read() as unit:
        [message] = await unit.messages.unread([ILMARI])
    refused = await louhi.posts(f"/desk/messages/{message.id}/seen", a_form(page))

    assert "Something of mine" not in page.text
    assert refused.status == 404
    async with house.units.read() as unit:
        assert len(await unit.messages.unread([ILMARI])) == 1


async def test_the_desk_sees_who_has_stopped_text_messages(house: FaceHouse) -> None:
    await booked(house)
    ilmari = await house.staff("ilmari")
    before = await ilmari.opens("/desk")

    await writes(house, "STOP")
    stopped = await ilmari.opens("/desk")
    await writes(house, "START")
    started = await ilmari.opens("/desk")

    assert ["No text messages" in one.text for one in (before, stopped, started)] == [False, True, False]


async def test_in_the_demo_anybody_answers_as_the_customer(house: FaceHouse) -> None:
    appointment = await booked(house)
    letter = DemoLetter(
        message_id="<1@localhost>", channel="sms", to=NUMBER, subject="Reminder", text="Come", at=house.now
    )
    async with house.units.write() as unit:
        await unit.demo_letters.add(letter)
    browser = house.browser()

    page = await browser.sends(await browser.opens("/demo/outbox"), "/demo/outbox/answer", text="OK")
    empty = await browser.sends(await browser.opens("/demo/outbox"), "/demo/outbox/answer", text="")

    assert page.address == "/demo/outbox?answered=1"
    assert (await house.appointment(appointment.id)).confirmed_at is not None
    assert empty.status == 422


async def test_production_takes_no_answers_from_a_page(tmp_path: Path) -> None:
    async with face_house(tmp_path, is_demo=False) as house:
        appointment = await booked(house)
        browser = house.browser()
        form = a_form(await browser.opens("/lost-link")) | {"sender": NUMBER, "text": "OK"}
        page = await browser.posts("/demo/outbox/answer", form)
        assert page.status == 404
        assert (await house.appointment(appointment.id)).confirmed_at is None


def a_form(page: Page) -> dict[str, str]:
    """Return what proves that a form comes from a page of ours."""
    return {name: value for form in page.forms() for name, value in form.items() if name == FIELD}
