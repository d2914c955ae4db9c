"""An identification holds for the browser and the certificate with which it was made, and for no other."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from identity.assurance import Assurance
from tests.web.bound_house import FINGERPRINT, BoundHouse, bound_house

ANOTHERS = "a5" * 32
COLONS = ":".join(["A5"] * 32)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[BoundHouse]:
    async with bound_house(tmp_path) as made:
        yield made


async def test_ticket_of_one_identified_at_the_door_names_the_certificate(house: BoundHouse) -> None:
    booked = await house.books()
    aino = house.customer(booked)
    await aino.comes_in()

    landed = await aino.identifies()

    ticket = house.claims(await aino.ticket())
    assert landed.address == f"{aino.home}/door"
    assert (ticket.name, ticket.assurance, ticket.identified_for) == (
        "Aino Maria Virtanen",
        Assurance.SUBSTANTIAL,
        "door",
    )
    assert (ticket.fingerprint, ticket.provider) == (FINGERPRINT, "demo-bank")
    told = [dict(fact.detail) for fact in await house.face.history(booked[0].id)]
    assert told[-1] == {
        "method": "demo-bank",
        "assurance": "substantial",
        "purpose": "door",
        "is_bound": True,
    }


async def test_without_javascript_one_is_identified_for_no_connection(house: BoundHouse) -> None:
    booked = await house.books()
    aino = house.customer(booked)
    await aino.comes_in()

    await aino.identifies(fingerprint="")

    ticket = house.claims(await aino.ticket())
    assert (ticket.assurance, ticket.fingerprint) == (Assurance.SUBSTANTIAL, None)


@pytest.mark.parametrize(
    "fingerprint",
    [COLONS, "A5" * 32, "a5" * 31, "a5" * 33, "g5" * 32, "a5" * 31 + "é", "a5" * 31 + "٣٣", "{}", "null"],
)
async def test_what_is_no_fingerprint_is_refused_and_begins_nothing(
    house: BoundHouse, fingerprint: str
) -> None:
    booked = await house.books()
    aino = house.customer(booked)
    await aino.comes_in()

    refused = await aino.goes_to_the_bank(fingerprint)

    assert refused.status == 422
    assert await house.face.kinds(booked[0].id) == ["booked", "door_opened"]


async def test_who_identified_before_coming_in_has_proven_the_booking_only(house: BoundHouse) -> None:
    booked = await house.books()
    aino = house.customer(booked)
    await aino.identifies()

    appointment = await aino.browser.opens(f"/a/{booked[1]}?identified=1&lang=en")
    door = await aino.comes_in()

    assert "it was you who booked" in appointment.text
    assert "Done beforehand" in appointment.text
    assert "Try identifying beforehand" not in appointment.text
    assert "Identify yourself" in door.text
    assert (await aino.asks_for_ticket())[0] == 403


async def test_forwarded_link_lets_another_browser_in_to_identify_and_no_further(house: BoundHouse) -> None:
    booked = await house.books()
    aino, louhi = house.customer(booked), house.customer(booked)
    await aino.comes_in()
    await aino.identifies()
    assert (await aino.asks_for_ticket())[0] == 200

    door = await louhi.comes_in()

    assert "Identify yourself" in door.text
    assert (await louhi.asks_for_ticket())[0] == 403


async def test_cookie_from_before_the_identification_is_worth_nothing(house: BoundHouse) -> None:
    booked = await house.books()
    aino, louhi = house.customer(booked), house.customer(booked)
    await aino.comes_in()
    house.with_cookie(louhi, seen := aino.door)
    assert (await louhi.browser.opens(f"{louhi.home}/door")).text.count("Identify yourself") > 0
    await aino.identifies()

    house.with_cookie(louhi, seen)

    assert (await louhi.asks_for_ticket())[0] in {401, 403}


async def test_second_browser_that_identifies_is_somebody_of_its_own(house: BoundHouse) -> None:
    booked = await house.books()
    phone, laptop = house.customer(booked), house.customer(booked)
    for each, fingerprint in ((phone, FINGERPRINT), (laptop, ANOTHERS)):
        await each.comes_in()
        await each.identifies(fingerprint)

    tickets = [house.claims(await each.ticket()) for each in (phone, laptop)]

    assert [each.fingerprint for each in tickets] == [FINGERPRINT, ANOTHERS]
    assert tickets[0].participant_id != tickets[1].participant_id


async def test_replayed_callback_brings_nobody_in(house: BoundHouse) -> None:
    booked = await house.books()
    aino, louhi = house.customer(booked), house.customer(booked)
    await louhi.comes_in()
    await aino.comes_in()
    callback = await aino.is_sent_back(await aino.goes_to_the_bank())

    replays = [await each.browser.opens(callback) for each in (louhi, aino, aino)]

    assert [page.status for page in replays] == [409, 200, 409]
    assert (await louhi.asks_for_ticket())[0] == 403
    assert (await aino.asks_for_ticket())[0] == 200
