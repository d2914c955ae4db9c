"""Cancelled by mistake: the customer has the time back, as long as nobody else has it."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event, EventStatus

from booking.cancel import cancel
from booking.fact import Actor
from server.demo_data import AINIKKI, MORTGAGE
from tests.web.face_house import SOON, FaceHouse, face_house
from tests.web.house import NOW
from tests.web.sign_in_house import Browser, Page
from web.moments import moment_json

TOMORROW = SOON + timedelta(days=1)
UNDO = "Undo the cancellation"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


async def cancels(aino: Browser, token: str) -> Page:
    return await aino.sends(await aino.opens(f"/a/{token}/cancel"), f"/a/{token}/cancel")


async def test_aino_has_her_time_back_by_one_button(house: FaceHouse) -> None:
    appointment, token = await house.books()
    aino = house.browser()

    page = await aino.sends(await cancels(aino, token), f"/a/{token}/restore")

    assert "The cancellation is undone." in page.text
    back = await house.appointment(appointment.id)
    assert (back.is_live, back.span, back.adviser_id) == (True, appointment.span, appointment.adviser_id)
    assert await house.kinds(appointment.id) == ["booked", "cancelled", "freed", "restored"]


async def test_a_time_that_somebody_else_has_is_not_offered_again(house: FaceHouse) -> None:
    _, token = await house.books()
    aino = house.browser()
    form = await cancels(aino, token)
    await house.books("Kullervo Kalervonpoika")

    page, refused = await aino.opens(f"/a/{token}"), await aino.sends(form, f"/a/{token}/restore")

    assert UNDO not in page.text
    assert refused.status == 409
    assert "The appointment stays cancelled" in refused.text
    assert f"/book/{MORTGAGE}/hold" in refused.text


async def test_who_has_another_appointment_by_now_is_told_so(house: FaceHouse) -> None:
    _, token = await house.books()
    aino = house.browser()
    form = await cancels(aino, token)
    await house.books(adviser_id=AINIKKI)

    refused = await aino.sends(form, f"/a/{token}/restore")

    assert refused.status == 409
    assert "You have another appointment at that time by now." in refused.text


async def test_what_we_cancelled_is_not_the_customers_to_undo(house: FaceHouse) -> None:
    appointment, token = await house.books()
    async with house.units.write() as unit:
        await cancel(unit, appointment.id, by=Actor.ADVISER, now=house.now)
    aino = house.browser()
    page = await aino.opens(f"/a/{token}")
    csrf = (await aino.opens("/sign-in")).forms()[0]["csrf"]

    refused = await aino.posts(f"/a/{token}/restore", {"csrf": csrf})

    assert UNDO not in page.text
    assert refused.status == 409
    assert await house.kinds(appointment.id) == ["booked", "cancelled", "freed"]


async def test_after_the_start_there_is_nothing_to_undo(house: FaceHouse) -> None:
    _, token = await house.books()
    aino = house.browser()
    form = await cancels(aino, token)
    house.now = SOON

    page, refused = await aino.opens(f"/a/{token}"), await aino.sends(form, f"/a/{token}/restore")

    assert UNDO not in page.text
    assert refused.status == 409


async def test_moving_into_an_own_appointment_keeps_the_old_time_and_says_why(house: FaceHouse) -> None:
    appointment, token = await house.books()
    await house.books(start=TOMORROW, adviser_id=AINIKKI)
    aino = house.browser()
    form = await aino.opens(f"/a/{token}/move?start={moment_json(TOMORROW)}")

    page = await aino.sends(form, f"/a/{token}/move")

    assert page.status == 409
    assert "You have another appointment at that time" in page.text
    assert "Your old time is still yours" in page.text
    assert (await house.appointment(appointment.id)).span == appointment.span


async def test_before_cancelling_another_time_is_offered(house: FaceHouse) -> None:
    _, token = await house.books()

    page = await house.browser().opens(f"/a/{token}/cancel")

    assert page.text.index(f'href="/a/{token}/move"') < page.text.index(f'action="/a/{token}/cancel"')


async def test_the_calendar_file_says_that_it_is_cancelled_and_then_that_it_is_not(house: FaceHouse) -> None:
    appointment, token = await house.books()
    aino = house.browser()

    booked = await calendar_file(aino, token)
    house.now += timedelta(minutes=1)
    form = await cancels(aino, token)
    cancelled = await calendar_file(aino, token)
    house.now += timedelta(minutes=1)
    await aino.sends(form, f"/a/{token}/restore")
    restored = await calendar_file(aino, token)

    told = [(one.status, one.sequence, one.dtstamp) for one in (booked, cancelled, restored)]
    assert told == [
        (EventStatus.CONFIRMED, 0, NOW),
        (EventStatus.CANCELLED, 1, NOW + timedelta(minutes=1)),
        (EventStatus.CONFIRMED, 2, NOW + timedelta(minutes=2)),
    ]
    assert {one.uid for one in (booked, cancelled, restored)} == {str(appointment.id)}
    assert [one.attendees for one in (booked, cancelled, restored)] == [[], [], []]


async def calendar_file(aino: Browser, token: str) -> Event:
    async with aino.client.get(f"{aino.origin}/a/{token}/calendar.ics") as answer:
        [event] = IcsCalendarStream.calendar_from_ics(await answer.text()).events
    return event
