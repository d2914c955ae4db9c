"""Admins and advisers look at whom a disruption would touch, declare it, and see what came of it."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from booking.cancel import cancel
from booking.disruption import Scope
from booking.fact import Actor
from booking.find_slots import find_slots
from booking.time_span import TimeSpan
from server.demo_data import AINIKKI, ILMARI, LOUHI, MORTGAGE, NURSE
from tests.web.face_house import FaceHouse, face_house
from tests.web.house import NOW
from tests.web.sign_in_house import Browser, Page

TODAY = "2026-11-23"
WORDS = {"fi": "Häiriö.", "en": "We cannot meet today."}
FORM = {"whom": "house", "first": TODAY, "moves": "1", "banner": "1"} | WORDS


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


async def looks(browser: Browser, home: str = "/admin/disruptions", **values: str) -> Page:
    return await browser.sends(await browser.opens(f"{home}/new"), home, **(FORM | {"go": "look"} | values))


async def declares(browser: Browser, home: str = "/admin/disruptions", **values: str) -> Page:
    return await browser.sends(await looks(browser, home, **values), home, go="do")


async def test_looking_shows_who_gets_what_and_sends_nothing(house: FaceHouse) -> None:
    appointment, _ = await house.books()

    page = await looks(await house.staff("admin"))

    assert page.status == 200
    assert "Declare it and send 1 letter" in page.text
    assert "Aino Virtanen" in page.text
    assert "We cannot meet today." in page.text
    assert await house.kinds(appointment.id) == ["booked"]
    async with house.units.read() as unit:
        assert await unit.disruptions.newest(limit=9) == []


async def test_the_second_button_does_it_and_pressing_it_twice_does_it_once(house: FaceHouse) -> None:
    appointment, _ = await house.books()
    admin = await house.staff("admin")
    page = await looks(admin)

    first = await admin.sends(page, "/admin/disruptions", go="do")
    second = await admin.sends(page, "/admin/disruptions", go="do")

    assert first.address == second.address
    assert "Have not answered" in first.text
    assert await house.kinds(appointment.id) == ["booked", "fault_opened"]
    async with house.units.read() as unit:
        (one,) = await unit.disruptions.newest(limit=9)
    assert (one.scope, one.texts) == (Scope(), WORDS)
    assert one.span.length == timedelta(days=1)


async def test_going_back_keeps_what_was_typed(house: FaceHouse) -> None:
    admin = await house.staff("admin")

    page = await admin.sends(
        await looks(admin, since="09:00", until="16:30"), "/admin/disruptions", go="edit"
    )

    assert 'value="09:00"' in page.text
    assert "We cannot meet today.</textarea>" in page.text


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"fi": "", "en": ""}, "Write some words, in one language at least."),
        ({"fi": "Katso paha.example"}, "Write without web and e-mail addresses"),
        ({"fi": "a" * 601}, "Write 600 characters and 12 lines at most."),
        ({"first": "2026-11-20"}, "This time has passed already."),
        ({"last": "2026-11-22"}, "The end must come after the beginning."),
        ({"since": "12:00", "until": "12:00"}, "The end must come after the beginning."),
        ({"last": "2027-02-01"}, "Choose 62 days at most."),
        ({"first": "9999-12-31"}, "Choose a day within a year from now."),
        ({"first": "0001-01-01"}, "Choose a day within a year from now."),
        ({"since": "25:00"}, "Write a time, for example 9:30."),
        ({"whom": "adviser:nobody"}, "Choose one of these."),
    ],
)
async def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_sent(
    house: FaceHouse, values: dict[str, str], said: str
) -> None:
    page = await looks(await house.staff("admin"), **values)

    assert page.status == 422
    assert said in page.text
    assert 'aria-invalid="true"' in page.text


async def test_a_language_without_words_is_warned_of(house: FaceHouse) -> None:
    await house.books()

    page = await looks(await house.staff("admin"), en="")

    assert "No words in this language: these are in another one (Suomi)" in page.text


async def test_names_are_shown_to_their_own_team_alone(house: FaceHouse) -> None:
    await house.books()
    friday = NOW + timedelta(days=1, minutes=30)
    await house.books("Kullervo Kalervonpoika", start=friday, offering_id=NURSE, adviser_id=LOUHI)

    page = await looks(await house.staff("admin"), last="2026-11-25")

    assert "Aino Virtanen" in page.text
    assert "Another team's customer" in page.text
    assert "Kullervo" not in page.text


@pytest.mark.parametrize(
    ("whom", "scope"),
    [
        (f"offering:{MORTGAGE}", Scope(offering_id=MORTGAGE)),
        (f"adviser:{AINIKKI}", Scope(adviser_id=AINIKKI)),
    ],
)
async def test_one_offering_or_adviser_can_be_chosen(house: FaceHouse, whom: str, scope: Scope) -> None:
    page = await declares(await house.staff("admin"), whom=whom)

    async with house.units.read() as unit:
        (one,) = await unit.disruptions.newest(limit=9)
    assert one.scope == scope
    assert page.address == f"/admin/disruptions/{one.id}"


async def test_an_adviser_means_themselves_whatever_is_sent(house: FaceHouse) -> None:
    ilmari = await house.staff("ilmari")

    page = await declares(ilmari, "/desk/disruptions", whom=f"adviser:{AINIKKI}")

    async with house.units.read() as unit:
        (one,) = await unit.disruptions.newest(limit=9)
    assert one.scope == Scope(adviser_id=ILMARI)
    assert "Ilmari Seppä" in page.text


async def test_an_adviser_neither_sees_nor_ends_anybody_elses(house: FaceHouse) -> None:
    page = await declares(await house.staff("admin"))
    path = page.address.replace("/admin", "/desk")
    ilmari = await house.staff("ilmari")
    csrf = (await ilmari.opens("/desk/disruptions/new")).forms()[-1]["csrf"]

    seen = await ilmari.opens(path)
    ended = await ilmari.posts(f"{path}/end", {"csrf": csrf})

    assert (seen.status, ended.status) == (404, 404)
    async with house.units.read() as unit:
        assert (await unit.disruptions.newest(limit=1))[0].ended_at is None


async def test_page_tells_who_has_answered_and_what_came_of_it(house: FaceHouse) -> None:
    appointment, token = await house.books()
    admin = await house.staff("admin")
    page = await declares(admin)
    before = figures(page)
    aino = house.browser()

    await aino.sends(await aino.opens(f"/a/{token}/other-times"), f"/a/{token}/confirm")
    kept = figures(await admin.opens(page.address))
    async with house.units.write() as unit:
        await cancel(unit, appointment.id, by=Actor.CUSTOMER, now=house.now)
    after = await admin.opens(page.address)

    assert before == {
        "Concerned": 1,
        "Have not answered": 1,
        "Moved": 0,
        "Keep their time": 0,
        "Cancelled": 0,
    }
    assert kept["Keep their time"] == 1
    assert figures(after)["Cancelled"] == 1
    assert "Cancelled, counted as ours" in after.text


async def test_one_reminder_can_be_sent_and_then_no_more(house: FaceHouse) -> None:
    await house.books()
    admin = await house.staff("admin")
    page = await declares(admin)

    after = await admin.sends(page, f"{page.address}/remind")

    assert "The reminder was asked for on" in after.text
    assert f"{page.address}/remind" not in after.text


async def test_it_is_over_opens_the_time_again(house: FaceHouse) -> None:
    admin = await house.staff("admin")
    page = await declares(admin)
    closed = await free_today(house)

    after = await admin.sends(page, f"{page.address}/end")

    assert "It was ended on" in after.text
    assert (closed, await free_today(house)) == (False, True)


async def test_list_shows_which_stands_and_which_is_over(house: FaceHouse) -> None:
    admin = await house.staff("admin")
    await declares(admin)
    page = await declares(admin, whom=f"adviser:{ILMARI}")
    await admin.sends(page, f"{page.address}/end")

    listed = await admin.opens("/admin/disruptions")

    assert listed.text.count("Stands now") == 1
    assert listed.text.count("Ended") == 1


async def free_today(house: FaceHouse) -> bool:
    today = TimeSpan(house.now, house.now + timedelta(hours=8))
    async with house.units.read() as unit:
        mortgage = await unit.offerings.get(MORTGAGE)
        return any(await find_slots(unit, mortgage, today, now=house.now))


def figures(page: Page) -> dict[str, int]:
    tiles = page.text.split('<div class="tile"><dt>')[1:]
    return {tile.split("</dt>")[0]: int(tile.split("<dd>")[1].split("</dd>")[0]) for tile in tiles}
