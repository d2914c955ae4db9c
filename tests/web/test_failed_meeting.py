"""The meeting failed: either side says so, we apologise and say why, and a new time is at hand."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from booking.attend import record
from booking.close import close
from booking.fact import Actor, FactKind
from booking.outcome import Outcome
from server.demo_data import ILMARI
from tests.web.face_house import SOON, FaceHouse, face_house
from tests.web.meetings import CAME, happened, met

HOUR = timedelta(hours=1)
SORRY = "I am sorry. Our meeting failed."


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


def times(text: str) -> list[str]:
    return re.findall(r'name="slot" value="([^"]+)"', text)


async def test_a_customer_says_what_failed_reads_that_we_are_sorry_and_takes_a_new_time(
    house: FaceHouse,
) -> None:
    appointment, token = await met(house)
    aino, place = house.browser(), f"/a/{token}/failed"
    home = await aino.opens(f"/a/{token}")

    sorry = await aino.sends(await aino.opens(place), place, what="not_heard")
    booked = await aino.sends(sorry, f"/a/{token}/again", slot=times(sorry.text)[0])
    later = await aino.opens(f"/a/{token}/afterwards")

    assert f'href="{place}"' in home.text
    assert sorry.address == f"/a/{token}/afterwards"
    assert SORRY in sorry.text
    assert "<strong>We did not hear each other</strong>" in sorry.text
    assert f" {ILMARI}" in times(sorry.text)[0]
    assert "Your appointment is booked." in booked.text
    assert "You have a new time already." in later.text
    closed = await house.units.do(lambda unit: close(unit, appointment.id, now=house.now))
    assert closed.outcome is Outcome.TECHNICAL_FAILURE


async def test_an_adviser_says_so_and_books_the_next_one_in_one_tap_more(house: FaceHouse) -> None:
    appointment, token = await met(house)
    await house.units.do(lambda unit: close(unit, appointment.id, now=house.now))
    place = f"/desk/appointments/{appointment.id}"
    ilmari = await house.staff("ilmari")
    looked = await ilmari.opens(f"{place}/wrap-up")

    asked = await ilmari.opens(f"{place}/failed")
    sorry = await ilmari.sends(asked, f"{place}/failed", what="broke_off")
    done = await ilmari.sends(sorry, f"{place}/again", slot=times(sorry.text)[0])

    assert f'href="{place}/failed"' in looked.text
    assert SORRY in sorry.text
    assert "The connection broke off again and again" in sorry.text
    assert done.address == "/desk?done=again"
    assert (await house.appointment(appointment.id)).outcome is Outcome.TECHNICAL_FAILURE
    assert (await house.kinds(appointment.id))[-3:] == ["meeting_failed", "wrapped_up", "booked_again"]
    again = next(one for one in await house.booked() if one.source == "again")
    assert (again.customer, again.adviser_id) == (appointment.customer, ILMARI)
    assert SORRY in (await house.browser().opens(f"/a/{token}")).text


async def test_where_the_facts_say_it_nobody_need(house: FaceHouse) -> None:
    appointment, token = await house.books()
    await happened(house, appointment.id, *CAME)
    async with house.units.write() as unit:
        detail = {"failure": "media_not_connected"}
        await record(unit, appointment.id, FactKind.MEDIA_FAILED, by=Actor.CUSTOMER, now=SOON, detail=detail)
        await record(unit, appointment.id, FactKind.ENDED, by=Actor.ADVISER, now=SOON + HOUR / 6)
    house.now = SOON + HOUR / 6

    sorry = await house.browser().opens(f"/a/{token}/afterwards")

    assert SORRY in sorry.text
    assert "Picture and sound do not get through" in sorry.text
    assert times(sorry.text) != []


async def test_it_is_said_once_in_time_and_only_by_who_may(house: FaceHouse) -> None:
    appointment, token = await met(house)
    away, absent = await house.books("Kullervo", start=SOON + HOUR)
    aino, place = house.browser(), f"/a/{token}/failed"
    asked = await aino.opens(place)
    desk = f"/desk/appointments/{appointment.id}/failed"
    louhi = await house.staff("louhi")
    hers = (await louhi.opens("/desk")).forms()[0] | {"what": "not_heard"}

    nonsense = await aino.sends(asked, place, what="x")
    nobody = await aino.posts(f"/a/{absent}/failed", asked.forms()[0] | {"what": "not_heard"})
    strange = await louhi.posts(desk, hers)
    for what in ("not_heard", "not_seen"):
        await aino.sends(asked, place, what=what)
    house.now = appointment.span.end + 24 * HOUR
    late = await aino.sends(asked, place, what="not_heard")

    assert [page.status for page in (nonsense, nobody, strange, late)] == [422, 409, 404, 409]
    assert (await house.kinds(appointment.id)).count("meeting_failed") == 1
    assert "meeting_failed" not in await house.kinds(away.id)


async def test_the_staff_do_not_learn_the_link_of_what_they_booked_again(house: FaceHouse) -> None:
    appointment, _ = await met(house)
    ilmari, place = await house.staff("ilmari"), f"/desk/appointments/{appointment.id}/again"
    offered = await ilmari.opens(place)

    await ilmari.sends(offered, place, slot=times(offered.text)[0])
    await ilmari.sends(offered, place, slot=times(offered.text)[1])

    again = [one for one in await house.booked() if one.source == "again"]
    assert len(again) == 1
    assert (await ilmari.opens(f"/desk/appointments/{again[0].id}/link")).status == 404
