"""Aino books at plain pages, without JavaScript."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from server.demo_data import ILMARI, LOUHI, MORTGAGE, NURSE
from tests.web.face_house import SOON, FaceHouse, face_house
from tests.web.house import NOW
from web.moments import moment_json

DETAILS = f"/book/{MORTGAGE}/details?start={moment_json(SOON)}&adviser={ILMARI}"
AINO = {"name": "Aino Virtanen", "email": "aino@example.com", "phone": "", "language": "fi"}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


def links(text: str, pattern: str) -> list[str]:
    return re.findall(rf'href="({pattern}[^"]*)"', text)


async def test_front_page_tells_each_offering_and_how_soon_it_can_be_had(house: FaceHouse) -> None:
    page = await house.browser().opens("/")

    assert page.status == 200
    assert "Mortgage meeting" in page.text
    assert "today at 12:30" in page.text
    assert links(page.text, "/book/") == [f"/book/{MORTGAGE}", f"/book/{NURSE}"]


async def test_times_stand_in_order_the_earliest_first(house: FaceHouse) -> None:
    page = await house.browser().opens(f"/book/{MORTGAGE}")

    starts = re.findall(r"start=([0-9TZ:%A-]+)", page.text)
    assert starts[0] == moment_json(NOW)
    assert "Monday 23 November 2026" in page.text
    assert page.text.index("Monday 23") < page.text.index("Tuesday 24")


async def test_evenings_alone_are_shown_when_asked_for(house: FaceHouse) -> None:
    page = await house.browser().opens(f"/book/{MORTGAGE}?evenings=1")

    times = re.findall(r'class="button" href="/book/[^"]*">(\d+):\d\d</a>', page.text)
    assert times != []
    assert min(int(hour) for hour in times) == 16


async def test_a_named_adviser_stays_named_in_every_link(house: FaceHouse) -> None:
    page = await house.browser().opens(f"/book/{NURSE}?adviser={LOUHI}")

    found = links(page.text, f"/book/{NURSE}/details")
    assert found != []
    assert [link for link in found if f"adviser={LOUHI}" not in link] == []


async def test_a_week_without_times_leads_to_the_next_that_has_some(house: FaceHouse) -> None:
    page = await house.browser().opens(f"/book/{NURSE}?adviser={LOUHI}&evenings=1")

    assert "No free times on these days." in page.text


async def test_aino_books_and_lands_on_her_own_page(house: FaceHouse) -> None:
    aino = house.browser()

    page = await aino.sends(await aino.opens(DETAILS), "/book", **AINO)

    assert re.fullmatch(r"/a/[\w-]{22}\?booked=1", page.address)
    assert "Your appointment is booked." in page.text
    assert [one.span.start for one in await house.booked()] == [SOON]


async def test_sending_the_same_form_twice_books_once_and_offers_other_times(house: FaceHouse) -> None:
    aino = house.browser()
    form = await aino.opens(DETAILS)
    await aino.sends(form, "/book", **AINO)

    page = await aino.sends(form, "/book", **AINO)

    assert page.status == 409
    assert "This time is no longer free" in page.text
    assert len(await house.booked()) == 1
    assert [form["name"] for form in page.forms() if form["action"] == "/book"] == ["Aino Virtanen"] * 3


async def test_an_offered_time_is_taken_by_one_button_with_what_was_typed(house: FaceHouse) -> None:
    await house.books("Kullervo")
    aino = house.browser()
    form = {**AINO, "offering_id": str(MORTGAGE), "start": SOON.isoformat(), "adviser_id": str(ILMARI)}
    later = moment_json(SOON + timedelta(hours=3))
    csrf = (await aino.opens(f"/book/{MORTGAGE}/details?start={later}")).forms()[0]
    taken = await aino.posts("/book", {**form, "csrf": csrf["csrf"]})

    page = await aino.sends(taken, "/book")

    assert "Your appointment is booked." in page.text


async def test_errors_stand_next_to_their_fields_and_what_was_typed_stays(house: FaceHouse) -> None:
    aino = house.browser()

    page = await aino.sends(await aino.opens(DETAILS), "/book", **{**AINO, "name": "", "email": "aino"})

    assert page.status == 422
    assert 'id="error-name"' in page.text
    assert 'href="#field-email"' in page.text
    assert 'value="aino"' in page.text
    assert await house.booked() == []


async def test_a_time_taken_meanwhile_is_told_before_anything_is_typed(house: FaceHouse) -> None:
    await house.books("Kullervo")

    page = await house.browser().opens(DETAILS)

    assert page.status == 409
    assert links(page.text, f"/book/{MORTGAGE}/details") != []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"/book/{UUID(int=7)}", 404),
        ("/book/nothing", 404),
        (f"/book/{MORTGAGE}?week=-1", 422),
        (f"/book/{MORTGAGE}?week=99", 422),
        (f"/book/{MORTGAGE}/details", 422),
        (f"/book/{MORTGAGE}/details?start=yesterday", 422),
        (f"/book/{MORTGAGE}/details?start=2026-11-23T12:00", 422),
    ],
)
async def test_an_address_that_makes_no_sense_is_refused(house: FaceHouse, path: str, status: int) -> None:
    assert (await house.browser().opens(path)).status == status


async def test_a_form_without_its_secret_books_nothing(house: FaceHouse) -> None:
    form = {**AINO, "offering_id": str(MORTGAGE), "start": SOON.isoformat()}

    page = await house.browser().posts("/book", form)

    assert page.status == 403
    assert await house.booked() == []
