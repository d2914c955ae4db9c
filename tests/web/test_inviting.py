"""Ilmari hands a link over; Aino books by it, once, and where they talked is known."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from server.demo_data import AINIKKI, ILMARI, LOUHI, MORTGAGE, NURSE
from tests.web.face_house import FaceHouse, face_house
from tests.web.sign_in_house import Page

AINO = {"name": "Aino Virtanen", "email": "aino@example.com", "phone": "", "language": "en"}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


async def makes(house: FaceHouse, who: str = "ilmari", **values: str) -> Page:
    browser = await house.staff(who)
    form = {"offering": str(MORTGAGE), "adviser": "", "source": "chat", "days": "14", **values}
    return await browser.sends(await browser.opens("/desk/invitations"), "/desk/invitations", **form)


def link_in(page: Page) -> str:
    found = re.search(r'<textarea id="copy-made"[^>]*>(.*?)</textarea>', page.text)
    assert found is not None
    return found[1]


async def books(house: FaceHouse, link: str, **values: str) -> Page:
    """Walk as a customer does: the link, a time, the form."""
    aino = house.browser()
    times = await aino.opens(link)
    hold = next(form["action"] for form in times.forms() if "/hold" in form["action"])
    start = re.findall(r'name="start" value="([^"]+)"', times.text)[0]
    details = await aino.sends(times, hold, start=start)
    action = next(form["action"] for form in details.forms() if "start" in form)
    return await aino.sends(details, action, **{**AINO, **values})


async def test_a_link_is_short_and_says_nothing_of_anybody(house: FaceHouse) -> None:
    link = link_in(await makes(house))

    path = link.removeprefix(house.origin)
    assert re.fullmatch(r"/i/[\w-]{22}", path)
    assert len(path) <= 40


async def test_what_aino_books_by_it_bears_its_source_and_closes_it(house: FaceHouse) -> None:
    link = link_in(await makes(house))

    page = await books(house, link)
    again = await house.browser().opens(link)

    assert "Your appointment is booked." in page.text
    assert [one.source for one in await house.booked()] == ["chat"]
    assert again.status == 410
    assert "This link has been used" in again.text


async def test_opening_it_uses_nothing_up(house: FaceHouse) -> None:
    link = link_in(await makes(house))

    pages = [await house.browser().opens(link) for _ in range(3)]

    assert [page.status for page in pages] == [200, 200, 200]


async def test_a_link_to_an_adviser_books_with_that_adviser_alone(house: FaceHouse) -> None:
    link = link_in(await makes(house, adviser=str(AINIKKI)))

    shown = await house.browser().opens(f"{link}?adviser={ILMARI}")
    await books(house, link)

    assert f'value="{AINIKKI}"' in shown.text
    assert f'value="{ILMARI}"' not in shown.text
    assert await house.booked() == []  # none of Ilmari's
    async with house.units.read() as unit:
        assert [one.source for one in await unit.appointments.ahead_of(AINO["email"], now=house.now)] == [
            "chat"
        ]


async def test_two_who_began_at_once_cannot_both_book_by_it(house: FaceHouse) -> None:
    link = link_in(await makes(house))
    kullervo = house.browser()
    times = await kullervo.opens(link)
    hold = next(form["action"] for form in times.forms() if "/hold" in form["action"])
    start = re.findall(r'name="start" value="([^"]+)"', times.text)[-1]
    details = await kullervo.sends(times, hold, start=start)
    await books(house, link)

    action = next(form["action"] for form in details.forms() if "start" in form)
    page = await kullervo.sends(details, action, **{**AINO, "name": "Kullervo", "email": "k@example.com"})

    assert page.status == 409
    assert "This link has been used or has run out" in page.text
    assert len(await house.booked()) == 1


async def test_it_runs_out(house: FaceHouse) -> None:
    link = link_in(await makes(house, days="1"))
    house.now += timedelta(days=1)

    page = await house.browser().opens(link)

    assert page.status == 410
    assert "This link has run out" in page.text


async def test_it_is_taken_back_by_the_team_and_by_nobody_else(house: FaceHouse) -> None:
    made = await makes(house)
    link = link_in(made)
    action = next(form["action"] for form in made.forms() if form["action"].endswith("/revoke"))
    louhi, admin = await house.staff("louhi"), await house.staff("admin")

    refused = await louhi.posts(action, (await louhi.opens("/desk/invitations")).forms()[0])
    still = await house.browser().opens(link)
    await admin.sends(await admin.opens("/desk/invitations"), action)
    after = await house.browser().opens(link)

    assert (refused.status, still.status, after.status) == (404, 200, 410)
    assert "It was taken back" in after.text


async def test_another_team_sees_none_of_its_links(house: FaceHouse) -> None:
    link = link_in(await makes(house))
    assert link in (await (await house.staff("admin")).opens("/desk/invitations")).text  # to be seen

    page = await (await house.staff("louhi")).opens("/desk/invitations")

    assert link not in page.text


async def test_an_unknown_link_leads_nowhere(house: FaceHouse) -> None:
    assert (await house.browser().opens(f"/i/{'A' * 22}")).status == 404


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"source": "Aino Virtanen"}, 422),
        ({"days": "91"}, 422),
        ({"days": "soon"}, 422),
        ({"adviser": str(LOUHI)}, 422),
        ({"offering": str(NURSE), "adviser": str(AINIKKI)}, 422),
        ({"offering": "everything"}, 422),
        ({"offering": str(LOUHI)}, 404),
    ],
)
async def test_what_makes_no_sense_makes_no_link(
    house: FaceHouse, values: dict[str, str], status: int
) -> None:
    page = await makes(house, **values)

    assert page.status == status
    assert "copy-made" not in page.text
    assert "No links yet." in (await (await house.staff("ilmari")).opens("/desk/invitations")).text


async def test_a_plain_links_source_comes_along_and_what_is_none_is_left_out(house: FaceHouse) -> None:
    await books(house, f"/book/{MORTGAGE}?source=leaflet&adviser={ILMARI}")
    other = f"/book/{MORTGAGE}?source=Aino%20Virtanen&adviser={ILMARI}"
    await books(house, other, name="Kullervo", email="k@example.com")

    assert sorted(one.source for one in await house.booked()) == ["", "leaflet"]


@pytest.mark.parametrize("source", ["staff", "api"])
async def test_no_link_passes_for_the_staff_or_for_a_program(house: FaceHouse, source: str) -> None:
    await books(house, f"/book/{MORTGAGE}?source={source}&adviser={ILMARI}")

    assert [one.source for one in await house.booked()] == [""]
