"""Ilmari's day, live; Louhi of another team sees none of it."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from booking.attend import come_in, record
from booking.fact import Actor, FactKind
from booking.letter import LetterDue, LetterKind
from booking.not_reminded import NotReminded, not_reminded
from tests.web.face_house import SOON, FaceHouse, face_house
from tests.web.sign_in_house import Browser


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


async def told_states(house: FaceHouse, browser: Browser) -> dict[str, Any]:
    """Return how the only row stands."""
    async with browser.client.get(f"{house.origin}/desk/states?lang=en") as answer:
        [visit] = (await answer.json())["visits"]
    return dict(visit)


async def test_desk_shows_who_comes_and_how_they_stand(house: FaceHouse) -> None:
    appointment, _ = await house.books()
    house.now = SOON - timedelta(minutes=5)
    async with house.units.write() as unit:
        await come_in(unit, appointment.id, now=house.now)
        await record(
            unit,
            appointment.id,
            FactKind.CONNECTION_TESTED,
            by=Actor.CUSTOMER,
            now=house.now,
            detail={"verdict": "usable"},
        )
    ilmari = await house.staff("ilmari")

    page = await ilmari.opens("/desk")

    assert "Aino Virtanen" in page.text
    assert "At the door" in page.text
    assert "Connection usable" in page.text
    assert f'href="/desk/appointments/{appointment.id}/meeting"' in page.text


async def test_louhi_sees_nothing_of_another_team(house: FaceHouse) -> None:
    appointment, _ = await house.books()
    ilmari, louhi = await house.staff("ilmari"), await house.staff("louhi")
    place = f"/desk/appointments/{appointment.id}/cancel"
    form = await ilmari.opens(place)
    assert form.status == 200  # it is there to be seen

    seen = [await louhi.opens(path) for path in ("/desk", "/desk?team=1", "/desk/states?team=1")]
    refused = [await louhi.opens(place), await louhi.posts(place, (await louhi.opens("/sign-in")).forms()[0])]

    assert [page.status for page in refused] == [404, 404]
    assert not any("Aino" in page.text or str(appointment.id) in page.text for page in seen)
    assert await house.kinds(appointment.id) == ["booked"]


async def test_states_answer_nothing_new_until_something_is(house: FaceHouse) -> None:
    appointment, _ = await house.books()
    ilmari, address = await house.staff("ilmari"), f"{house.origin}/desk/states"
    async with ilmari.client.get(address) as first:
        etag, told = first.headers["ETag"], await first.json()
    async with ilmari.client.get(address, headers={"If-None-Match": etag}) as same:
        unchanged = same.status
    house.now = SOON - timedelta(minutes=5)
    async with house.units.write() as unit:
        await come_in(unit, appointment.id, now=house.now)

    async with ilmari.client.get(address, headers={"If-None-Match": etag}) as later:
        news = await later.json()

    assert unchanged == 304
    assert [visit["stage"] for visit in told["visits"]] == ["not_here"]
    assert [(visit["stage"], visit["is_here"]) for visit in news["visits"]] == [("at_door", True)]


async def test_states_tell_a_letter_that_did_not_arrive_in_the_readers_words(house: FaceHouse) -> None:
    appointment, _ = await house.books()
    due = LetterDue(appointment_id=appointment.id, kind=LetterKind.ONE_DAY, sequence=0)
    ilmari = await house.staff("ilmari")
    before = (await told_states(house, ilmari))["not_reminded"]

    await house.units.do(lambda unit: not_reminded(unit, due, NotReminded.CAME_BACK, now=house.now))

    told = await told_states(house, ilmari)
    assert (before, told["not_reminded"]) == ([], ["Not reminded", "It came back."])


async def test_states_tell_who_has_stopped_text_messages(house: FaceHouse) -> None:
    await house.books(phone="+358401234567")
    ilmari = await house.staff("ilmari")
    before = (await told_states(house, ilmari))["is_stopped"]

    async with house.units.write() as unit:
        await unit.stopped_numbers.add("358401234567", since=house.now)

    assert (before, (await told_states(house, ilmari))["is_stopped"]) == (False, True)


async def test_what_an_adviser_cancels_counts_as_ours(house: FaceHouse) -> None:
    appointment, _ = await house.books()
    ilmari, place = await house.staff("ilmari"), f"/desk/appointments/{appointment.id}/cancel"

    page = await ilmari.sends(await ilmari.opens(place), place)

    assert page.address == "/desk?done=cancelled"
    cancelled = await house.appointment(appointment.id)
    assert (cancelled.status.value, cancelled.outcome) == ("cancelled", "cancelled_by_us")


async def test_an_appointment_that_is_over_leads_from_its_meeting_to_the_desk(house: FaceHouse) -> None:
    appointment, _ = await house.books()
    ilmari, place = await house.staff("ilmari"), f"/desk/appointments/{appointment.id}"
    before = await ilmari.opens(f"{place}/meeting")

    await ilmari.sends(await ilmari.opens(f"{place}/cancel"), f"{place}/cancel")
    after = await ilmari.opens(f"{place}/meeting")

    assert (before.address, after.address) == (f"{place}/meeting", "/desk")


async def test_a_stranger_is_led_to_sign_in(house: FaceHouse) -> None:
    page = await house.browser().opens("/desk")

    assert page.address.startswith("/sign-in")


async def test_admin_sees_the_teams_day_and_cannot_open_a_meeting(house: FaceHouse) -> None:
    await house.books()

    page = await (await house.staff("admin")).opens("/desk")

    assert "Aino Virtanen" in page.text
    assert "/meeting" not in page.text
