"""A customer changes how they are reached; whoever else holds the link does not learn it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from booking.fact import FactKind
from booking.reserve import Wish, reserve
from server.demo_data import AINIKKI, MORTGAGE
from tests.web.face_house import SOON, FaceHouse, face_house
from tests.web.sign_in_house import Page
from web.masking import masked_email, masked_phone

NEW = "aino.uusi@example.org"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


async def sends(house: FaceHouse, token: str, **values: str) -> Page:
    aino = house.browser()
    return await aino.sends(await aino.opens(f"/a/{token}/contact"), f"/a/{token}/contact", **values)


@pytest.mark.parametrize(
    ("email", "shown"),
    [
        ("aino@example.fi", "a•••@e•••.fi"),
        ("a@b.co.uk", "a•••@b•••.uk"),
        ("", ""),
        ("nonsense", "•••"),
    ],
)
def test_an_address_is_known_again_by_its_owner_alone(email: str, shown: str) -> None:
    assert masked_email(email) == shown


@pytest.mark.parametrize(("phone", "shown"), [("+358 40 123 4567", "•• 4567"), ("112 34", "•• 34"), ("", "")])
def test_a_number_is_known_again_by_its_owner_alone(phone: str, shown: str) -> None:
    assert masked_phone(phone) == shown


async def test_aino_changes_her_address_and_sees_it_masked(house: FaceHouse) -> None:
    appointment, token = await house.books()

    page = await sends(house, token, email=NEW, language="sv")

    assert page.address == f"/a/{token}?contact=1"
    assert "a•••@e•••.org" in page.text
    assert NEW not in page.text
    changed = await house.appointment(appointment.id)
    assert (changed.customer.email, changed.customer.language) == (NEW, "sv")


async def test_an_empty_form_changes_nothing(house: FaceHouse) -> None:
    appointment, token = await house.books()

    page = await sends(house, token, language="en")

    assert page.status == 200
    assert await house.appointment(appointment.id) == appointment
    assert await house.kinds(appointment.id) == ["booked"]


async def test_aino_takes_her_number_away(house: FaceHouse) -> None:
    appointment, token = await house.books()
    await sends(house, token, phone="+358 40 765 4321", language="en")

    await sends(house, token, no_phone="1", language="en")

    assert (await house.appointment(appointment.id)).customer.phone == ""
    assert await house.kinds(appointment.id) == ["booked", "contact_changed", "contact_changed"]


async def test_what_is_no_address_is_said_beside_the_field(house: FaceHouse) -> None:
    appointment, token = await house.books()

    page = await sends(house, token, email="aino at home", language="en")

    assert page.status == 422
    assert 'id="error-email">Check the e-mail address.' in page.text
    assert await house.appointment(appointment.id) == appointment


async def test_another_appointment_at_that_time_is_said_kindly(house: FaceHouse) -> None:
    appointment, token = await house.books()
    other = Wish(
        offering_id=MORTGAGE,
        start=SOON,
        adviser_id=AINIKKI,
        customer=replace(appointment.customer, email=NEW),
    )
    async with house.units.write() as unit:
        await reserve(unit, other, now=house.now)

    page = await sends(house, token, email=NEW, language="en")

    assert page.status == 409
    assert "another appointment at the same time already" in page.text


async def test_a_link_that_writes_to_everybody_is_stopped(house: FaceHouse) -> None:
    _, token = await house.books()

    statuses = [
        (await sends(house, token, email=f"{number}@example.org", language="en")).status
        for number in range(6)
    ]

    assert statuses == [200] * 5 + [429]


async def test_once_it_is_over_the_page_leads_home(house: FaceHouse) -> None:
    _, token = await house.books()
    house.now = SOON + timedelta(hours=2)

    page = await house.browser().opens(f"/a/{token}/contact")

    assert page.address == f"/a/{token}"
    assert f"/a/{token}/contact" not in page.text


async def test_the_fact_names_no_address(house: FaceHouse) -> None:
    appointment, token = await house.books()

    await sends(house, token, email=NEW, language="en")

    fact = (await house.history(appointment.id))[-1]
    assert fact.kind is FactKind.CONTACT_CHANGED
    assert set(fact.detail.values()) <= {True, False}
