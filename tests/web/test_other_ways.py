"""A delivered code, and what lets a customer in while the bank is down: by the organisation's leave alone."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from booking.outcome import Outcome, decide
from booking.set_up import change_offering
from identity.assurance import Assurance
from identity.delivered_code import LASTS
from server.demo_data import MORTGAGE
from tests.identity.examples.village import Village, context
from tests.identity.examples.village_app import VillageApp
from tests.web.bound_house import FINGERPRINT, BoundHouse, Guest, bound_house
from tests.web.sign_in_house import Page

CODE = re.compile(r"prompt__signs\">([0-9A-Z-]+)<")


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[BoundHouse]:
    async with bound_house(tmp_path) as made:
        yield made


async def allows(house: BoundHouse, when_down: str, assurance: str = "substantial") -> None:
    values: dict[str, Any] = {"when_down": when_down, "assurance": assurance}
    async with house.face.units.write() as unit:
        await change_offering(unit, MORTGAGE, lambda one: replace(one, **values))


async def makes_code(house: BoundHouse, guest: Guest, login: str = "ilmari") -> Page:
    browser = await house.face.staff(login)
    address = f"/desk/appointments/{guest.appointment.id}/code"
    return await browser.sends(await browser.opens(address), address)


async def code_for(house: BoundHouse, guest: Guest) -> str:
    found = CODE.search((await makes_code(house, guest)).text)
    assert found is not None
    return found[1]


async def types(guest: Guest, code: str) -> Page:
    page = await guest.browser.opens(f"{guest.home}/identify/code")
    return await guest.browser.sends(page, f"{guest.home}/identify/code", code=code, fingerprint=FINGERPRINT)


async def inside(house: BoundHouse) -> Guest:
    guest = house.customer(await house.books())
    await guest.comes_in()
    return guest


async def details(house: BoundHouse, guest: Guest) -> list[dict[str, object]]:
    return [dict(fact.detail) for fact in await house.face.history(guest.appointment.id)]


async def test_who_types_the_delivered_code_is_let_in_at_a_low_level(house: BoundHouse) -> None:
    await allows(house, "nothing", assurance="low")
    aino = await inside(house)
    code = await code_for(house, aino)

    landed = await types(aino, f" {code.lower().replace('-', ' ')} ")

    ticket = house.claims(await aino.ticket())
    assert landed.address == f"{aino.home}/door"
    assert (ticket.assurance, ticket.method, ticket.name) == (Assurance.LOW, "code", "Aino Virtanen")
    assert ticket.fingerprint == FINGERPRINT
    assert (await details(house, aino))[-1] == {
        "method": "code",
        "assurance": "low",
        "purpose": "door",
        "is_bound": True,
    }


async def test_a_code_names_no_person_and_binds_nobody(house: BoundHouse) -> None:
    await allows(house, "nothing", assurance="low")
    aino = await inside(house)

    await types(aino, await code_for(house, aino))

    async with house.face.units.read() as unit:
        assert await unit.identifications.bound_key(aino.appointment.id) is None


async def test_the_code_works_once_and_in_one_browser(house: BoundHouse) -> None:
    await allows(house, "nothing", assurance="low")
    aino = await inside(house)
    code = await code_for(house, aino)
    await types(aino, code)
    other = house.customer((aino.appointment, aino.home.removeprefix("/a/")))
    await other.comes_in()

    refused = await types(other, code)

    assert (refused.status, "not valid any more" in refused.text) == (422, True)
    assert (await other.asks_for_ticket())[0] == 403


async def test_each_wrong_try_says_how_many_are_left_and_the_fifth_voids_it(house: BoundHouse) -> None:
    await allows(house, "nothing", assurance="low")
    aino = await inside(house)
    code = await code_for(house, aino)

    told = [await types(aino, "AAAA-AAAA-AAAA") for _ in range(5)]

    assert [page.status for page in told] == [422] * 5
    assert "4 tries are left" in told[0].text
    assert "1 try is left" in told[3].text
    assert "The code is void now" in told[4].text
    assert "not valid any more" in (await types(aino, code)).text


async def test_a_new_code_voids_the_one_before(house: BoundHouse) -> None:
    await allows(house, "nothing", assurance="low")
    aino = await inside(house)
    old, new = await code_for(house, aino), await code_for(house, aino)

    assert (await types(aino, old)).status == 422
    assert (await types(aino, new)).address == f"{aino.home}/door"


async def test_no_code_is_made_that_would_be_over_before_the_appointment(house: BoundHouse) -> None:
    await allows(house, "nothing", assurance="low")
    guest = house.customer(await house.books())
    house.face.now = guest.appointment.span.start - LASTS
    ilmari = await house.face.staff("ilmari")
    address = f"/desk/appointments/{guest.appointment.id}/code"

    page = await ilmari.opens(address)
    refused = await ilmari.posts(address, page.forms()[0])

    assert "Make it when the appointment is nearer" in page.text
    assert (refused.status, "code_made" in await house.face.kinds(guest.appointment.id)) == (409, False)


async def test_the_sheet_is_shown_once_in_the_customers_language_and_kept_nowhere(house: BoundHouse) -> None:
    await allows(house, "nothing", assurance="low")
    aino = await inside(house)

    sheet = await makes_code(house, aino)
    code = CODE.search(sheet.text)
    again = await (await house.face.staff("ilmari")).opens(f"/desk/appointments/{aino.appointment.id}/code")

    assert code is not None
    assert re.fullmatch(r"(?:[A-Z0-9]{4}-){2}[A-Z0-9]{4}", code[1])
    assert sheet.headers["Cache-Control"] == "no-store"
    assert code[1] not in again.text
    assert "can still be used" in again.text
    assert "code_made" in await house.face.kinds(aino.appointment.id)


async def test_another_team_makes_no_code(house: BoundHouse) -> None:
    await allows(house, "nothing", assurance="low")
    aino = await inside(house)
    louhi = await house.face.staff("louhi")

    assert (await louhi.opens(f"/desk/appointments/{aino.appointment.id}/code")).status == 404


async def test_no_code_opens_what_asks_for_strong_identification(house: BoundHouse) -> None:
    await allows(house, "nothing", assurance="low")
    aino = await inside(house)
    code = await code_for(house, aino)
    await allows(house, "code")

    page = await aino.browser.opens(f"{aino.home}/identify/code")

    assert page.address == f"{aino.home}/identify"
    assert "I have a code" not in page.text
    assert code
    assert (await aino.asks_for_ticket())[0] == 403


async def test_before_the_door_no_code_is_asked_for(house: BoundHouse) -> None:
    await allows(house, "nothing", assurance="low")
    aino = house.customer(await house.books())

    assert "I have a code" not in (await aino.browser.opens(f"{aino.home}/identify")).text


@pytest.mark.parametrize("choice", ["broken", "slow", "garbage"])
async def test_when_the_bank_is_down_the_other_ways_stand_there_within_three_seconds(
    house: BoundHouse, choice: str
) -> None:
    await allows(house, "code")
    aino = await inside(house)
    code = await code_for(house, aino)
    bank = await aino.goes_to_the_bank()
    began = monotonic()

    failed = await aino.browser.sends(bank, "/demo/bank/authorize", choice=choice)
    took = monotonic() - began
    landed = await types(aino, code)

    assert (failed.status, took < 3) == (503, True), took
    assert "While the bank does not answer" in failed.text
    assert "I have a code from you" in failed.text
    assert landed.address == f"{aino.home}/door"
    told = await details(house, aino)
    assert any(one.get("reason") == "bank_unavailable" for one in told)
    assert told[-1] | {"method": "code", "assurance": "low", "instead_of": "substantial"} == told[-1]
    assert house.claims(await aino.ticket()).assurance is Assurance.LOW


class SureApp(VillageApp):
    assurance = Assurance.SUBSTANTIAL


async def test_an_operator_that_falls_silent_opens_them_as_long_as_it_is_silent(tmp_path: Path) -> None:
    village = Village()
    async with bound_house(tmp_path, more=[SureApp(context(village))]) as house:
        await allows(house, "code")
        aino = await inside(house)
        code = await code_for(house, aino)
        page = await aino.browser.opens(f"{aino.home}/identify/with/village-app")
        page = await aino.browser.sends(page, f"{aino.home}/identify/with/village-app", member="12345")
        offered = []
        for is_down in (False, True, False, True):
            village.is_down = is_down
            house.face.now += timedelta(seconds=6)
            page = await aino.browser.sends(page, f"{aino.home}/identify/waiting")
            offered.append("I have a code from you" in page.text)

        landed = await types(aino, code)

        assert offered == [False, True, False, True]
        assert landed.address == f"{aino.home}/door"
        told = await details(house, aino)
        assert [one["reason"] for one in told if "reason" in one] == ["bank_unavailable"]
        assert told[-1] | {"assurance": "low", "instead_of": "substantial"} == told[-1]


async def test_where_the_organisation_allows_nothing_a_bank_that_is_down_opens_nothing(
    house: BoundHouse,
) -> None:
    await allows(house, "nothing")
    aino = await inside(house)

    failed = await aino.identifies(choice="garbage")

    assert "While the bank does not answer" not in failed.text
    assert "Try again" in failed.text
    assert (await aino.browser.opens(f"{aino.home}/identify/code")).address == f"{aino.home}/identify"


async def test_one_lets_the_adviser_ask_and_is_shown_as_not_identified(house: BoundHouse) -> None:
    await allows(house, "questions")
    aino = await inside(house)
    failed = await aino.identifies(choice="garbage")

    landed = await aino.browser.sends(failed, f"{aino.home}/identify/questions")

    ticket = house.claims(await aino.ticket())
    assert landed.address == f"{aino.home}/door"
    assert (ticket.assurance, ticket.name) == (Assurance.NONE, "Aino Virtanen")
    assert (await details(house, aino))[-1]["instead_of"] == "substantial"


async def test_a_browser_that_only_says_that_the_bank_is_down_needs_a_code_at_least(
    house: BoundHouse,
) -> None:
    await allows(house, "questions")
    aino = await inside(house)

    failed = await aino.identifies(choice="broken")  # an error in the address, which anybody could write

    assert "I have a code from you" in failed.text
    assert "let the adviser ask" not in failed.text
    page = await aino.browser.opens(f"{aino.home}/identify")
    refused = await aino.browser.posts(f"{aino.home}/identify/questions", page.forms()[0])
    assert refused.address == f"{aino.home}/identify"
    assert (await aino.asks_for_ticket())[0] == 403


async def test_the_other_ways_close_when_the_bank_answers_again(house: BoundHouse) -> None:
    await allows(house, "code")
    aino = await inside(house)
    await aino.identifies(choice="garbage")

    answered = await aino.identifies(choice="louhi")

    assert "While the bank does not answer" not in answered.text


async def test_the_other_ways_close_after_half_an_hour(house: BoundHouse) -> None:
    await allows(house, "code")
    aino = await inside(house)
    await aino.identifies(choice="garbage")
    house.face.now += timedelta(minutes=30)

    page = await aino.browser.opens(f"{aino.home}/identify")

    assert "While the bank does not answer" not in page.text


@pytest.mark.parametrize("choice", ["broken", "slow", "garbage"])
async def test_a_bank_that_is_down_is_never_counted_against_the_customer(
    house: BoundHouse, choice: str
) -> None:
    await allows(house, "nothing")
    aino = await inside(house)

    await aino.identifies(choice=choice)

    facts = await house.face.history(aino.appointment.id)
    async with house.face.units.read() as unit:
        rules = (await unit.offerings.get(MORTGAGE)).rules
    later = aino.appointment.span.end + timedelta(hours=1)
    assert decide(facts, rules, until=later) is Outcome.IDENTIFICATION_FAILED
