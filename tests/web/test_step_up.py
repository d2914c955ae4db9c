"""In the middle of a meeting the customer identifies in another tab, and proves it over the open line."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from server.demo_data import NURSE
from tests.web.bound_house import FINGERPRINT, BoundHouse, Guest, bound_house

MEETING = {"reason": "meeting", "level": "substantial"}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[BoundHouse]:
    async with bound_house(tmp_path) as made:
        yield made


async def at_the_table(house: BoundHouse) -> tuple[Guest, Guest]:
    """Bring Aino, of whom nothing is known, and Ilmari to the table."""
    booked = await house.books(offering_id=NURSE)
    aino = house.customer(booked)
    await aino.comes_in()
    ilmari = await house.meets(booked, aino)
    await ilmari.line.hears_until("peer")
    await aino.line.hears_until("peer")
    return aino, ilmari


async def test_adviser_asks_and_sees_the_badge_come_over_the_open_line(house: BoundHouse) -> None:
    aino, ilmari = await at_the_table(house)
    ainos_id = house.claims(await aino.ticket()).participant_id

    await ilmari.line.says("ask_proof", participant=str(ainos_id), assurance="substantial")
    asked = await aino.line.hears_until("proof_asked")
    landed = await aino.identifies(**MEETING)
    states = [(await ilmari.line.hears_until("proving"))["state"] for _ in range(3)]
    await aino.line.says("prove", ticket=await aino.ticket())
    told = await ilmari.line.hears_until("proof")

    assert asked["assurance"] == "substantial"
    assert (landed.status, landed.address) == (200, f"{aino.home}/identified")
    assert states == ["asked", "begun", "done"]
    assert told["name"] == "Aino Maria Virtanen"
    assert (told["proof"]["purpose"], told["proof"]["fingerprint"]) == ("meeting", FINGERPRINT)
    assert told["proof"]["titles"]["en"] != ""
    assert (await aino.line.hears_until("proof_asked"))["assurance"] is None


@pytest.mark.parametrize(
    ("choice", "reason"),
    [("cancel", "cancelled"), ("louhi", "another_person"), ("broken", "bank_unavailable")],
)
async def test_adviser_hears_why_it_came_to_nothing(house: BoundHouse, choice: str, reason: str) -> None:
    aino, ilmari = await at_the_table(house)

    await aino.identifies(choice=choice, **MEETING)

    await ilmari.line.hears_until("proving")
    assert (await ilmari.line.hears_until("proving"))["reason"] == reason
    assert (await aino.line.hears_until("proving"))["state"] == "begun"


async def test_higher_level_than_any_provider_reaches_is_not_offered(house: BoundHouse) -> None:
    aino, _ = await at_the_table(house)

    page = await aino.browser.opens(f"{aino.home}/identify?reason=meeting&level=high")

    assert "There is no way to identify online just now" in page.text


async def test_ticket_of_another_opens_nothing_in_ones_own_line(house: BoundHouse) -> None:
    aino, ilmari = await at_the_table(house)
    booked = aino.appointment, aino.home.removeprefix("/a/")
    louhi = house.customer(booked)
    await louhi.comes_in()
    await louhi.identifies()
    used = await aino.ticket()
    await aino.line.says("prove", ticket=used)
    await aino.line.hears_until("proof_asked")

    errors = []
    for ticket in (await louhi.ticket(), await ilmari.ticket(), used, "made-up"):
        await aino.line.says("prove", ticket=ticket)
        errors.append(await aino.line.hears_until("error"))

    assert [(each["error"], each["field"]) for each in errors] == [("bad-message", "ticket")] * 4


async def test_adviser_brings_no_proof_of_a_customer(house: BoundHouse) -> None:
    aino, ilmari = await at_the_table(house)

    await ilmari.line.says("prove", ticket=await aino.ticket())

    assert (await ilmari.line.hears_until("error"))["field"] == "ticket"


async def test_failed_attempt_in_the_meeting_bars_nobody_and_is_no_outcome(house: BoundHouse) -> None:
    aino, _ = await at_the_table(house)

    await aino.identifies(choice="cancel", **MEETING)

    assert (await aino.asks_for_ticket())[0] == 200
    purposes = [fact.detail.get("purpose") for fact in await house.face.history(aino.appointment.id)]
    assert purposes[-2:] == ["meeting", "meeting"]


async def test_who_is_not_behind_the_door_identifies_for_no_meeting(house: BoundHouse) -> None:
    booked = await house.books(offering_id=NURSE)
    louhi = house.customer(booked)

    landed = await louhi.identifies(**MEETING)

    assert landed.address == f"{louhi.home}?identified=1"
    assert (await house.face.history(booked[0].id))[-1].detail["purpose"] == "booking"
