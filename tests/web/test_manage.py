"""The customer's own page: confirm, move, cancel, and a calendar entry; a GET changes nothing."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import icalendar
import pytest

from booking.close import close
from server.demo_data import ILMARI
from tests.web.face_house import SOON, FaceHouse, face_house
from tests.web.house import NOW
from web.moments import moment_json

TOMORROW = SOON + timedelta(days=1)
READ = ("", "/confirm", "/move", "/cancel", "/calendar.ics", "/door", f"/move?start={moment_json(TOMORROW)}")


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


async def test_following_every_link_changes_nothing(house: FaceHouse) -> None:
    appointment, token = await house.books()
    before, scanner = await house.history(appointment.id), house.browser()

    statuses = [(await scanner.opens(f"/a/{token}{path}")).status for path in READ]

    assert statuses == [200] * len(READ)
    assert await house.history(appointment.id) == before
    assert await house.appointment(appointment.id) == appointment


async def test_page_tells_when_and_with_whom_and_when_the_door_opens(house: FaceHouse) -> None:
    _, token = await house.books(start=TOMORROW)

    page = await house.browser().opens(f"/a/{token}")

    assert "Tuesday 24 November 2026" in page.text
    assert "Ilmari Seppä" in page.text
    assert "at 12:45" in page.text


async def test_aino_says_that_she_is_coming(house: FaceHouse) -> None:
    appointment, token = await house.books(start=TOMORROW)
    aino = house.browser()

    page = await aino.sends(await aino.opens(f"/a/{token}/confirm"), f"/a/{token}/confirm")

    assert "Thank you. We know that you are coming." in page.text
    assert await house.kinds(appointment.id) == ["booked", "confirmed"]


async def test_aino_moves_by_choosing_and_saying_yes_and_her_link_stays(house: FaceHouse) -> None:
    appointment, token = await house.books()
    aino = house.browser()
    times = await aino.opens(f"/a/{token}/move")
    chosen = re.findall(r'href="(/a/[^"]*/move\?start=2026-11-24[^"]*)"', times.text)[0]

    page = await aino.sends(await aino.opens(chosen.replace("&amp;", "&")), f"/a/{token}/move")

    assert page.address == f"/a/{token}?moved=1"
    moved = await house.appointment(appointment.id)
    assert moved.span.start.date() == TOMORROW.date()
    assert await house.kinds(appointment.id) == ["booked", "moved", "freed"]


async def test_the_time_that_one_has_is_not_offered_to_move_to(house: FaceHouse) -> None:
    _, token = await house.books()

    page = await house.browser().opens(f"/a/{token}/move")

    text = page.text.replace("%3A", ":")
    assert f"start={moment_json(SOON + timedelta(minutes=15))}" in text
    assert f"start={moment_json(SOON)}" not in text


async def test_a_time_that_went_meanwhile_leaves_the_old_one(house: FaceHouse) -> None:
    appointment, token = await house.books()
    aino = house.browser()
    form = await aino.opens(f"/a/{token}/move?start={moment_json(TOMORROW)}&adviser={ILMARI}")
    await house.books("Kullervo", start=TOMORROW)

    page = await aino.sends(form, f"/a/{token}/move")

    assert page.status == 409
    assert "Your old time is still yours" in page.text
    assert (await house.appointment(appointment.id)).span == appointment.span


async def test_aino_cancels_with_one_button_and_need_not_say_why(house: FaceHouse) -> None:
    appointment, token = await house.books(start=TOMORROW + timedelta(days=3))
    aino = house.browser()

    form = (await aino.opens(f"/a/{token}/cancel")).forms()[0]
    page = await aino.posts(f"/a/{token}/cancel", {"csrf": form["csrf"]})

    assert "The appointment is cancelled" in page.text
    assert "You cancelled the appointment." in page.text
    assert (await house.history(appointment.id))[-2].detail == {"reason": "not_given"}


async def test_cancelling_twice_is_no_error(house: FaceHouse) -> None:
    appointment, token = await house.books()
    aino = house.browser()
    form = await aino.opens(f"/a/{token}/cancel")
    await aino.sends(form, f"/a/{token}/cancel")

    page = await aino.sends(form, f"/a/{token}/cancel")

    assert page.status == 200
    assert await house.kinds(appointment.id) == ["booked", "cancelled", "freed"]


async def test_once_it_has_started_nothing_is_left_to_change(house: FaceHouse) -> None:
    _, token = await house.books()
    house.now = SOON + timedelta(minutes=1)

    page = await house.browser().opens(f"/a/{token}/cancel")

    assert page.address == f"/a/{token}"
    assert "/move" not in page.text


async def test_a_closed_appointment_tells_what_came_of_it_without_blame(house: FaceHouse) -> None:
    appointment, token = await house.books()
    house.now = SOON + timedelta(hours=2)
    async with house.units.write() as unit:
        await close(unit, appointment.id, now=house.now)

    page = await house.browser().opens(f"/a/{token}")

    assert "The adviser did not make it. We are sorry." in page.text


async def test_calendar_entry_tells_the_time_and_never_the_matter(house: FaceHouse) -> None:
    appointment, token = await house.books()
    client, address = house.browser().client, f"{house.origin}/a/{token}/calendar.ics"

    async with client.get(address, headers={"Accept-Language": "en"}) as answer:
        content = await answer.read()

    event = icalendar.Calendar.from_ical(content).events[0]
    assert (event.start, event.end) == (appointment.span.start, appointment.span.end)
    assert str(event["UID"]) == str(appointment.id)
    assert str(event["SUMMARY"]) == "Video appointment, Pohjolan Pankki"
    assert b"Mortgage" not in content
    assert b"Aino" not in content


async def test_unknown_link_tells_nothing(house: FaceHouse) -> None:
    unknown = "A" * 22

    statuses = {(await house.browser().opens(f"/a/{unknown}{path}")).status for path in READ}

    assert statuses == {404}


@pytest.mark.parametrize(
    ("language", "word"), [("fi", "Siirrä aika"), ("sv", "Flytta tiden"), ("en", "Move the")]
)
async def test_page_speaks_the_language_asked_for(house: FaceHouse, language: str, word: str) -> None:
    _, token = await house.books(start=NOW + timedelta(days=2))

    page = await house.browser().opens(f"/a/{token}?lang={language}")

    assert f'<html lang="{language}">' in page.text
    assert word in page.text


async def test_what_is_refused_to_a_customer_leads_back_to_the_appointment(house: FaceHouse) -> None:
    _, token = await house.books()

    refused = await house.browser().opens(f"/a/{token}/move?start=yesterday")
    unknown = await house.browser().opens(f"/a/{'A' * 22}")

    assert refused.status == 422
    assert f'href="/a/{token}">Back to your appointment' in refused.text
    assert unknown.status == 404
    assert "Back to your appointment" not in unknown.text
