"""Whoever has a link, or writes a stranger's address, fills nobody's mailbox and learns nobody's time."""

from collections.abc import AsyncIterator
from datetime import timedelta
from email.headerregistry import Address
from hashlib import sha256
from itertools import islice, product
from pathlib import Path

import pytest

from server.demo_data import AINIKKI, MORTGAGE
from tests.web.face_house import SOON, FaceHouse, face_house
from tests.web.house import NOW
from web.fields import EMAIL
from web.moments import moment_json

TOMORROW = SOON + timedelta(days=1)
MOST = 20


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


async def test_a_link_moves_its_appointment_so_often_and_no_more(house: FaceHouse) -> None:
    appointment, token = await house.books()
    aino = house.browser()
    csrf = (await aino.opens(f"/a/{token}")).forms()[0]["csrf"]
    times = [moment_json(TOMORROW), moment_json(SOON + timedelta(days=2))]

    statuses = [
        (await aino.posts(f"/a/{token}/move", {"csrf": csrf, "start": times[turn % 2]})).status
        for turn in range(MOST + 1)
    ]

    assert statuses == [200] * MOST + [429]
    assert (await house.kinds(appointment.id)).count("moved") == MOST


async def test_undoing_a_cancellation_counts_as_moving_does(house: FaceHouse) -> None:
    appointment, token = await house.books()
    aino = house.browser()
    csrf = (await aino.opens(f"/a/{token}")).forms()[0]["csrf"]

    statuses = []
    for _ in range(MOST + 1):
        await aino.posts(f"/a/{token}/cancel", {"csrf": csrf})
        statuses.append((await aino.posts(f"/a/{token}/restore", {"csrf": csrf})).status)

    assert statuses == [200] * MOST + [429]
    assert (await house.kinds(appointment.id)).count("cancelled") == MOST + 1


async def test_who_writes_somebody_elses_address_does_not_learn_when_they_meet_us(house: FaceHouse) -> None:
    for day in (0, 1, 2, 3, 6):
        await house.books(start=TOMORROW + timedelta(days=day), adviser_id=AINIKKI)
    stranger = house.browser()
    form = await stranger.sends(
        await stranger.opens(f"/book/{MORTGAGE}"), f"/book/{MORTGAGE}/hold", start=moment_json(SOON)
    )

    page = await stranger.sends(form, form.address, name="A Stranger", email="aino@example.com")

    assert (page.status, page.headers["Retry-After"]) == (429, "3600")


async def test_a_mailbox_gets_so_many_letters_an_hour_whatever_its_capitals(house: FaceHouse) -> None:
    stranger = house.browser()
    form = await stranger.sends(
        await stranger.opens(f"/book/{MORTGAGE}"), f"/book/{MORTGAGE}/hold", start=moment_json(SOON)
    )
    names = ("".join(pair) for pair in product("aA", "iI", "nN", "oO", "xX"))

    statuses = [
        (await stranger.sends(form, form.address, name="A Stranger", email=f"{name}@example.com")).status
        for name in islice(names, MOST + 1)
    ]

    assert statuses == [200] + [409] * (MOST - 1) + [429]


async def test_what_is_kept_of_who_asks_for_a_lost_link_names_no_network(house: FaceHouse) -> None:
    browser = house.browser()

    await browser.sends(await browser.opens("/lost-link"), "/lost-link", email="aino@example.com")

    async with house.units.write() as unit:
        [request] = await unit.link_requests.take(limit=10, now=NOW)
    assert request.address != sha256(b"127.0.0.1").digest()


@pytest.mark.parametrize(
    "written",
    [
        *(
            "aino@.example.fi",
            "aino@example..fi",
            "aino@example.fi.",
            "ai..no@example.fi",
            ".aino@example.fi",
        ),
        *(
            "aino.@example.fi",
            "ai[no@example.fi",
            "aino@[example.fi",
            "ai\\no@example.fi",
            "aino@exa:mple.fi",
        ),
        *("äino@example.fi", "ai\u200bno@example.fi", "aino@exämple.fi", "a@b@example.fi", "aino@example.f"),
    ],
)
def test_what_no_letter_can_be_sent_to_is_no_address(written: str) -> None:
    assert not EMAIL.fullmatch(written)


@pytest.mark.parametrize(
    "written", ["aino@example.fi", "aino.k+bank@posti.example.fi", "o'neill@example.com", "a@xn--ex-uia.fi"]
)
def test_what_letters_are_sent_to_is_an_address(written: str) -> None:
    Address("Aino", addr_spec=written)

    assert EMAIL.fullmatch(written)
