"""Ilmari books for a caller; what nobody can be written about is told by voice."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update

from booking.appointment import Appointment
from booking.fact import Actor
from booking.question import Question, QuestionKind
from server.database.offering_values import offering_values
from server.database.offerings import offerings
from server.demo_data import AINIKKI, ILMARI, LOUHI, MORTGAGE, NURSE
from tests.web.face_house import SOON, FaceHouse, face_house
from tests.web.sign_in_house import Page
from web.moments import moment_json

PLACE = f"/desk/book/{MORTGAGE}"
DETAILS = f"{PLACE}/details?start={moment_json(SOON)}&adviser={ILMARI}"
CALLER = {
    "name": "Aino Virtanen",
    "email": "aino@example.com",
    "phone": "+358 40 123",
    "language": "sv",
    "is_told": "",
}
MATTER = Question(key="matter", kind=QuestionKind.TEXT, labels={"en": "What is it about?"}, is_required=True)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


async def books(house: FaceHouse, who: str = "ilmari", **values: str) -> Page:
    browser = await house.staff(who)
    return await browser.sends(await browser.opens(DETAILS), PLACE, **{**CALLER, **values})


async def the_booked(house: FaceHouse) -> Appointment:
    (found,) = await house.booked()
    return found


def own_link(page: Page) -> str:
    found = re.search(r'<textarea id="copy-own"[^>]*>(.*?)</textarea>', page.text)
    assert found is not None
    return found[1]


async def test_a_caller_is_booked_by_the_advisers_hand_and_has_a_link_of_their_own(house: FaceHouse) -> None:
    page = await books(house)

    appointment = await the_booked(house)
    assert (appointment.source, appointment.customer.language) == ("staff", "sv")
    assert [fact.by for fact in await house.history(appointment.id)] == [Actor.ADVISER]
    assert "A letter with the link goes to aino@example.com" in page.text
    assert "Aino" not in own_link(page)
    assert (await house.browser().opens(own_link(page))).status == 200


async def test_what_an_admin_books_is_the_admins_doing(house: FaceHouse) -> None:
    await books(house, "admin")

    assert [fact.by for fact in await house.history((await the_booked(house)).id)] == [Actor.ADMIN]


async def test_a_caller_without_an_address_is_told_that_no_letters_go_out(house: FaceHouse) -> None:
    page = await books(house, email="")

    assert (await the_booked(house)).customer.email == ""
    assert "No letters go out" in page.text
    assert "we call +358 40 123" in page.text


async def test_somebody_with_neither_is_booked_once_the_adviser_says_that_they_are_told(
    house: FaceHouse,
) -> None:
    asked = await books(house, email="", phone="", is_told="")
    assert (asked.status, 'id="error-is_told"' in asked.text) == (422, True)
    assert await house.booked() == []

    told = await books(house, email="", phone="", is_told="1")

    assert told.status == 200
    assert (await the_booked(house)).customer.key is None


async def test_pages_behind_the_link_of_somebody_without_an_address_work(house: FaceHouse) -> None:
    link = own_link(await books(house, email="", phone="", is_told="1"))
    aino = house.browser()

    pages = [await aino.opens(f"{link}{path}") for path in ("", "/calendar.ics", "/move", "/cancel")]

    assert [page.status for page in pages] == [200] * 4
    assert "mailto:\r" not in pages[1].text


async def test_from_the_desk_to_the_form_it_is_three_steps(house: FaceHouse) -> None:
    ilmari = await house.staff("ilmari")

    desk, what, when = [await ilmari.opens(path) for path in ("/desk", "/desk/book", PLACE)]

    assert 'href="/desk/book"' in desk.text
    assert f'href="{PLACE}"' in what.text
    assert f'href="{PLACE}/details?start=' in when.text


async def test_only_times_of_the_team_are_shown_and_taken(house: FaceHouse) -> None:
    ilmari, place = await house.staff("ilmari"), f"/desk/book/{NURSE}"
    shown = await ilmari.opens(place)
    form = await ilmari.opens(f"{place}/details?start={moment_json(SOON)}&adviser={ILMARI}")

    refused = await ilmari.sends(form, place, **CALLER, adviser=str(LOUHI))

    assert f'value="{ILMARI}"' in shown.text
    assert f'value="{LOUHI}"' not in shown.text
    assert refused.status == 409
    assert await house.booked() == []


async def test_louhi_books_nothing_that_her_team_does_not_meet_for(house: FaceHouse) -> None:
    louhi = await house.staff("louhi")

    page = await louhi.opens(PLACE)
    posted = await louhi.posts(PLACE, {**(await louhi.opens("/desk")).forms()[0], **CALLER})

    assert (page.status, posted.status) == (404, 404)


async def test_who_comes_second_keeps_what_was_typed_and_is_offered_other_times(house: FaceHouse) -> None:
    ilmari = await house.staff("ilmari")
    form = await ilmari.opens(DETAILS)
    await house.books("Kullervo")
    await house.books("Joukahainen", adviser_id=AINIKKI)

    taken = await ilmari.sends(form, PLACE, **CALLER)
    page = await ilmari.sends(taken, PLACE)

    assert (taken.status, page.status) == (409, 200)
    assert "The appointment is booked." in page.text


async def test_a_customer_with_another_appointment_then_is_not_booked_twice(house: FaceHouse) -> None:
    await books(house)
    ainikki = await house.staff("admin")
    form = await ainikki.opens(f"{PLACE}/details?start={moment_json(SOON)}&adviser={AINIKKI}")

    page = await ainikki.sends(form, PLACE, **CALLER)

    assert page.status == 409
    assert "This customer has another appointment at that time." in page.text


async def test_the_link_of_a_customer_who_booked_alone_is_not_shown_to_the_staff(house: FaceHouse) -> None:
    appointment, token = await house.books()

    page = await (await house.staff("ilmari")).opens(f"/desk/appointments/{appointment.id}/link")

    assert page.status == 404
    assert token not in page.text


async def test_errors_stand_next_to_their_fields(house: FaceHouse) -> None:
    page = await books(house, name="", email="aino")

    assert page.status == 422
    assert 'id="error-name"' in page.text
    assert 'id="error-email"' in page.text
    assert 'value="aino"' in page.text


async def test_the_adviser_asks_what_the_offering_asks_and_tells_its_terms(house: FaceHouse) -> None:
    async with house.units.read() as unit:
        offering = replace(await unit.offerings.get(MORTGAGE), questions=(MATTER,), terms={"en": "Be kind."})
    async with house.engines.writing.begin() as connection:
        changed = offering_values(offering)
        await connection.execute(update(offerings).where(offerings.c.id == MORTGAGE).values(**changed))

    refused = await books(house)
    await books(house, **{"answer-matter": "A new roof"})

    assert (refused.status, 'id="error-answer-matter"' in refused.text) == (422, True)
    assert "Be kind." in refused.text
    async with house.units.read() as unit:
        answers = await unit.intakes.answers((await the_booked(house)).id)
    assert [(one.label, one.value) for one in answers] == [("What is it about?", "A new roof")]
