"""After a no-show: one tap books again, as the same customer, with what was answered before."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from booking.appointment import Appointment
from booking.attend import record
from booking.close import close
from booking.fact import Actor, FactKind
from booking.outcome import Outcome
from booking.question import Answer, Question, QuestionKind
from server.database.offering_values import offering_values
from server.database.offerings import offerings
from server.demo_data import ILMARI, MORTGAGE
from tests.web.face_house import SOON, FaceHouse, face_house
from tests.web.sign_in_house import Page

MATTER = Question(key="matter", kind=QuestionKind.TEXT, labels={"en": "What is it about?"}, is_required=True)
TERMS = {"en": "Be kind."}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


async def missed(house: FaceHouse) -> tuple[Appointment, str]:
    """Let Ilmari wait in vain for Aino, until it is closed."""
    appointment, token = await house.books()
    async with house.units.write() as unit:
        await record(unit, appointment.id, FactKind.ADVISER_READY, by=Actor.ADVISER, now=SOON)
    house.now = SOON + timedelta(hours=2)
    async with house.units.write() as unit:
        assert (await close(unit, appointment.id, now=house.now)).outcome is Outcome.CUSTOMER_NO_SHOW
    return appointment, token


async def asks(house: FaceHouse, *, terms: dict[str, str] | None = None) -> None:
    """Let the offering ask what the matter is, and have terms."""
    async with house.units.read() as unit:
        offering = await unit.offerings.get(MORTGAGE)
    values = offering_values(offering) | {"terms": [list(one) for one in (terms or {}).items()]}
    values["questions"] = [
        {
            "key": MATTER.key,
            "kind": MATTER.kind,
            "labels": [list(one) for one in MATTER.labels.items()],
            "is_required": True,
            "choices": [],
        }
    ]
    async with house.engines.writing.begin() as connection:
        await connection.execute(update(offerings).where(offerings.c.id == MORTGAGE).values(values))


def times(page: Page) -> list[str]:
    return re.findall(r'name="slot" value="([^"]+)"', page.text)


async def test_one_press_books_with_the_same_adviser_for_the_same_customer(house: FaceHouse) -> None:
    appointment, token = await missed(house)
    aino, place = house.browser(), f"/a/{token}/again"

    offered = await aino.opens(place)
    booked = await aino.sends(offered, place, slot=times(offered)[0])

    assert f" {ILMARI}" in times(offered)[0]
    assert "Your appointment is booked." in booked.text
    again = next(one for one in await house.booked() if one.id != appointment.id and one.source == "again")
    assert (again.customer, again.adviser_id) == (appointment.customer, ILMARI)
    assert (await house.kinds(appointment.id))[-1] == "booked_again"


async def test_the_times_are_on_different_days_and_near_the_old_hour(house: FaceHouse) -> None:
    _, token = await missed(house)

    page = await house.browser().opens(f"/a/{token}/again")

    mine = [one[:16] for one in times(page) if one.endswith(str(ILMARI))]
    assert len(mine) == len({one[:10] for one in mine}) == 3
    assert f"{SOON:%H:%M}" in {one[11:] for one in mine}


async def test_pressing_twice_books_once(house: FaceHouse) -> None:
    appointment, token = await missed(house)
    aino, place = house.browser(), f"/a/{token}/again"
    offered = await aino.opens(place)

    first = await aino.sends(offered, place, slot=times(offered)[0])
    second = await aino.sends(offered, place, slot=times(offered)[1])
    later = await aino.opens(place)

    assert second.address == first.address
    assert later.address == first.address.partition("?")[0]
    assert (await house.kinds(appointment.id)).count("booked_again") == 1


async def test_what_was_answered_is_not_asked_again_and_what_is_new_is(house: FaceHouse) -> None:
    await asks(house)
    appointment, token = await missed(house)
    aino, place = house.browser(), f"/a/{token}/again"

    asked = await aino.opens(place)
    empty = await aino.sends(asked, place, slot=times(asked)[0])
    async with house.units.write() as unit:
        answer = Answer("matter", "What is it about?", "A roof")
        await unit.intakes.add(appointment.id, (answer,), terms="", language="en")
    known = await aino.opens(place)
    booked = await aino.sends(known, place, slot=times(known)[0])

    assert "What is it about?" in asked.text
    assert (empty.status, "Fill in this field." in empty.text) == (422, True)
    assert "What is it about?" not in known.text
    assert "A roof" in booked.text


async def test_terms_that_changed_are_shown_and_must_have_been_seen(house: FaceHouse) -> None:
    await asks(house, terms=TERMS)
    _, token = await missed(house)
    aino, place = house.browser(), f"/a/{token}/again"

    shown = await aino.opens(place)
    unseen = await aino.sends(shown, place, slot=times(shown)[0], terms="x", **{"answer-matter": "A roof"})
    booked = await aino.sends(shown, place, slot=times(shown)[0], **{"answer-matter": "A roof"})

    assert "Be kind." in shown.text
    assert unseen.status == 422
    assert "Your appointment is booked." in booked.text


async def test_a_time_that_somebody_took_leads_to_those_that_are_free(house: FaceHouse) -> None:
    _, token = await missed(house)
    aino, place = house.browser(), f"/a/{token}/again"
    offered = await aino.opens(place)
    for nonsense in ("", "x", f"2020-01-01T10:00:00Z {ILMARI}", times(offered)[0] + "0"):
        refused = await aino.sends(offered, place, slot=nonsense)

        assert (refused.status, bool(times(refused))) == (409, True)


async def test_an_appointment_that_is_ahead_is_not_booked_again(house: FaceHouse) -> None:
    _, token = await house.books()
    aino = house.browser()

    page = await aino.opens(f"/a/{token}/again")

    assert page.address == f"/a/{token}"


async def test_who_cannot_come_now_books_anew_while_the_adviser_waits(house: FaceHouse) -> None:
    appointment, token = await house.books()
    house.now = SOON + timedelta(minutes=4)
    aino, place, ilmari = house.browser(), f"/a/{token}/again", await house.staff("ilmari")

    offered = await aino.opens(place)
    await aino.sends(offered, place, slot=times(offered)[0])
    desk = await ilmari.opens("/desk")

    assert (await house.kinds(appointment.id))[-1] == "booked_again"
    assert "Has booked a new time" in desk.text
