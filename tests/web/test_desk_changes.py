"""Ilmari moves, gives away and brings back; whoever cannot get the new time keeps the old."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from booking.appointment import Appointment
from booking.cancel import cancel
from booking.fact import Actor, FactKind
from server.demo_data import AINIKKI, ILMARI, LOUHI, NURSE
from tests.web.face_house import SOON, FaceHouse, face_house
from tests.web.sign_in_house import Page
from web.moments import moment_json

LATER = SOON + timedelta(days=1)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


def place(appointment: Appointment, act: str) -> str:
    return f"/desk/appointments/{appointment.id}/{act}"


async def moved(house: FaceHouse, appointment: Appointment, who: str = "ilmari") -> Page:
    """Walk as a person does: list, time, yes."""
    browser, address = await house.staff(who), place(appointment, "move")
    await browser.opens(address)
    asked = await browser.opens(f"{address}?start={moment_json(LATER)}")
    return await browser.sends(asked, address)


async def test_an_adviser_moves_a_customer_and_the_history_says_whose_hand_it_was(house: FaceHouse) -> None:
    appointment, _ = await house.books()

    page = await moved(house, appointment)

    assert "The appointment is moved." in page.text
    assert (await house.appointment(appointment.id)).span.start == LATER
    last = (await house.history(appointment.id))[-2]
    assert (last.kind, last.by) == (FactKind.MOVED, Actor.ADVISER)


async def test_what_an_admin_moves_is_the_admins_doing(house: FaceHouse) -> None:
    appointment, _ = await house.books()

    await moved(house, appointment, "admin")

    assert (await house.history(appointment.id))[-1].by is Actor.ADMIN


async def test_a_time_with_the_same_adviser_taken_is_moved_to_a_free_colleague(house: FaceHouse) -> None:
    appointment, _ = await house.books()
    await house.books("Kullervo", start=LATER)

    await moved(house, appointment)

    found = await house.appointment(appointment.id)
    assert (found.span.start, found.adviser_id) == (LATER, AINIKKI)


async def test_who_loses_the_new_time_keeps_the_old(house: FaceHouse) -> None:
    appointment, _ = await house.books()
    ilmari, address = await house.staff("ilmari"), place(appointment, "move")
    asked = await ilmari.opens(f"{address}?start={moment_json(LATER)}&adviser={ILMARI}")
    await house.books("Kullervo", start=LATER)

    page = await ilmari.sends(asked, address)

    assert page.status == 409
    assert "the appointment stands as it did" in page.text
    assert (await house.appointment(appointment.id)).span.start == SOON


async def test_no_time_of_another_teams_adviser_is_shown_or_taken(house: FaceHouse) -> None:
    appointment, _ = await house.books(offering_id=NURSE)
    ilmari, address = await house.staff("ilmari"), place(appointment, "move")

    shown = await ilmari.opens(address)
    asked = await ilmari.opens(f"{address}?start={moment_json(LATER)}")
    taken = await ilmari.sends(asked, address, adviser=str(LOUHI))

    assert f'value="{ILMARI}"' in shown.text  # those of the team are there to be seen
    assert f'value="{LOUHI}"' not in shown.text
    assert taken.status == 404
    assert (await house.appointment(appointment.id)).adviser_id == ILMARI


async def gives(house: FaceHouse, appointment: Appointment, to: UUID) -> Page:
    ilmari, address = await house.staff("ilmari"), place(appointment, "colleague")
    return await ilmari.sends(await ilmari.opens(address), address, adviser=str(to))


async def test_a_colleague_who_is_free_gets_the_appointment(house: FaceHouse) -> None:
    appointment, _ = await house.books()

    page = await gives(house, appointment, AINIKKI)

    assert "your colleague's now" in page.text
    found = await house.appointment(appointment.id)
    assert (found.adviser_id, found.span.start) == (AINIKKI, SOON)
    assert (await house.history(appointment.id))[-1].by is Actor.ADVISER


async def test_a_colleague_with_somebody_else_is_shown_busy_and_refused(house: FaceHouse) -> None:
    appointment, _ = await house.books()
    await house.books("Kullervo", adviser_id=AINIKKI)
    ilmari, address = await house.staff("ilmari"), place(appointment, "colleague")

    shown = await ilmari.opens(address)
    refused = await ilmari.posts(
        address, {**shown_form(await ilmari.opens("/desk")), "adviser": str(AINIKKI)}
    )

    assert "Nobody of the team is free" in shown.text
    assert "Has somebody else then" in shown.text
    assert refused.status == 409
    assert (await house.appointment(appointment.id)).adviser_id == ILMARI


def shown_form(page: Page) -> dict[str, str]:
    return {"csrf": page.forms()[0]["csrf"]}


async def test_nobody_chosen_is_told_beside_the_choice(house: FaceHouse) -> None:
    appointment, _ = await house.books()
    ilmari, address = await house.staff("ilmari"), place(appointment, "colleague")

    page = await ilmari.posts(address, shown_form(await ilmari.opens(address)))

    assert page.status == 422
    assert 'id="error-adviser"' in page.text


async def test_nothing_is_given_out_of_the_team(house: FaceHouse) -> None:
    appointment, _ = await house.books(offering_id=NURSE)
    ilmari, address = await house.staff("ilmari"), place(appointment, "colleague")
    form = shown_form(await ilmari.opens(address))

    page = await ilmari.posts(address, {**form, "adviser": str(LOUHI)})

    assert page.status == 404
    assert (await house.appointment(appointment.id)).adviser_id == ILMARI


async def cancelled(house: FaceHouse) -> Appointment:
    appointment, _ = await house.books()
    async with house.units.write() as unit:
        return await cancel(unit, appointment.id, by=Actor.CUSTOMER, now=house.now)


async def test_a_cancelled_appointment_comes_back_by_the_menu(house: FaceHouse) -> None:
    appointment = await cancelled(house)
    ilmari, address = await house.staff("ilmari"), place(appointment, "restore")
    assert f'href="{address}"' in (await ilmari.opens("/desk")).text

    page = await ilmari.sends(await ilmari.opens(address), address)

    assert "booked again" in page.text
    assert (await house.appointment(appointment.id)).is_live
    assert await house.kinds(appointment.id) == ["booked", "cancelled", "freed", "restored"]


async def test_a_time_that_somebody_has_meanwhile_does_not_come_back(house: FaceHouse) -> None:
    appointment = await cancelled(house)
    await house.books("Kullervo")
    ilmari, address = await house.staff("ilmari"), place(appointment, "restore")

    page = await ilmari.sends(await ilmari.opens(address), address)

    assert page.status == 409
    assert "somebody else has it" in page.text
    assert not (await house.appointment(appointment.id)).is_live


@pytest.mark.parametrize("act", ["move", "colleague", "restore"])
async def test_looking_changes_nothing(house: FaceHouse, act: str) -> None:
    appointment = await cancelled(house) if act == "restore" else (await house.books())[0]
    before = await house.kinds(appointment.id)
    ilmari = await house.staff("ilmari")

    page = await ilmari.opens(place(appointment, act))

    assert page.status == 200
    assert await house.kinds(appointment.id) == before
