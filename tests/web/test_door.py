"""The door: too early, come in, identify, over."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from booking.cancel import cancel
from booking.fact import Actor
from server.demo_data import NURSE
from tests.web.face_house import SOON, FaceHouse, face_house
from web.keys import SIGNER


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


async def test_door_tells_when_it_opens_to_one_who_comes_early(house: FaceHouse) -> None:
    _, token = await house.books()

    page = await house.browser().opens(f"/a/{token}/door")

    assert "The door opens that day at 12:45." in page.text
    assert page.forms() == []


async def test_coming_in_writes_the_fact_by_post_alone(house: FaceHouse) -> None:
    appointment, token = await house.books()
    house.now, aino = SOON - timedelta(minutes=10), house.browser()
    closed = await aino.opens(f"/a/{token}/door")
    assert await house.kinds(appointment.id) == ["booked"]

    page = await aino.sends(closed, f"/a/{token}/door")

    assert page.address == f"/a/{token}/door"
    assert "Identify yourself" in page.text
    assert await house.kinds(appointment.id) == ["booked", "door_opened"]


async def test_where_nothing_is_asked_one_comes_straight_to_the_waiting_room(house: FaceHouse) -> None:
    _, token = await house.books(offering_id=NURSE)
    house.now, aino = SOON - timedelta(minutes=10), house.browser()

    page = await aino.sends(await aino.opens(f"/a/{token}/door"), f"/a/{token}/door")

    assert page.status == 200
    assert "waiting room" in page.text


async def test_waiting_room_comes_with_its_first_ticket(house: FaceHouse) -> None:
    appointment, token = await house.books(offering_id=NURSE)
    house.now, aino = SOON - timedelta(minutes=10), house.browser()

    page = await aino.sends(await aino.opens(f"/a/{token}/door"), f"/a/{token}/door")

    found = re.search(r'"entry": "([^"]+)"', page.text)
    assert found is not None
    ticket = house.app[SIGNER].read(found[1], now=house.now)
    assert (ticket.appointment_id, ticket.role) == (appointment.id, "customer")


async def test_another_browser_with_the_same_link_must_come_in_by_itself(house: FaceHouse) -> None:
    _, token = await house.books(offering_id=NURSE)
    house.now, aino = SOON - timedelta(minutes=10), house.browser()
    await aino.sends(await aino.opens(f"/a/{token}/door"), f"/a/{token}/door")

    page = await house.browser().opens(f"/a/{token}/door")

    assert "Come in" in page.text


async def test_posting_before_the_door_opens_is_refused(house: FaceHouse) -> None:
    appointment, token = await house.books()
    aino = house.browser()
    csrf = (await aino.opens(f"/a/{token}/cancel")).forms()[0]["csrf"]

    page = await aino.posts(f"/a/{token}/door", {"csrf": csrf})

    assert page.status == 409
    assert await house.kinds(appointment.id) == ["booked"]


async def test_door_of_a_cancelled_appointment_says_so_and_offers_a_new_one(house: FaceHouse) -> None:
    appointment, token = await house.books()
    async with house.units.write() as unit:
        await cancel(unit, appointment.id, by=Actor.ADVISER, now=house.now)

    page = await house.browser().opens(f"/a/{token}/door")

    assert "This appointment was cancelled" in page.text
    assert "Book a new time" in page.text


async def test_door_closes_when_time_and_grace_are_over(house: FaceHouse) -> None:
    _, token = await house.books()
    house.now = SOON + timedelta(hours=1)

    page = await house.browser().opens(f"/a/{token}/door")

    assert "This appointment is over" in page.text
