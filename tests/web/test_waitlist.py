"""Tell me if an earlier time frees up: on and off again on the customer's own page, and never by a GET."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from booking.cancel import cancel
from booking.fact import Actor
from booking.waiting import Waiting
from server.workers.refill import Refill
from tests.web.face_house import FaceHouse, face_house
from tests.web.house import NOW

LATER = NOW + timedelta(days=7)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


async def wish(house: FaceHouse, token: str) -> Waiting | None:
    async with house.units.read() as unit:
        appointment = await unit.links.appointment(token)
        return await unit.waitlist.of(appointment.id)


async def test_one_button_switches_it_on_and_another_off(house: FaceHouse) -> None:
    appointment, token = await house.books(start=LATER)
    aino = house.browser()

    csrf = (await aino.opens(f"/a/{token}")).forms()[0]["csrf"]
    on = await aino.posts(f"/a/{token}/waitlist", {"csrf": csrf})
    waiting = await wish(house, token)
    off = await aino.sends(on, f"/a/{token}/waitlist/off")

    assert "We write to you when an earlier time frees up." in on.text
    assert waiting == Waiting(appointment_id=appointment.id, since=house.now)
    assert "We write to you when an earlier time frees up." not in off.text
    assert await wish(house, token) is None
    assert await house.kinds(appointment.id) == ["booked", "waitlisted", "waitlist_left"]


async def test_the_switch_stands_on_the_page_right_after_booking(house: FaceHouse) -> None:
    _, token = await house.books(start=LATER)

    page = await house.browser().opens(f"/a/{token}?booked=1")

    assert "Tell me if an earlier time frees up" in page.text


async def test_a_wish_is_kept_from_its_day_on_and_shown_again(house: FaceHouse) -> None:
    _, token = await house.books(start=LATER)
    aino = house.browser()
    form = await aino.opens(f"/a/{token}/waitlist")

    page = await aino.sends(form, f"/a/{token}/waitlist", not_before="2026-11-26", same_adviser="1")
    again = await aino.opens(f"/a/{token}/waitlist")

    waiting = await wish(house, token)
    assert waiting is not None
    assert waiting.not_before == datetime(2026, 11, 25, 22, 0, tzinfo=UTC)  # midnight in Helsinki
    assert waiting.same_adviser
    assert "Not before Thursday 26 November 2026." in page.text
    assert 'value="2026-11-26"' in again.text


@pytest.mark.parametrize(
    ("day", "told"),
    [("2026-12-01", "Choose a day before your appointment."), ("soon", "Choose a day. Example")],
)
async def test_a_day_that_is_none_or_too_late_is_told_beside_the_field(
    house: FaceHouse, day: str, told: str
) -> None:
    _, token = await house.books(start=LATER)
    aino = house.browser()
    form = await aino.opens(f"/a/{token}/waitlist")

    page = await aino.sends(form, f"/a/{token}/waitlist", not_before=day)

    assert page.status == 422
    assert told in page.text
    assert await wish(house, token) is None


async def test_a_day_that_has_passed_limits_nothing(house: FaceHouse) -> None:
    _, token = await house.books(start=LATER)
    aino = house.browser()

    page = await aino.sends(await aino.opens(f"/a/{token}"), f"/a/{token}/waitlist", not_before="2020-01-01")

    waiting = await wish(house, token)
    assert waiting is not None
    assert waiting.not_before is None
    assert "Not before" not in page.text.partition('id="earlier"')[2]


async def test_once_it_has_begun_there_is_no_switch(house: FaceHouse) -> None:
    _, token = await house.books(start=LATER)
    house.now = LATER

    own = await house.browser().opens(f"/a/{token}")
    page = await house.browser().opens(f"/a/{token}/waitlist")

    assert "Tell me if an earlier time frees up" not in own.text
    assert page.address == f"/a/{token}"


async def test_an_open_offer_stands_on_the_customers_own_page(house: FaceHouse) -> None:
    gone, _ = await house.books("Kullervo", start=LATER - timedelta(days=3))
    _, token = await house.books(start=LATER)
    aino = house.browser()
    await aino.sends(await aino.opens(f"/a/{token}"), f"/a/{token}/waitlist")
    async with house.units.write() as unit:
        await cancel(unit, gone.id, by=Actor.CUSTOMER, now=house.now)
    await Refill(house.units, lambda: house.now).step()

    page = await aino.opens(f"/a/{token}")

    assert "An earlier time is free for you:" in page.text
    assert 'href="/o/' in page.text
