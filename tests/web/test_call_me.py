"""One tap asks for a call; the desk sees it until somebody has called."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from booking.appointment import Appointment
from tests.web.face_house import SOON, FaceHouse, face_house

FAR = SOON + timedelta(days=21)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


async def knows_phone(house: FaceHouse, appointment: Appointment) -> None:
    known = replace(appointment.customer, phone="+358 40 123 4567")
    async with house.units.write() as unit:
        await unit.appointments.change(replace(appointment, customer=known), now=house.now)


async def test_one_tap_asks_for_a_call_at_the_known_number_which_is_shown_masked(house: FaceHouse) -> None:
    appointment, token = await house.books()
    await knows_phone(house, appointment)
    aino, place = house.browser(), f"/a/{token}/call"

    asked = await aino.opens(place)
    told = await aino.sends(asked, place)
    await aino.posts(place, asked.forms()[0])

    assert "•• 4567" in asked.text
    assert "123" not in asked.text.replace("+358 9 123 456", "").replace("+3589123456", "")
    assert "Thank you, your wish has reached us." in told.text
    assert await house.kinds(appointment.id) == ["booked", "call_asked"]


async def test_who_left_no_number_is_asked_for_one(house: FaceHouse) -> None:
    appointment, token = await house.books()
    aino, place = house.browser(), f"/a/{token}/call"

    asked = await aino.opens(place)
    empty = await aino.sends(asked, place)
    wrong = await aino.sends(asked, place, phone="not a number")
    told = await aino.sends(asked, place, phone="040 765 4321")

    assert (empty.status, wrong.status, told.status) == (422, 422, 200)
    assert "Fill in this field." in empty.text
    assert (await house.appointment(appointment.id)).customer.phone
    assert await house.kinds(appointment.id) == ["booked", "call_asked", "contact_changed"]


async def test_a_known_number_is_not_replaced_by_the_way(house: FaceHouse) -> None:
    appointment, token = await house.books()
    await knows_phone(house, appointment)
    aino, place = house.browser(), f"/a/{token}/call"

    await aino.sends(await aino.opens(place), place, phone="09 000 0000")

    assert (await house.appointment(appointment.id)).customer.phone == "+358 40 123 4567"


async def test_the_desk_shows_who_asks_however_far_ahead_until_somebody_has_called(house: FaceHouse) -> None:
    appointment, token = await house.books(start=FAR)
    ilmari, aino, place = await house.staff("ilmari"), house.browser(), f"/a/{token}/call"
    before = await ilmari.opens("/desk")

    await aino.sends(await aino.opens(place), place, phone="040 765 4321")
    asked = await ilmari.opens("/desk")
    states = await ilmari.opens("/desk/states")
    done = await ilmari.sends(asked, f"/desk/appointments/{appointment.id}/called")

    assert "Asks for a call" not in before.text
    assert "Asks for a call" in asked.text
    assert "040 765 4321" in asked.text
    assert '"wants_call": true' in states.text
    assert "Asks for a call" not in done.text
    assert (await house.kinds(appointment.id))[-1] == "called_back"


async def test_another_teams_adviser_neither_sees_nor_marks_a_call(house: FaceHouse) -> None:
    appointment, token = await house.books(start=FAR)
    louhi, aino, place = await house.staff("louhi"), house.browser(), f"/a/{token}/call"
    await aino.sends(await aino.opens(place), place, phone="040 765 4321")

    seen = [await louhi.opens(path) for path in ("/desk", "/desk?team=1", "/desk/states?team=1")]
    form = (await louhi.opens("/desk")).forms()[0]
    refused = await louhi.posts(f"/desk/appointments/{appointment.id}/called", form)

    assert not any("Aino" in page.text or str(appointment.id) in page.text for page in seen)
    assert refused.status == 404
    assert (await house.kinds(appointment.id))[-1] != "called_back"
