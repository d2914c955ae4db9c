"""Who comes in is seen step by step before there is a meeting, is spoken to, and is helped by a link."""

import re
from collections.abc import AsyncIterator
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from booking.appointment import Appointment
from booking.approach import GONE_AFTER
from booking.attend import come_in, record
from booking.fact import Actor, FactKind
from booking.waiting_room import AWAY_AFTER, WaitingCustomer
from server.demo_data import MORTGAGE
from server.meeting_log import UnitMeetingLog
from signalling.arrival import Arrival, ArrivalStep, Browser, Device, DeviceKind, Microphone, System
from signalling.failure import Failure
from signalling.ice import IcePolicy
from signalling.switchboard import Switchboard
from tests.memory.relay import MemoryRelay
from tests.web.face_house import SOON, FaceHouse, face_house
from tests.web.sign_in_house import Browser as Person
from web import keys

MINUTE = timedelta(minutes=1)
IPHONE = Device(DeviceKind.PHONE, System.IOS, Browser.SAFARI)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    def furnish(house: FaceHouse) -> None:
        house.app[keys.SWITCHBOARD] = Switchboard(UnitMeetingLog(house.units), IcePolicy(), MemoryRelay())

    async with face_house(tmp_path, furnish=furnish) as house:
        yield house


async def says(aino: Person, token: str, place: str, **arrival: Any) -> dict[str, str]:
    """Say it as the page's script does; return what the page is to show."""
    found = re.search(r'data-csrf="([0-9a-f]+)"', (await aino.opens(f"/a/{token}/door")).text)
    csrf = found[1] if found else ""
    said = {"place": place, "arrival": asdict(Arrival(device=IPHONE, **arrival))}
    headers = {"X-CSRF-Token": csrf, "Accept": "application/json", "Origin": aino.origin}
    url = f"{aino.origin}/a/{token}/arrival?lang=en"
    async with aino.client.post(url, json=said, headers=headers) as answer:
        assert answer.status == 200, await answer.text()
        told: dict[str, str] = await answer.json()
    return told


async def panel(adviser: Person, appointment: Appointment) -> str:
    return (await adviser.opens(f"/desk/appointments/{appointment.id}/coming")).text


def current(text: str) -> str:
    """Return the step that a page marks as the present one."""
    found = re.search(r'aria-current="step".*?steps__name">([^<]*)<', text, re.DOTALL)
    return found[1] if found else ""


async def at_the_door(house: FaceHouse) -> tuple[Appointment, str]:
    """Book, and let it be five minutes before the start."""
    booked = await house.books()
    house.now = SOON - 5 * MINUTE
    return booked


async def waits(house: FaceHouse, appointment: Appointment, **arrival: Any) -> None:
    said = asdict(Arrival(device=IPHONE, **arrival))
    row = WaitingCustomer(appointment_id=appointment.id, came_at=house.now, beat_at=house.now, arrival=said)
    async with house.units.write() as unit:
        await unit.waiting.keep(row)


async def helpers_link(house: FaceHouse, token: str) -> str:
    """Make it as the customer does; return its path."""
    aino, place = house.browser(), f"/a/{token}/helper"
    shown = await aino.sends(await aino.opens(place), place)
    found = re.search(r"/h/[\w-]{22}", shown.text)
    assert found is not None
    return found[0]


async def test_each_step_before_there_is_a_line_is_seen_by_the_adviser(house: FaceHouse) -> None:
    appointment, token = await at_the_door(house)
    aino, ilmari = house.browser(), await house.staff("ilmari")

    seen = [current(await panel(ilmari, appointment))]
    await says(aino, token, "door")
    seen.append(current(await panel(ilmari, appointment)))
    await says(aino, token, "identification")
    seen.append(current(await panel(ilmari, appointment)))
    await says(aino, token, "waiting_room", failure=Failure.SERVER_UNREACHABLE)
    stuck = await panel(ilmari, appointment)

    assert seen == ["", "Door", "Identification"]
    assert current(stuck) == "Camera and microphone"
    assert "Our server cannot be reached" in stuck
    assert "Phone · iOS · Safari" in re.sub(r"\s+", " ", stuck)


async def test_a_wrong_browser_is_seen_at_the_door_and_its_help_is_shown_there(house: FaceHouse) -> None:
    appointment, token = await at_the_door(house)

    told = await says(house.browser(), token, "door", failure=Failure.BROWSER_TOO_OLD)

    assert told["text"] == "This browser cannot hold video meetings"
    assert told["help"] != ""
    assert "This browser cannot hold video meetings" in await panel(await house.staff("ilmari"), appointment)


async def test_an_identification_that_fails_is_seen_with_its_reason_and_by_the_helper_without(
    house: FaceHouse,
) -> None:
    appointment, token = await at_the_door(house)
    helper = await helpers_link(house, token)
    async with house.units.write() as unit:
        await come_in(unit, appointment.id, now=house.now)
        for kind, detail in (
            (FactKind.IDENTIFICATION_BEGUN, {}),
            (FactKind.IDENTIFICATION_FAILED, {"reason": "another_person"}),
        ):
            await record(unit, appointment.id, kind, by=Actor.CUSTOMER, detail=detail, now=house.now)

    adviser, helped = (
        await panel(await house.staff("ilmari"), appointment),
        await house.browser().opens(helper),
    )

    assert [current(adviser), current(helped.text)] == ["Identification", "Identification"]
    assert "The names differ" in adviser
    assert "The names differ" not in helped.text
    assert "The identification did not succeed." in helped.text


async def test_who_waits_is_seen_with_device_microphone_and_last_failure(house: FaceHouse) -> None:
    appointment, _ = await at_the_door(house)
    await waits(
        house,
        appointment,
        step=ArrivalStep.CHECKING,
        microphone=Microphone.SILENT,
        failure=Failure.MICROPHONE_BLOCKED,
    )

    shown = await panel(await house.staff("ilmari"), appointment)

    assert current(shown) == "Camera and microphone"
    assert "The browser blocks the microphone" in shown
    assert "The microphone is silent" in shown
    assert "Show them how to mend it" in shown


async def test_a_lost_connection_is_seen(house: FaceHouse) -> None:
    appointment, _ = await at_the_door(house)
    await waits(house, appointment, step=ArrivalStep.READY)
    house.now += AWAY_AFTER

    assert "The connection is lost" in await panel(await house.staff("ilmari"), appointment)


async def test_a_page_that_has_not_spoken_for_long_is_open_no_more(house: FaceHouse) -> None:
    appointment, token = await at_the_door(house)
    await says(house.browser(), token, "door")
    house.now += GONE_AFTER

    assert current(await panel(await house.staff("ilmari"), appointment)) == ""


async def test_a_sentence_and_help_reach_the_page_of_the_door_in_the_customers_words(
    house: FaceHouse,
) -> None:
    appointment, token = await at_the_door(house)
    aino, ilmari = house.browser(), await house.staff("ilmari")
    await says(aino, token, "door")
    place = f"/desk/appointments/{appointment.id}/tell"
    desk = await ilmari.opens("/desk")

    done = await ilmari.sends(desk, place, sentence="in_a_moment")
    await ilmari.sends(desk, place, help="devices_denied")
    told = await says(aino, token, "door")
    await ilmari.sends(desk, place, help="none")
    taken_away = await says(aino, token, "door")

    assert "The customer is told." in done.text
    assert told["sentence"] == "I\u2019ll be there in a moment".replace("\u2019", "'")
    assert told["text"] == "The browser may not use the camera and the microphone"
    assert (taken_away["sentence"], taken_away["text"]) == (told["sentence"], "")


async def test_nothing_to_say_is_refused(house: FaceHouse) -> None:
    appointment, token = await at_the_door(house)
    ilmari = await house.staff("ilmari")
    await says(house.browser(), token, "door")
    desk, place = await ilmari.opens("/desk"), f"/desk/appointments/{appointment.id}/tell"
    form = next(each for each in desk.forms() if each["action"] == place)

    assert (await ilmari.posts(place, form)).status == 422


async def test_outside_of_the_doors_time_nothing_is_kept(house: FaceHouse) -> None:
    appointment, token = await house.books(start=SOON + timedelta(days=1))

    await says_early(house, token)

    async with house.units.read() as unit:
        assert await unit.approaches.of([appointment.id]) == {}


async def says_early(house: FaceHouse, token: str) -> None:
    """Say it from a page that was left open; it has the secret of another page."""
    aino = house.browser()
    csrf = (await aino.opens(f"/a/{token}/helper")).forms()[0]["csrf"]
    said = {"place": "door", "arrival": asdict(Arrival(device=IPHONE))}
    headers = {"X-CSRF-Token": csrf, "Origin": aino.origin}
    async with aino.client.post(f"{aino.origin}/a/{token}/arrival", json=said, headers=headers) as answer:
        assert answer.status == 200


async def test_words_that_are_not_ours_are_refused(house: FaceHouse) -> None:
    _, token = await at_the_door(house)
    aino = house.browser()
    found = re.search(r'data-csrf="([0-9a-f]+)"', (await aino.opens(f"/a/{token}/door")).text)
    assert found is not None
    said = {"place": "door", "arrival": asdict(Arrival(device=IPHONE)) | {"failure": "Aino Virtanen"}}
    headers = {"X-CSRF-Token": found[1], "Origin": aino.origin}

    async with aino.client.post(f"{aino.origin}/a/{token}/arrival", json=said, headers=headers) as answer:
        assert answer.status == 422


async def test_another_teams_adviser_sees_and_says_nothing(house: FaceHouse) -> None:
    appointment, token = await at_the_door(house)
    await says(house.browser(), token, "door")
    louhi = await house.staff("louhi")
    csrf = (await louhi.opens("/desk")).forms()[0]["csrf"]
    place = f"/desk/appointments/{appointment.id}"

    seen = await louhi.opens(f"{place}/coming")
    told = await louhi.posts(f"{place}/tell", {"csrf": csrf, "sentence": "in_a_moment"})

    assert (seen.status, told.status) == (404, 404)


async def test_a_helper_sees_the_step_the_help_and_the_number_and_nothing_personal(house: FaceHouse) -> None:
    appointment, token = await at_the_door(house)
    link = await helpers_link(house, token)
    await waits(house, appointment, step=ArrivalStep.CHECKING, failure=Failure.MICROPHONE_BLOCKED)

    seen = await house.browser().opens(link)

    async with house.units.read() as unit:
        offering = await unit.offerings.get(MORTGAGE)
        adviser = await unit.advisers.get(appointment.adviser_id)
    assert current(seen.text) == "Camera and microphone"
    assert (
        "Press the page sign beside the address, then Website Settings, and allow the microphone."
        in seen.text
    )
    assert "Today at 13:00" in seen.text
    assert "+358 9 123 456" in seen.text
    personal = ("Aino", "Virtanen", "aino@", adviser.name, offering.name("en"), token, str(appointment.id))
    assert [word for word in personal if word in seen.text] == []


async def test_of_another_day_a_helper_is_not_told_when(house: FaceHouse) -> None:
    _, token = await house.books(start=SOON + timedelta(days=1))

    seen = await house.browser().opens(await helpers_link(house, token))

    assert "Not today" in seen.text
    assert "13:00" not in seen.text


async def test_a_helpers_link_ends_when_it_is_taken_back_replaced_or_over(house: FaceHouse) -> None:
    appointment, token = await at_the_door(house)
    first = await helpers_link(house, token)
    second = await helpers_link(house, token)
    replaced = [(await house.browser().opens(one)).status for one in (first, second)]
    aino, place = house.browser(), f"/a/{token}/helper"
    await aino.sends(await aino.opens(place), f"{place}/off")
    taken_back = await house.browser().opens(second)
    third = await helpers_link(house, token)
    house.now = appointment.span.end + timedelta(hours=2)
    over = await house.browser().opens(third)

    assert replaced == [404, 200]
    assert (taken_back.status, over.status) == (404, 404)
    assert "This link shows nothing any more" in over.text
    assert "+358 9 123 456" in over.text
